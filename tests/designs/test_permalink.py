"""The customiser's address: what is written is read again, and nothing that is sent breaks it."""

import string
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.artwork.elements import ALIGNS, Image, Shape, Text
from configurator.blanks.catalogue import read_catalogue
from configurator.designs.form import LONGEST_FIELD, clean, shortened
from configurator.designs.permalink import Asked, auto_fields, read, reserved, write
from configurator.options.compiling import compiled
from configurator.options.model import Model, OneOf, Option, Value
from tests.blank_builders import a_gift, a_gift_shop
from tests.effort import examples

GIFT, SHOP = a_gift(), a_gift_shop()
many_times = examples(300)


def asked(query: str) -> Asked:
    return read(parse_qsl(query, keep_blank_values=True), GIFT, SHOP)


def hundredths(least: float, most: float) -> st.SearchStrategy[float]:
    return st.integers(round(least * 100), round(most * 100)).map(lambda number: number / 100)


def lines(most: int) -> st.SearchStrategy[str]:
    return st.lists(some_text(most // 4), min_size=1, max_size=3).map("\n".join)


def some_text(most: int) -> st.SearchStrategy[str]:
    return st.text(max_size=most).map(lambda text: shortened(clean(text), most))


TURNS = st.just(0.0) | hundredths(-179.99, 180)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    width, height, area, inks = draw(st.sampled_from([(200, 80, "wrap", "navy red"), (90, 50, "card", "black white")]))
    outline = draw(st.just(0.0) | hundredths(0.01, 20))
    return Text(
        area=area,
        text=draw(some_text(240) | lines(240)),
        font=draw(st.sampled_from(["Rubik", "Lobster"])),
        size_mm=draw(hundredths(1, width)),
        ink=draw(st.sampled_from(inks.split())),
        x_mm=draw(hundredths(0, width)),
        y_mm=draw(hundredths(0, height)),
        arc_mm=draw(st.just(0.0) | hundredths(3, 2000) | hundredths(-2000, -3)),
        fit_mm=draw(hundredths(0, width)),
        spacing_mm=draw(hundredths(-5, 30)),
        align=draw(st.sampled_from(ALIGNS)),
        leading=draw(hundredths(0.5, 4)),
        outline_mm=outline,
        outline_ink=draw(st.sampled_from(inks.split())) if outline else "",
        turn=draw(TURNS),
        locked=draw(st.booleans()),
    )


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    inks = draw(st.lists(st.sampled_from(["navy", "red"]), min_size=1, max_size=8))
    shape = draw(st.sampled_from(["heart", "star"]))
    return Shape(
        *("wrap", shape, draw(hundredths(1, 400)), tuple(inks), draw(hundredths(0, 200)), draw(hundredths(0, 80))),
        turn=draw(TURNS),
        locked=draw(st.booleans()),
    )


@st.composite
def images(draw: st.DrawFn) -> Image:
    return Image(
        *("wrap", draw(st.sampled_from(["a" * 64, "0" * 64])), draw(hundredths(1, 600))),
        *(draw(hundredths(0, 200)), draw(hundredths(0, 80))),
        height_mm=draw(st.just(0.0) | hundredths(0.01, 600)),
        mirrored=draw(st.booleans()),
        turn=draw(TURNS),
        locked=draw(st.booleans()),
    )


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "inside": st.sampled_from(["white", "coral"]),
        "rim": st.sampled_from(["plain", "gold"]),
        "care": st.frozensets(st.sampled_from(["dishwasher", "microwave"])),
        "extras": st.frozensets(st.sampled_from(["lid", "box", "card"])),
        "pages": st.sampled_from(range(24, 241, 8)),
        "mix": st.tuples(*[st.integers(0, 20) for _ in range(3)]).map(
            lambda units: tuple((k, 25 * n) for k, n in zip(("oats", "nuts", "honey"), units, strict=True) if n)
        ),
    },
)


@st.composite
def wishes(draw: st.DrawFn) -> Asked:
    template = draw(st.sampled_from([None, "best"]))
    fields = {"name": some_text(12), "year": some_text(4)}
    return Asked(
        choices=draw(CHOICES),
        elements=tuple(draw(st.lists(texts(), max_size=3)) + draw(st.lists(shapes() | images(), max_size=4))),
        quantity=draw(st.integers(1, 100)),
        template=template,
        fields=draw(st.fixed_dictionaries({}, optional=fields)) if template else {},
    )


