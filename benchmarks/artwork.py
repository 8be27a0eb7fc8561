"""Every artwork output at once, as one JSON object: `python -m benchmarks.artwork`. ARTWORK's figures are the goals."""

import gzip
import http.client
import json
import os
import re
import statistics
import string
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any
from urllib.parse import quote

import psutil

from benchmarks.measuring import machine, timed
from benchmarks.places import folder
from configurator.artwork.condition import free_condition
from configurator.artwork.mockup import mockup
from configurator.artwork.pdf import Placement, SheetPage, proof_pdf, sheet_pdf
from configurator.artwork.pictured import png
from configurator.artwork.scene import Image, Scene
from configurator.export.papers import work_orders
from tests.artwork.comparing import GHOSTSCRIPT, browser_page, compared_scenes
from tests.artwork.golden import Golden, golden_designs, scenes_of, shop
from tests.artwork.golden_pictures import gallery
from tests.browser.running import chromium, serving
from tests.export.batches import mug_scenes, mugs

KEYSTROKES, ROUNDS, TEXTS, TRAVELLERS = 300, 20, 1000, 100
TYPING = "/blanks/mug?template=club&f.name="


@dataclass(frozen=True)
class Fragment:
    """What one keystroke sends, as it is and packed by gzip."""

    plain: int
    packed: int


def main() -> None:
    """One object: times in the unit of their names, sizes in bytes, peak in MB."""
    print(json.dumps({**keystroke(), **picture(), **print_file(), **gang_sheet(), **papers(), **sameness(), **where()}))


def where() -> dict[str, Any]:
    """What it ran on, and how busy that was: times of a loaded machine say little."""
    return {"machine": machine(), "load": [round(part, 1) for part in os.getloadavg()]}


