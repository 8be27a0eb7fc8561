"""The running server: cold start, memory, page weight, customiser steps one by one and with 16 clients."""

import json
import os
import random
import sys
import threading
import time
from urllib.parse import quote

import httpx
import psutil

from benchmarks.measuring import Timing, machine, report
from benchmarks.places import databases, folder
from tests.browser.running import Server, serving

CLIENTS = 16
STEPS = 480
# The customiser sends 220 ms after a letter: nobody asks faster than about three times a second.
TYPING_PAUSE = 0.3


def main() -> None:
    """One JSON line a figure and database; beside a step, one small asset fetched the same way."""
    # A server that may not keep bytecode compiles two thousand modules at every start, as the Makefile says.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with folder() as var, databases(var) as urls:
        for name, url in urls.items():
            # The first start compiles and cuts the interface font down, once a machine; the second one counts.
            with serving(var, DATABASE_URL=url):
                pass
            started = time.perf_counter()
            with serving(var, DATABASE_URL=url) as server:
                _tell(f"{name}: cold start", seconds=round(time.perf_counter() - started, 2))
                _measure(name, server)


def _measure(name: str, server: Server) -> None:
    process = psutil.Process(server.process.pid)
    _tell(f"{name}: memory after start", mb=process.memory_info().rss // 1_000_000)
    _weigh(name, server)
    paths = [_step(f"{name} {number}") for number in range(STEPS)]
    asset = _alone(server, process, [_asset(server)] * 100)
    report(f"{name}: customiser step", _alone(server, process, paths[:160]), beside=("one asset", asset))
    typing = _together(server, process, paths[160:320], pause=TYPING_PAUSE)
    report(f"{name}: customiser step, {CLIENTS} people typing", typing, beside=("one asset", asset))
    report(f"{name}: customiser step, {CLIENTS} clients without a pause", _together(server, process, paths[320:]))
    _tell(f"{name}: memory after {STEPS} steps", mb=process.memory_info().rss // 1_000_000)


def _step(word: str) -> str:
    """A letter more each time: nothing that was laid out before helps."""
    return f"/blanks/mug?template=club&f.name={quote(word)}&inside=teal"


def _asset(server: Server) -> str:
    page = httpx.get(server.url + "/").text
    return page.split('rel="icon" href="', 1)[1].split('"', 1)[0]


def _alone(server: Server, process: psutil.Process, paths: list[str]) -> Timing:
    with httpx.Client(base_url=server.url, headers=FRAGMENT) as client:
        client.get(paths[0])
        return _timed(lambda: [_get(client, path) for path in paths], process)


def _together(server: Server, process: psutil.Process, paths: list[str], *, pause: float = 0) -> Timing:
    walls: list[float] = []

    def visit(own: list[str]) -> None:
        with httpx.Client(base_url=server.url, headers=FRAGMENT) as client:
            client.get("/")
            for path in own:
                # Uneven, as people are: in step they would all press their keys at once.
                time.sleep(pause * random.uniform(0.5, 1.5))
                walls.append(_get(client, path))

    def everybody() -> list[float]:
        visitors = [threading.Thread(target=visit, args=(paths[n::CLIENTS],)) for n in range(CLIENTS)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        return walls

    return _timed(everybody, process)


def _timed(deed, process: psutil.Process) -> Timing:
    before = _cpu(process)
    walls = deed()
    return Timing(walls, _cpu(process) - before)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _get(client: httpx.Client, path: str) -> float:
    start = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - start) * 1000


def _weigh(name: str, server: Server) -> None:
    """The customiser's page on the wire without pictures and fonts: HTML less the drawing, stylesheet, scripts."""
    total, requests = 0, 1
    with httpx.Client(base_url=server.url, headers={"Accept-Encoding": "br"}) as client:
        with client.stream("GET", "/blanks/mug") as page:
            html_bytes = sum(len(chunk) for chunk in page.iter_raw())
        html = client.get("/blanks/mug").text
        for part in html.split("/static/")[1:]:
            asset = part.split('"', 1)[0]
            with client.stream("GET", f"/static/{asset}") as answer:
                size = sum(len(chunk) for chunk in answer.iter_raw())
            requests += 1
            if asset.endswith("woff2"):
                _tell(f"{name}: interface font", kb=round(size / 1024, 1))
            else:
                total += size
    drawing = sum(len(part.split("</svg>", 1)[0]) for part in html.split('<svg class="product"')[1:])
    _tell(
        f"{name}: page weight of the customiser",
        kb_with_drawing=round((total + html_bytes) / 1024, 1),
        drawing_kb_uncompressed=round(drawing / 1024, 1),
        requests=requests,
    )


def _tell(name: str, **figures: object) -> None:
    sys.stdout.write(json.dumps({"name": name, **figures, "machine": machine()}) + "\n")
    sys.stdout.flush()


FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial", "Accept-Encoding": "br"}


if __name__ == "__main__":
    main()