@many_times
@given(wishes())
def test_an_address_brings_back_the_design_it_was_made_from(wish: Asked) -> None:
    address = write(wish)
    again = asked(address)
    assert again == wish
    assert again.faults == {}
    assert write(again) == address
    assert set(address) <= set(string.ascii_letters + string.digits + "%&=.-_~")


NAMES = st.sampled_from(
    ["inside", "rim", "care", "extras", "pages", "mix", "mix.oats", "mix.tar", "pieces", "template", "f.name", "f.zz",
     "add", "remove", "auto", "kind-1", "area-1", "text-1", "font-1", "size-1", "ink-1", "x-1", "y-1", "arc-1", "fit-1",
     "spacing-1",
     "align-1", "leading-1", "outline-1", "edge-1", "turn-1", "lock-1", "layer",
     "kind-3", "asset-3", "height-3", "mirror-3",
     "kind-2", "shape-2", "width-2", "inks-2", "x-2", "text-99999", "text-0", "text--1"]
)  # fmt: skip
HOSTILE = st.sampled_from(
    ["", "gold", "microwave", "96", "-1", "1e999", "1e-999", "NaN", "-Infinity", "9" * 400, "0x10", "٣", "12,5",
     "1_000", "up:1", "back:2", "down:", "yes", "left",
     "a" * 64, "image:wrap:" + "b" * 64, "image:wrap:../../etc/passwd", "image",
     "text:wrap", "shape:wrap:heart", "shape", "text", "heart", "best", "<b>Zoë</b> 🎉 محمد",
     "\x00\x1b\u2028\r\n", "\ud800", "a\u0301" * 200, "' OR 1=1 --", "../../etc/passwd", "rim=gold", "𝕏" * 3000]
)  # fmt: skip


@many_times
@given(st.lists(st.tuples(NAMES | st.text(max_size=8), HOSTILE | st.text(max_size=30)), max_size=25))
def test_nothing_that_is_sent_breaks_the_customiser(query: list[tuple[str, str]]) -> None:
    found = read(query, GIFT, SHOP)
    assert 1 <= found.quantity <= 100
    assert len(found.elements) <= 24
    for element in found.elements:
        area = GIFT.area(element.area)
        assert area.auto == "none"
        assert 0 <= element.x_mm <= area.size_mm[0]
        assert 0 <= element.y_mm <= area.size_mm[1]
        if isinstance(element, Text):
            assert len(element.text) <= 240
            assert 1 <= element.size_mm <= 200
    settled = asked(write(found))
    assert settled == found
    assert settled.faults == {}
    assert compiled(GIFT.model).answer(found.choices).configuration.keys() == {
        "inside",
        "rim",
        "care",
        "extras",
        "pages",
        "mix",
    }


def test_a_text_in_any_script_comes_through_as_typed() -> None:
    assert asked("text-1=%3Cb%3EZo%C3%AB%3C%2Fb%3E+%F0%9F%8E%89+%D9%85%D8%AD%D9%85%D8%AF").elements == (
        Text("wrap", "<b>Zoë</b> 🎉 محمد", "Rubik", 13.3, "navy", 100, 44.43),
    )


def test_several_of_many_can_be_chosen_none() -> None:
    assert asked("care=").choices == {"care": frozenset()}
    assert asked("care=&care=microwave").choices == {"care": frozenset({"microwave"})}
    assert asked("").choices == {}


@pytest.mark.parametrize(
    ("query", "taken", "told"),
    [
        ("pages=97", 96, "24 to 240 pages in steps of 8 are possible. 96 was taken."),
        ("pages=9999", 240, "24 to 240 pages in steps of 8 are possible. 240 was taken."),
        ("pages=-1e5", 24, "24 to 240 pages in steps of 8 are possible. 24 was taken."),
        ("pages=many", None, "“many” is not a number from 24 to 240 pages. Write it in digits alone, like 96."),
        ("rim=golt", None, "“golt” is not offered. Choose one of those shown."),
        ("pages=1,000", None, "“1,000” is not a number from 24 to 240 pages. Write it in digits alone, like 96."),
        ("pages=1e9", None, "“1e9” is not a number from 24 to 240 pages. Write it in digits alone, like 96."),
        ("care=oven", None, "“oven” is not offered. Choose from those shown."),
        ("care=&care=oven", frozenset(), "“oven” is not offered. Choose from those shown."),
        ("care=oven&care=grill", None, "“grill”, “oven” are not offered. Choose from those shown."),
    ],
)
def test_a_faulty_choice_is_told_and_the_nearest_is_taken(query: str, taken: Any, told: str) -> None:
    found = asked(query)
    name = query.partition("=")[0]
    assert found.choices.get(name) == taken
    assert found.faults == {name: told}


