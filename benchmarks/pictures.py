"""Screenshots of every page of a running demo shop into docs/pictures: three widths, light and dark."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks import contact_sheet
from tests.browser.running import QUIET, chromium, serving
from tests.browser.touring import tour

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTHS = {360: 740, 800: 1000, 1400: 900}
COUNTER = {1024: 768}
WALL = {1920: 1080}
QUALITY = 50
ORDERS = 60
TALLEST = 2200
"""Pixels of height after which a long page is cut: what comes then is more of the same."""


TYPED_INTO = ("/blanks/", "/consignments/")


def main(folder: Path = FOLDER, only: str = "") -> None:
    """Tour the demo shop and keep what is seen; pages whose name has `only` in it, if it is given."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as var,
        serving(Path(var), "--demo", "--orders", str(ORDERS)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        page = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce").new_page()
        for name in tour(page, server):
            if only in name:
                _look(page, name, folder)
        browser.close()
    if not only:
        contact_sheet.main()
    print(f"{sum(picture.stat().st_size for picture in folder.glob('*.webp')) / 1e6:.1f} MB in {folder}")


def _look(page: Page, name: str, folder: Path) -> None:
    """The page at every width, light and dark; loaded anew at each, as a device of that width would."""
    one_screen = COUNTER if name.startswith("counter") else WALL if name == "wall" else {}
    for width, height in (one_screen or WIDTHS).items():
        page.set_viewport_size({"width": width, "height": height})
        _settle(page)
        if not one_screen:
            # As tall as the page: what floats at the foot of the window then lies at the foot of the picture.
            tall = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(max(tall, height), TALLEST)})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            _keep(page.screenshot(), folder / f"{name}-{width}-{scheme}.webp")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1400, "height": 900})


def _settle(page: Page) -> None:
    """Pictures further down load when they are seen. A page in which something is typed is not loaded anew."""
    if not any(part in page.url for part in TYPED_INTO) or page.url.endswith(("/cart", "/sign-in")):
        page.reload()
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(image => { image.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")


def _keep(screenshot: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(screenshot)) as picture:
        picture.save(path, quality=QUALITY, method=6)


if __name__ == "__main__":
    main(*([Path(sys.argv[1])] if len(sys.argv) > 1 else []), only="".join(sys.argv[2:3]))
