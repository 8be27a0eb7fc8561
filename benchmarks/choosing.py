"""Clicks on options over HTTP, on a mug with many: 10 options x 10 values with 40 rules, 200 x 8, and three lengths."""

import random
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
IDLE_S = 3
"""A server that works less than so much in each of so many seconds waits."""
NEAR = 6
"""With many options a rule ties two that stand at most so far apart, as rules of a real product do."""


@dataclass(frozen=True)
class Mug:
    """Options and rules of a mug in the words of its file, and the values that clicks choose among."""

    name: str
    toml: str
    values: Mapping[str, Sequence[str]]


LENGTHS = (("wide", "Width", 500), ("tall", "Height", 460), ("deep", "Depth", 300))
BOARD = Mug(
    "three lengths of 401, 361 and 201 steps, 3 rules",
    "\n".join(
        f'[option.{key}]\naspect = "design"\nlabel = "{label}"\nnumber = {{ least = 100, most = {most}, step = 1, '
        f'unit = "mm", default = 100, price_each = "0.01" }}\n'
        for key, label, most in LENGTHS
    )
    + """
[[rule]]
because = "A sheet is 800 mm in width and height together."
require = "wide + tall <= 800"

[[rule]]
because = "It is at most 120 mm higher than wide."
require = "tall <= wide + 120"

[[rule]]
because = "What is deep is wide."
require = "2 * deep <= wide + 100"
""",
    {key: [str(each) for each in range(100, most + 1)] for key, _, most in LENGTHS},
)


def main() -> None:
    """One JSON line a mug: a walk chooses any value of any option, blocked ones too, and keeps what it chose."""
    for mug in (*(_lists(*size) for size in SIZES), BOARD):
        with folder() as var:
            blanks = _blanks(var / "blanks", mug)
            with serving(var, BLANKS=str(blanks)) as server:
                _until_idle(server.process.pid)
                asset = _alone(server, psutil.Process(server.process.pid), [_asset(server)] * 50)
                clicks, cpu = _clicks(server.url, server.process.pid, mug)
                name = f"click among {mug.name}, over HTTP"
                shares = {f"cpu_p{percent}_ms": cpu.percentile(percent) for percent in (50, 95, 99)}
                report(name, clicks, beside=("one asset", asset), **{key: round(ms, 2) for key, ms in shares.items()})


def _lists(options: int, values: int, rules: int) -> Mug:
    offered = {f"o{at}": [f"v{each}" for each in range(values)] for at in range(options)}
    name = f"{options} options x {values} values, {rules} rules"
    return Mug(name, "\n".join(_more(options, values, rules)), offered)


def _blanks(to: Path, mug: Mug) -> Path:
    """The demo's blanks, the mug with so many more options and rules."""
    shutil.copytree(ROOT / "blanks", to)
    toml = to / "mug" / "blank.toml"
    toml.write_text(toml.read_text("utf-8") + "\n" + mug.toml, "utf-8")
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


def _clicks(url: str, pid: int, mug: Mug) -> tuple[Timing, Timing]:
    """Of each click the wall milliseconds, and those that a core worked for the server. Walks begin on an open page.

    cpu_s of both: with what the server works between an answer and the next click, as it looks for cycles then.
    """
    rng, walls, cpu, worked = random.Random(2), list[float](), list[float](), 0.0
    with httpx.Client(base_url=url, headers=FRAGMENT, timeout=PATIENCE_S) as client:
        for _ in range(WALKS):
            state, page, idle = dict[str, str](), _opened(url), _cpu_ms(pid)
            for _ in range(CLICKS):
                option = rng.choice(list(mug.values))
                state[option] = rng.choice(mug.values[option])
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
    """What a server rehearses beside its start is not a click's. It begins a second after the start."""
    before, idle = _cpu_ms(pid), 0
    while idle < IDLE_S:
        time.sleep(1)
        now = _cpu_ms(pid)
        idle = idle + 1 if now < before + IDLE_MS else 0
        before = now


if __name__ == "__main__":
    main()