def test_amounts_of_a_mix_come_through_as_typed_even_if_they_do_not_add_up() -> None:
    found = asked("mix.oats=300&mix.nuts=137&mix.honey=0")
    assert found.choices == {"mix": (("oats", 300), ("nuts", 137))}
    assert found.faults == {}
    assert asked("mix.oats=lots&mix.nuts=25").faults == {
        "mix.oats": "“lots” is not an amount. Write whole grams like 75."
    }


@pytest.mark.parametrize(
    ("query", "attribute", "taken", "told"),
    [
        ("size-1=1e9", "size_mm", 13.3, "“1e9” is not a number. Write it like 12.5."),
        ("size-1=999", "size_mm", 200, "1 to 200 is possible here. 200 was taken."),
        ("x-1=-3,5", "x_mm", 0, "0 to 200 is possible here. 0 was taken."),
        ("arc-1=1", "arc_mm", 3, "A circle of text needs a radius of 3 mm or more. 3 was taken."),
        ("font-1=Comic", "font", "Rubik", "“Comic” is not offered here. “Rubik Bold” was taken."),
        ("font-1=Noto", "font", "Rubik", "“Noto” is not offered here. “Rubik Bold” was taken."),
        ("ink-1=black", "ink", "navy", "“black” is not offered here. “Navy” was taken."),
        ("area-1=label", "area", "wrap", "“label” is not offered here. “All round” was taken."),
        ("text-1=" + "a" * 250, "text", "a" * 240, "At most 240 characters fit here. The rest was left off."),
    ],
)
def test_a_faulty_element_is_told_and_the_nearest_is_taken(query: str, attribute: str, taken: Any, told: str) -> None:
    found = asked(f"kind-1=text&{query}")
    assert getattr(found.elements[0], attribute) == taken
    assert found.faults == {query.partition("=")[0]: told}


def test_pieces_stay_within_what_a_line_may_have() -> None:
    assert asked("pieces=12").quantity == 12
    assert asked("pieces=0").faults == {"pieces": "1 to 100 pieces can be ordered. 1 was taken."}
    assert asked("pieces=1e6").quantity == 100
    assert asked("pieces=2.5").quantity == 2
    assert asked("pieces=lots").faults == {"pieces": "“lots” is not a number of pieces. 1 was taken."}


def test_what_the_page_filled_in_by_itself_is_not_taken_for_a_choice() -> None:
    answer = compiled(GIFT.model).answer({"rim": "gold"})
    hints = auto_fields(answer)
    shown = asked(write(Asked(answer.configuration)))
    assert shown.choices.keys() == answer.configuration.keys()
    sent = (*parse_qsl(write(Asked(answer.configuration)), keep_blank_values=True), *hints)
    assert read(sent, GIFT, SHOP).choices == {"rim": "gold"}
    changed = tuple(pair if pair != ("inside", "white") else ("inside", "coral") for pair in sent)
    assert read(changed, GIFT, SHOP).choices == {"inside": "coral", "rim": "gold"}


def test_what_the_page_filled_in_is_told_in_few_fields_however_many_options_there_are() -> None:
    sizes = OneOf((Value("small-and-round", "Small"), Value("large", "Large")), "small-and-round")
    many = tuple(Option(f"button-{at}", f"Button {at}", "design", sizes) for at in range(300))
    blank = replace(GIFT, model=Model((*GIFT.model.options, *many)))
    answer = compiled(blank.model).answer({"button-7": "large"})
    hints = auto_fields(answer)
    assert len(hints) < 10
    assert all(len(value) <= LONGEST_FIELD for _, value in hints)
    sent = (*parse_qsl(write(Asked(answer.configuration)), keep_blank_values=True), *hints)
    assert read(sent, blank, SHOP).choices == {"button-7": "large"}


