"""Letters: every script in its order, its joins and its fallback face; a letter nobody has is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.artwork.text import Line, shaped_line
from tests.artwork.workbench import book


def line(words: str, font: str = "archivo") -> Line:
    return shaped_line(words, font, book())


def order(words: str, font: str = "archivo") -> list[str]:
    return [cluster.text for cluster in line(words, font).clusters]


def faces(words: str, font: str = "archivo") -> set[str]:
    return {key.split("/")[0] for cluster in line(words, font).clusters for key, *_ in cluster.glyphs}


def test_latin_text_keeps_its_order_and_kerns() -> None:
    assert order("AVA") == ["A", "V", "A"]
    apart = sum(line(letter).clusters[0].advance for letter in "AVA")
    assert sum(cluster.advance for cluster in line("AVA").clusters) < apart


def test_hebrew_and_arabic_stand_from_right_to_left() -> None:
    assert order("שלום") == ["ם", "ו", "ל", "ש"]
    assert order("محمد") == ["د", "م", "ح", "م"]


def test_a_latin_word_inside_hebrew_keeps_its_own_order() -> None:
    assert "".join(order("אבג abc דהו", "rubik")) == "והד abc גבא"


def test_a_number_after_hebrew_reads_from_left_to_right() -> None:
    assert "".join(order("שלום 1911", "rubik")) == "1911 םולש"


def test_brackets_round_hebrew_face_the_right_way() -> None:
    clusters = line("(א)", "rubik").clusters
    assert [cluster.text for cluster in clusters] == [")", "א", "("]
    left_bracket = line("(", "rubik").clusters[0].glyphs[0][0]
    assert clusters[0].glyphs[0][0] == left_bracket


def test_arabic_letters_join() -> None:
    alone = {key for letter in "محمد" for key, *_ in line(letter).clusters[0].glyphs}
    joined = {key for cluster in line("محمد").clusters for key, *_ in cluster.glyphs}
    assert joined - alone


def test_arabic_letters_join_across_a_change_of_face() -> None:
    before = line("بب", "arabic").clusters[-1].glyphs
    mixed = line("بب!", "lobster").clusters
    assert mixed[-1].glyphs == before


def test_a_devanagari_vowel_sign_is_drawn_before_its_letter_and_belongs_to_it() -> None:
    clusters = line("प्रिया").clusters
    assert [cluster.text for cluster in clusters] == ["प्रि", "या"]
    assert len(clusters[0].glyphs) >= 2


def test_thai_marks_stay_with_their_letter() -> None:
    assert order("ที่") == ["ที่"]


@pytest.mark.parametrize(
    ("words", "face"),
    [
        ("Zoë", "lobster"),
        ("Ελένη", "noto"),
        ("Дмитрий", "lobster"),
        ("محمد", "arabic"),
        ("प्रिया", "noto"),
        ("สวัสดี", "thai"),
        ("שלום", "rubik"),
    ],
)
def test_every_script_finds_a_face_that_has_it(words: str, face: str) -> None:
    assert faces(words, "lobster") == {face}
    assert not line(words, "lobster").missing


def test_a_letter_no_face_has_is_named_once_as_a_whole() -> None:
    assert line("Zoë 👩‍🚒 & 👩‍🚒 漢").missing == ("👩‍🚒", "漢")


def test_accents_in_two_characters_count_as_the_letter_they_make() -> None:
    assert not line("Zoe\u0308").missing
    assert order("Zoe\u0308") == ["Z", "o", "e\u0308"]


def test_line_breaks_and_tabs_become_spaces() -> None:
    assert order("a\nb\tc") == ["a", " ", "b", " ", "c"]


def test_variable_faces_differ_by_their_axes() -> None:
    assert line("A", "archivo").outlines != line("A", "noto").outlines


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_every_character_is_shaped_exactly_once(words: str) -> None:
    from_clusters = sorted("".join(cluster.text for cluster in line(words).clusters))
    assert from_clusters == sorted(line_of_spaces(words))


def line_of_spaces(words: str) -> str:
    return "".join(" " if char.isspace() else char for char in words)
