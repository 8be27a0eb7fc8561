"""Names in every script are read on every screen, also on one whose system has fonts for Latin only."""

import io
import re

import pytest
from fontTools.ttLib import TTFont

from tests.web.browser import Browser

NAMES = ("Ελένη Παππά", "Дмитрий", "Nguyễn Thị Hương", "דוד לוי", "محمد", "अर्जुन नायर", "สมชาย ใจดี", "🎉")


def faces(browser: Browser) -> dict[str, set[int]]:
    """Address of each font of names -> the letters for which a browser asks for it."""
    page = browser.get("/")
    (sheet,) = (given["href"] for tag, given in page.tags if tag == "link" and given["href"].endswith(".css"))
    css = browser.client.get(sheet).text
    found = re.findall(r'@font-face\{font-family:Archivo;src:url\("(/fonts/[^"]+)"\)[^}]*unicode-range:([^}]+)\}', css)
    return {address: _codes(ranges) for address, ranges in found}


def _codes(ranges: str) -> set[int]:
    codes: set[int] = set()
    for each in ranges.split(","):
        first, _, last = each.removeprefix("U+").partition("-")
        codes |= set(range(int(first, 16), int(last or first, 16) + 1))
    return codes


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_another_script_brings_the_letters_that_it_is_written_with(browser: Browser, name: str) -> None:
    wanted = {ord(sign) for sign in name if ord(sign) > 0x17F}
    (address,) = (address for address, codes in faces(browser).items() if wanted & codes)
    assert wanted <= faces(browser)[address]
    answer = browser.client.get(address)
    assert answer.headers["content-type"] == "font/woff2"
    assert "immutable" in answer.headers["cache-control"]
    assert wanted <= set(TTFont(io.BytesIO(answer.content)).getBestCmap())


def test_a_name_in_latin_letters_asks_for_none(browser: Browser) -> None:
    latin = {ord(sign) for sign in "Zoë Łukasz Ștefan Çağrı Þóra Ştěpán – “’ · € × →"}
    assert [address for address, codes in faces(browser).items() if latin & codes] == []


def test_a_font_that_is_none_is_not_found(browser: Browser) -> None:
    for wrong in ("thai-000000000000.woff2", "nothing", "..%2Fshop.db"):
        assert browser.client.get(f"/fonts/{wrong}").status_code == 404
