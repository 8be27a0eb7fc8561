"""Chinese, Japanese and Korean where a font is there, refused by name elsewhere; designs name only what they use."""

from pathlib import Path

import pytest

from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import CJK, Guests, find_guests
from configurator.artwork.text import shaped_line
from tests.artwork.workbench import FONTS, scene, text

FOUND = find_guests()
needs_cjk = pytest.mark.skipif(FOUND.cjk is None, reason="no font for Chinese here: install fonts-noto-cjk")


@pytest.fixture(scope="module")
def book() -> FontBook:
    return FontBook(FONTS, FOUND)


def faces(book: FontBook, words: str) -> set[str]:
    return {key.split("/")[0] for key in shaped_line(words, "archivo", book).outlines}


@needs_cjk
@pytest.mark.parametrize("words", ["生日快乐", "お誕生日", "생일 축하해요", "ㄅㄆㄇ"])
def test_east_asian_letters_are_drawn_where_the_font_is_installed(book: FontBook, words: str) -> None:
    assert not shaped_line(words, "archivo", book).missing
    assert all(face.startswith("+cjk") for face in faces(book, words.replace(" ", "")))


@needs_cjk
def test_a_letter_shared_by_two_languages_looks_as_the_language_of_its_line_writes_it(book: FontBook) -> None:
    chinese, japanese = (shaped_line(words, "archivo", book) for words in ("直", "直す"))
    assert chinese.clusters[0].glyphs != japanese.clusters[0].glyphs


@needs_cjk
def test_a_design_without_chinese_is_the_same_design_on_a_machine_without_the_font(book: FontBook) -> None:
    bare = FontBook(FONTS)
    assert book.fingerprint == bare.fingerprint
    assert book.fingerprint_for(["Zoë", "محمد 7"]) == bare.fingerprint
    assert book.fingerprint_for(["Zoë", "生日"]) != bare.fingerprint
    assert book.fingerprint_for(["生日"]) == book.fingerprint_for(["快乐", "x"])


def test_emoji_count_among_the_faces_of_a_design_that_has_some(book: FontBook) -> None:
    assert book.fingerprint_for(["🎉"]) != book.fingerprint_for(["party"])


def test_without_the_font_each_letter_is_named_and_nothing_can_be_ordered() -> None:
    (finding,) = scene(text("Li 生日")).findings
    assert finding.level == "error"
    assert "“生”" in finding.sentence and "“日”" in finding.sentence
    assert any("fonts-noto-cjk" in sentence for sentence in Guests().lacking)


def test_a_font_named_in_the_settings_goes_before_the_known_places(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes(b"")
    assert find_guests(own).cjk == own
    assert find_guests(tmp_path / "gone.ttf").cjk in (None, *CJK)