def test_elements_are_added_and_removed_by_a_button() -> None:
    found = asked("kind-1=text&text-1=a&kind-3=shape&shape-3=star&kind-7=text&text-7=b&remove=3&add=text:card")
    assert [getattr(element, "text", None) for element in found.elements] == ["a", "b", ""]
    assert found.elements[2] == Text("card", "", "Rubik", 8.3, "black", 45, 27.77)
    assert asked("add=shape:wrap:star").elements == (Shape("wrap", "star", 66.67, ("navy",), 100, 40),)
    assert asked("add=hole").faults == {"add": "A text, a shape or a picture can be added. Nothing was added."}


def test_what_is_added_to_something_round_stands_where_it_is_looked_at() -> None:
    catalogue = read_catalogue(Path(__file__).parents[2] / "blanks")
    for key in ("mug", "muesli"):
        blank = catalogue.blank(key)
        area = next(area for area in blank.areas if area.surface.kind == "cylinder")
        for what in ("text", "image"):
            query = [("kind-1", "text"), ("text-1", "a"), ("add", f"{what}:{area.key}:{'a' * 64}")]
            added = read(query, blank, catalogue.shop).elements[-1]
            assert abs(added.x_mm - area.surface.facing_mm) < area.surface.radius_mm / 2


def test_an_area_takes_only_so_many_texts() -> None:
    found = asked("&".join(f"text-{number}=t{number}" for number in range(1, 6)))
    assert [element.text for element in found.elements if isinstance(element, Text)] == ["t1", "t2", "t3"]
    assert "add" in found.faults


def test_backdrops_are_no_shapes_to_choose() -> None:
    found = asked("kind-1=shape&shape-1=paper-white")
    assert found.elements[0] == Shape("wrap", "heart", 66.67, ("navy",), 100, 40)
    assert found.faults == {"shape-1": "“paper-white” is not offered here. “heart” was taken."}


def test_a_template_keeps_its_fields_and_their_limits() -> None:
    found = asked("template=best&f.name=Bartholomew+the+Great&f.nickname=Bart")
    assert (found.template, found.fields) == ("best", {"name": "Bartholomew "})
    assert found.faults == {"f.name": "At most 12 characters fit here. The rest was left off."}
    assert asked("template=gone").faults == {
        "template": "This design is no longer offered. Choose another, or start empty."
    }


def test_a_letter_with_its_marks_is_never_cut_apart() -> None:
    assert shortened("👩‍👩‍👧‍👦" * 3, 12) == "👩‍👩‍👧‍👦"
    assert shortened("e\u0323\u0302" * 4, 4) == "e\u0323\u0302"


def test_no_option_may_be_called_like_a_field_of_the_form() -> None:
    assert all(map(reserved, ["pieces", "template", "f.name", "text-1", "inks-22", "auto", "add", "remove"]))
    assert not any(map(reserved, ["inside", "text", "size", "pieces-1", "mix.oats"]))


def test_lines_of_a_text_come_through_as_typed() -> None:
    assert asked("text-1=Harbour%0D%0ARowing+Club").elements[0] == asked("text-1=Harbour%0ARowing+Club").elements[0]
    assert asked("text-1=Harbour%0ARowing+Club").elements[0].text == "Harbour\nRowing Club"  # type: ignore[union-attr] # it is a text


def test_a_turn_is_said_one_way() -> None:
    assert [asked(f"text-1=A&turn-1={turn}").elements[0].turn for turn in (370, -190, 180, -180)] == [10, 170, 180, 180]


def test_an_outline_without_a_colour_takes_another_than_its_text() -> None:
    assert asked("text-1=A&ink-1=navy&outline-1=1").elements[0].outline_ink == "red"  # type: ignore[union-attr] # it is a text


def test_a_layer_moves_over_and_under_those_of_its_own_area_only() -> None:
    elements = "text-1=A&text-2=B&area-2=card&ink-2=black&text-3=C&text-4=D"
    for move, order in (
        ("up:1", "CBAD"),
        ("front:1", "CBDA"),
        ("down:4", "ABDC"),
        ("back:4", "DBAC"),
        ("up:2", "ABCD"),
    ):
        found = asked(f"{elements}&layer={move}").elements
        assert "".join(element.text for element in found if isinstance(element, Text)) == order, move


def test_a_picture_is_added_in_the_middle_and_a_name_that_is_not_whole_is_told() -> None:
    asset = "ab" * 32
    assert asked(f"add=image:wrap:{asset}").elements == (Image("wrap", asset, 40, 100, 40),)
    broken = asked(f"kind-1=image&asset-1={asset[:-1]}")
    assert broken.elements == ()
    assert "send the picture again" in broken.faults["asset-1"]
