"""A shop in a language of long words: nothing is cut off, on a phone or on a wide screen."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.running import ROOT, Server, serving

LONG = {
    'name     = "Mug, 330 ml"': 'name     = "Frühstückskaffeebecher mit Innenfarbe und Spülmaschinenschutz"',
    'label   = "Inside"': 'label   = "Innenglasurfarbgebung"',
    'label = "Coral",': 'label = "Korallenriffsonnenuntergang",',
    'label  = "Glaze"': 'label  = "Oberflächenbeschaffenheit"',
    'label = "Gloss"': 'label = "Hochglanzbeschichtungsversiegelung"',
    'label = "Gift box"': 'label = "Geschenkverpackungskarton mit Schleifenband"',
}
STICKS_OUT = """() => [...document.querySelectorAll("main *")]
    .filter(each => each.childNodes.length)
    .filter(each => !each.closest("svg,.scroll-x,.filt,[hidden],details:not([open])>:not(summary)"))
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .map(each => `${each.tagName} ${each.textContent.trim().slice(0, 60)}`)"""


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A shop whose mug has a title of 61 letters and options of 21 to 34 in one word."""
    folder = tmp_path_factory.mktemp("wordy")
    blanks = folder / "blanks"
    shutil.copytree(ROOT / "blanks", blanks)
    _lengthen(blanks / "mug" / "blank.toml")
    with serving(folder / "var", BLANKS=str(blanks)) as server:
        yield server


def _lengthen(sheet: Path) -> None:
    text = sheet.read_text()
    for short, long in LONG.items():
        assert short in text
        text = text.replace(short, long, 1)
    sheet.write_text(text)


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_long_words_stay_on_the_screen(wordy: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", "/blanks/mug/roster", "/blanks/mug"):
        page.goto(wordy.url + path)
        assert page.evaluate(STICKS_OUT) == []
    page.get_by_role("button", name="Add to cart").first.click()
    page.wait_for_url("**/cart")
    assert page.evaluate(STICKS_OUT) == []


def test_on_a_phone_the_names_of_numbers_beside_each_other_take_one_line(browser: Browser, demo: Server) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    for align in ("left", "middle", "right"):
        page.goto(f"{demo.url}/blanks/mug?kind-1=text&text-1=Ida&x-1=178&y-1=30&size-1=12&align-1={align}")
        labels = page.locator(".lab:has-text('from left'), .lab:has-text('from top'), .lab:has-text('Turned')")
        heights = labels.evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().height)")
        assert len(heights) >= 3
        assert max(heights) < 1.5 * min(heights), labels.all_inner_texts()
    context.close()
