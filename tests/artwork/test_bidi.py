"""Writing direction: the rules of UAX #9, checked against the examples of the annex and against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.artwork.bidi import levels_of, visual_runs

RLE, LRE, PDF, RLO, LRO = "\u202b", "\u202a", "\u202c", "\u202e", "\u202d"
LRI, RLI, FSI, PDI, RLM = "\u2066", "\u2067", "\u2068", "\u2069", "\u200f"


def test_a_line_without_letters_runs_left_to_right() -> None:
    assert levels_of("12 + 3") == [0] * 6


@pytest.mark.parametrize(
    ("text", "base", "levels"),
    [
        ("car אבג", 0, "0000111"),
        ("אבג car", None, "1111222"),
        ("אבג 123", None, "1111222"),
        ("car (אבג) x", 0, "00000111000"),
        ("אב (car) x", None, "1111222112"),
        ("עברית 50% off", None, "1111112221222"),
        ("ab ا1/2 c", 0, "000122200"),
        ("ا 1/2", None, "11222"),
        ("א 1-2", None, "11222"),
        ("ا 1-2", None, "11212"),
        ("a$1", 0, "000"),
        ("א$1", None, "122"),
        ("אa(ב)", None, "12111"),
        ("a(ב)c", 0, "00100"),
        ("ב[a]", None, "1121"),
    ],
)
def test_levels_follow_the_annex(text: str, base: int | None, levels: str) -> None:
    assert "".join(map(str, levels_of(text, base))) == levels


def test_an_isolate_does_not_touch_what_is_around_it() -> None:
    assert levels_of(f"a {RLI}א b{PDI} c") == [0, 0, 0, 1, 1, 2, 0, 0, 0]
    assert levels_of(f"{FSI}א{PDI} a") == [0, 1, 0, 0, 0]


def test_an_embedding_and_an_override_turn_what_they_hold() -> None:
    assert levels_of(f"a{RLE}bc{PDF}d")[2:4] == [2, 2]
    assert levels_of(f"a{RLO}bc{PDF}d")[2:4] == [1, 1]
    assert levels_of(f"א{LRO}בג{PDF}ד")[2:4] == [2, 2]


def test_what_an_embedding_meets_is_the_level_before_numbers_are_raised() -> None:
    assert levels_of(f"+ا1{RLE}]-{LRE}+", 0) == [0, 1, 2, 2, 1, 1, 1, 2]


def test_blanks_at_the_end_return_to_the_base() -> None:
    assert levels_of("abc אבג  ", 0) == [0, 0, 0, 0, 1, 1, 1, 0, 0]


def test_embeddings_deeper_than_the_limit_are_ignored_not_fatal() -> None:
    assert max(levels_of(RLE * 200 + "a")) <= 126


def test_runs_stand_in_the_order_they_are_seen() -> None:
    text = "אבג abc 12"
    seen = "".join(text[run.start : run.end][:: -1 if run.rtl else 1] for run in visual_runs(text))
    assert seen == "abc 12 גבא"


SIGNS = st.sampled_from([*"aבا1٢ .,$%()[]-/", RLE, LRE, PDF, RLO, LRO, LRI, RLI, FSI, PDI, RLM, "\u0301", "\n", "\t"])


@given(st.lists(SIGNS, max_size=30).map("".join), st.sampled_from([None, 0, 1]))
def test_every_character_is_in_exactly_one_run(text: str, base: int | None) -> None:
    at = sorted(i for run in visual_runs(text, base) for i in range(run.start, run.end))
    assert at == list(range(len(text)))


@given(st.lists(SIGNS, max_size=30).map("".join), st.sampled_from([0, 1]))
def test_letters_have_the_parity_of_their_direction_unless_overridden(text: str, base: int) -> None:
    levels = levels_of(text, base)
    if RLO in text or LRO in text:
        return
    for char, level in zip(text, levels, strict=True):
        assert {"a": level % 2 == 0, "ב": level % 2 == 1, "ا": level % 2 == 1}.get(char, True)
