"""Clicks on options over HTTP, on a mug with many options: 10 options x 10 values with 40 rules, and 200 x 8."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import psutil

from benchmarks.measuring import Timing, report
from benchmarks.places import ROOT, folder
from benchmarks.serving import FRAGMENT, _alone, _asset
from configurator.web.parting import HEADER
from tests.browser.running import serving
from tests.web.test_parting import named, put_back

SIZES = ((10, 10, 40), (200, 8, 300))
"""Options, values of each, rules between two of them."""
WALKS, CLICKS = 10, 20
PATIENCE_S = 60
"""A machine may be busy: its wall times say little then, its CPU times still something."""
_SCHEDULED = 2
"""CPUCLOCK_SCHED, see clock_getcpuclockid(3)."""
IDLE_MS = 50
"""A server that works less in a second waits."""
NEAR = 6
"""With many options a rule ties two that stand at most so far apart, as rules of a real product do."""


def main() -> None:
    """One JSON line a size: a walk chooses any value of any option, blocked ones too, and keeps what it chose."""
    for options, values, rules in SIZES:
        with folder() as var:
            blanks = _blanks(var / "blanks", (options, values, rules))
            with serving(var, BLANKS=str(blanks)) as server:
                _until_idle(server.process.pid)
                asset = _alone(server, psutil.Process(server.process.pid), [_asset(server)] * 50)
                clicks, cpu = _clicks(server.url, server.process.pid, (options, values))
                name = f"click among {options} options x {values} values, {rules} rules, over HTTP"
                shares = {f"cpu_p{percent}_ms": cpu.percentile(percent) for percent in (50, 95, 99)}
                report(name, clicks, beside=("one asset", asset), **{key: round(ms, 2) for key, ms in shares.items()})


def _blanks(to: Path, size: tuple[int, int, int]) -> Path:
    """The demo's blanks, the mug with so many more options and rules."""
    shutil.copytree(ROOT / "blanks", to)
    toml = to / "mug" / "blank.toml"
    toml.write_text(toml.read_text("utf-8") + "\n" + "\n".join(_more(*size)), "utf-8")
    return to


def _more(options: int, values: int, rules: int) -> Iterator[str]:
    rng = random.Random(1)
    aspects = ("taste", "design", "equipment")
    for at in range(options):
        offered = ", ".join(
            f'{{ key = "v{each}", label = "Value {each}", price = "{rng.randrange(900) / 100:.2f}" }}'
            for each in range(values)
        )
        yield f'[option.o{at}]\naspect = "{aspects[at % 3]}"\nlabel = "Option {at}"\none_of = [{offered}]\n'
    for _ in range(rules):
        one, other = _two(rng, options)
        taken, refused = rng.randrange(1, values), rng.randrange(1, values)
        yield f'[[rule]]\nbecause = "Value {taken} of option {one} does not go with value {refused} of option {other}."'
        yield f'when = "o{one} = v{taken}"\nrequire = "o{other} != v{refused}"\n'


def _two(rng: random.Random, options: int) -> tuple[int, int]:
    one = rng.randrange(options)
    others = [other for other in range(max(0, one - NEAR), min(options, one + NEAR + 1)) if other != one]
    return one, rng.choice(others if options > NEAR * 2 else [each for each in range(options) if each != one])


def _clicks(url: str, pid: int, size: tuple[int, int]) -> tuple[Timing, Timing]:
    """Of each click the wall milliseconds, and those that a core worked for the server. Walks begin on an open page.

    cpu_s of both: with what the server works between an answer and the next click, as it looks for cycles then.
    """
    rng, walls, cpu, worked = random.Random(2), list[float](), list[float](), 0.0
    with httpx.Client(base_url=url, headers=FRAGMENT, timeout=PATIENCE_S) as client:
        for _ in range(WALKS):
            state, page, idle = dict[str, str](), _opened(url), _cpu_ms(pid)
            for _ in range(CLICKS):
                state[f"o{rng.randrange(size[0])}"] = f"v{rng.randrange(size[1])}"
                before = _cpu_ms(pid)
                answer = client.get(f"/blanks/mug?{urlencode(state)}", headers={HEADER: " ".join(named(page))})
                answered = _cpu_ms(pid)
                cpu.append(answered - before)
                worked, idle = worked + answered - idle, answered
                walls.append(answer.raise_for_status().elapsed.total_seconds() * 1000)
                page = put_back(answer.text, page)
                state = dict(parse_qsl(urlsplit(answer.headers["HX-Push-Url"]).query))
    return Timing(walls, worked / 1000), Timing(cpu, worked / 1000)


def _opened(url: str) -> str:
    """The whole page, as a browser has it before its first click."""
    return httpx.get(f"{url}/blanks/mug", timeout=PATIENCE_S).raise_for_status().text


def _cpu_ms(pid: int) -> float:
    """What a process has worked, to the microsecond: psutil knows it to 10 ms only. The clock's number: Linux."""
    return time.clock_gettime((~pid << 3) | _SCHEDULED) * 1000


def _until_idle(pid: int) -> None:
    """What a server rehearses beside its start is not a click's."""
    before = -IDLE_MS
    while (now := _cpu_ms(pid)) > before + IDLE_MS:
        before = now
        time.sleep(1)


if __name__ == "__main__":
    main()
