"""Embroidery is pictured as it is sewn: the preview in Chromium against the machine's file as it is read back."""

from collections.abc import Iterator

import numpy as np
import pyembroidery
import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Browser, Page

from configurator.artwork.scene import Scene
from configurator.artwork.stitches_files import pes
from configurator.artwork.stitches_picture import THREAD_MM
from configurator.artwork.svg import flat_svg
from tests.artwork.comparing import screenshot
from tests.artwork.golden import addresses, scenes_of
from tests.artwork.sewing import moves

PX = 10
"""Pixels a millimetre."""
CLOTH = "#00ff00"
"""No thread has this colour."""
SEWN, SHOWN, BOX_MM = 0.965, 0.93, 0.4
"""Least share of what is shown that is sewn, and of what is sewn, drawn in by the pull, that is shown."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1000, "height": 1000})
    yield page
    page.close()


def test_what_is_embroidered_is_shown_where_the_machine_sews_it(window: Page) -> None:
    embroidered = [
        (name, scene)
        for name, key, query in addresses()
        for scene in (scenes_of(key, query) if key == "tee" else ())
        if scene.stitching and scene.nodes
    ]
    apart = []
    for name, scene in embroidered:
        seen, made = shown(scene, window), sewn(scene)
        drawn_in = eroded(made, scene.stitching.pull_mm if scene.stitching else 0)
        shares = (seen & made).sum() / seen.sum(), (seen & drawn_in).sum() / drawn_in.sum()
        off = np.abs(edges(seen) - edges(made)).max() / PX
        if shares[0] < SEWN or shares[1] < SHOWN or off > BOX_MM:
            apart.append((name, shares, off))
    assert len(embroidered) >= 10
    assert apart == []


def shown(scene: Scene, page: Page) -> np.ndarray:
    """Where the browser shows thread."""
    width, height = round(scene.width_mm * PX), round(scene.height_mm * PX)
    svg = flat_svg(scene, id_prefix="t", guides=False)
    svg = svg.replace("<svg", f'<svg style="position:absolute;left:0;top:0" width="{width}" height="{height}"', 1)
    page.set_content(f'<body style="background:{CLOTH}">{svg}</body>')
    picture = screenshot(page)[:height, :width].astype(int)
    return np.asarray(abs(picture - (0, 255, 0)).sum(axis=2) > 200)


def sewn(scene: Scene) -> np.ndarray:
    """Where the machine's file lays thread."""
    size = (round(scene.width_mm * PX), round(scene.height_mm * PX))
    picture = Image.new("1", size)
    draw, before = ImageDraw.Draw(picture), None
    for command, start, end in moves(pes(scene), "pes"):
        if command == before == pyembroidery.STITCH:
            line = [(x / 10 * PX + size[0] / 2, y / 10 * PX + size[1] / 2) for x, y in (start, end)]
            draw.line(line, fill=1, width=round(THREAD_MM * PX))
        before = command
    return np.asarray(picture)


def eroded(mask: np.ndarray, by_mm: float) -> np.ndarray:
    """The mask less so much all round."""
    least = ImageFilter.MinFilter(2 * round(by_mm * PX) + 1)
    return np.asarray(Image.fromarray(mask.astype(np.uint8) * 255).filter(least)) > 0


def edges(mask: np.ndarray) -> np.ndarray:
    """First and last row and column with thread."""
    down, across = np.nonzero(mask)
    return np.array([across.min(), across.max(), down.min(), down.max()])