def keystroke() -> dict[str, Any]:
    """A real server, asked for a name with other letters each time, by a page that holds the answer before.

    It sends the cookie that it was given with its first page, as browsers do. cpu: ms of the server's; of_one_asset:
    the median beside that of the smallest file, in the same run.
    """
    with folder() as var, serving(var) as server:
        client = http.client.HTTPConnection("127.0.0.1", int(server.url.rpartition(":")[2]))
        words = ["Mar" + "".join(ends) for ends in islice(product(string.ascii_lowercase, repeat=2), KEYSTROKES + 30)]
        cookie = _cookie(client)
        held = {"Parts": _held(_asked(client, words[0], {"Cookie": cookie})), "Cookie": cookie}
        process = psutil.Process(server.process.pid)
        for word in words[1:30]:
            _asked(client, word, held, "br")
        spent = sum(process.cpu_times()[:2])
        walls = [_clocked(lambda word=word: _asked(client, word, held, "br")) for word in words[30:]]
        spent = sum(process.cpu_times()[:2]) - spent
        icon = _icon(client)
        asset = [_clocked(lambda: _plain(client, icon)) for _ in range(100)]
        changed = _asked(client, "Marit", held)
    return {
        "keystroke_ms": {
            "p50": round(statistics.median(walls), 2),
            "p95": round(sorted(walls)[len(walls) * 95 // 100], 2),
            "cpu": round(spent * 1000 / len(walls), 2),
            "of_one_asset": round(statistics.median(walls) / statistics.median(asset), 1),
        },
        "fragment_bytes": len(changed),
        "fragment_gzip_bytes": len(gzip.compress(changed)),
    }


def picture() -> dict[str, Any]:
    """The mug's picture, 1000 px wide, as PNG."""
    catalogue, _ = shop()
    blank = catalogue.blank("mug")
    scenes = scenes_of("mug", (("template", "club"),))
    svg = mockup(blank, catalogue.engine("mug").answer({}).configuration, scenes, id_prefix="b-")
    return {"png_ms": round(timed(lambda: png(svg, 1000), ROUNDS).median, 1)}


def print_file() -> dict[str, Any]:
    """A mug's print file; its bytes are given without the profile, which every file carries."""
    scenes = _mug("Marit")
    condition = free_condition()
    file = proof_pdf(scenes, title="bench", condition=condition)
    bare = proof_pdf(scenes, title="bench")
    return {
        "pdf_ms": round(timed(lambda: proof_pdf(scenes, title="bench", condition=condition), ROUNDS).median, 2),
        "pdf_bytes": len(bare),
        "pdf_bytes_with_profile": len(file),
    }


def gang_sheet() -> dict[str, Any]:
    """A thousand names, each another, on one sheet with marks and labels."""
    words = ["".join(letters).capitalize() for letters in islice(product("aeiou", "lmnrst", "aeiou", "dkns"), TEXTS)]
    scenes = [_named(f"{word}{number}") for number, word in zip(range(TEXTS), words * 2, strict=False)]
    places = tuple(
        Placement(scene, 20 + at % 20 * 110, 20 + at // 20 * 70, label=f"A{at}") for at, scene in enumerate(scenes)
    )
    page = SheetPage(
        number=1, width_mm=2300, height_mm=3600, mirror=False, title="bench", placements=places, code="B-1/1"
    )
    start = time.perf_counter()
    file = sheet_pdf(page)
    seconds = time.perf_counter() - start
    peak = _peak_mb(lambda: sheet_pdf(page))
    return {"gang_1000_s": round(seconds, 2), "gang_1000_bytes": len(file), "gang_peak_mb": round(peak, 1)}


def _peak_mb(deed: Callable[[], object]) -> float:
    """How far this process's resident memory rises while it is done, looked at every few milliseconds."""
    process = psutil.Process()
    before, done, most = process.memory_info().rss, threading.Event(), [0]

    def watch() -> None:
        while not done.wait(0.003):
            most[0] = max(most[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    deed()
    done.set()
    watcher.join()
    return max(0, most[0] - before) / 1e6


def papers() -> dict[str, Any]:
    """A hundred travellers with pictures, set by the typesetter in its own process."""
    catalogue, _ = shop()
    scenes = scenes_of("mug", (("template", "club"),))
    svg = mockup(catalogue.blank("mug"), catalogue.engine("mug").answer({}).configuration, scenes, id_prefix="b-")
    batch = mugs(TRAVELLERS)
    pictures = {piece.design_hash: svg for piece in batch.pieces}
    start = time.perf_counter()
    work_orders(batch, mug_scenes(), pictures)
    return {"work_orders_100_s": round(time.perf_counter() - start, 2)}


def sameness() -> dict[str, Any]:
    """The golden designs: Chromium's picture of the preview against the rasterised print file."""
    if chromium() is None:
        return {"iou_min": None, "iou_designs": 0}
    designs = [design for design in golden_designs() if GHOSTSCRIPT or not _pictured(design)]
    scenes = [scene for design in designs for scene in design.scenes]
    with browser_page() as page:
        found = compared_scenes(scenes, page, gallery())
    return {
        "iou_min": round(min(each.iou for each in found), 4),
        "iou_designs": len(designs),
        "iou_median": round(statistics.median(each.iou for each in found), 4),
    }


def _pictured(design: Golden) -> bool:
    return any(isinstance(node, Image) for scene in design.scenes for node in scene.nodes)


def _mug(name: str) -> tuple[Scene, ...]:
    return scenes_of("mug", (("template", "club"), ("f.name", name)))


def _named(name: str) -> Scene:
    """One line of lettering on a small area of its own."""
    query = (("kind-1", "text"), ("area-1", "back"), ("text-1", name), ("size-1", "9"), ("x-1", "50"), ("y-1", "34"))
    return next(scene for scene in scenes_of("notebook", query) if scene.area == "back")


def _asked(client: http.client.HTTPConnection, word: str, held: Mapping[str, str], encoding: str = "identity") -> bytes:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial", "Accept-Encoding": encoding, **held}
    client.request("GET", TYPING + quote(word), headers=headers)
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"the server answered {answer.status}")
    return body


def _cookie(client: http.client.HTTPConnection) -> str:
    client.request("GET", "/blanks/mug")
    answer = client.getresponse()
    answer.read()
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


def _icon(client: http.client.HTTPConnection) -> str:
    return _plain(client, "/").split('rel="icon" href="', 1)[1].split('"', 1)[0]


def _plain(client: http.client.HTTPConnection, path: str) -> str:
    client.request("GET", path)
    return client.getresponse().read().decode()


def _held(page: bytes) -> str:
    return " ".join(sorted(set(re.findall(r'data-part="([^"]+)"', page.decode()))))


def _clocked(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
