"""Small parts of the pages: price curve, buttons that change fields, what is kept lately."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from babel.numbers import format_currency, get_currency_precision

from configurator.money import Currency
from configurator.options.recent import Recent
from configurator.web.price_curve import price_at, price_curve_picture
from configurator.web.taking import taken, to_change, to_choose, to_start

MONEY = Currency("EUR", "en_IE").written


@pytest.mark.parametrize(
    ("curve", "quantity"),
    [
        (((1, 1590), (6, 1495), (12, 1400), (25, 1272), (100, 1160)), 7),
        (((1, 1590), (100, 1590)), 100),
        (((5, 90), (6, 90)), 5),
        (((1, 0), (2, 0)), 1),
        (((1, 5),), 1),
        (((10, 990_000), (40, 760_000)), 12),
    ],
)
def test_the_curve_is_drawn_for_every_kind_of_prices(curve: tuple[tuple[int, int], ...], quantity: int) -> None:
    html = str(price_curve_picture(curve, quantity, MONEY)).replace(" data-part>", ">")
    plots = ElementTree.fromstring(html)  # noqa: S314 - drawn a line above
    assert "nan" not in html
    assert plots.get("aria-label", "").startswith(MONEY(curve[0][1]))
    wide, narrow = plots
    for drawing in (wide, narrow):
        assert f"{MONEY(price_at(curve, quantity))} each" in "".join(drawing.itertext())


def test_the_price_of_a_quantity_is_that_of_the_last_step_before_it() -> None:
    curve = ((1, 1000), (10, 900), (50, 800))
    assert [price_at(curve, count) for count in (1, 9, 10, 49, 50, 99)] == [1000, 1000, 900, 900, 800, 800]


def test_a_pressed_button_changes_its_fields_and_leaves_the_others() -> None:
    pairs = (
        ("rim", "plain"),
        ("care", ""),
        ("care", "microwave"),
        ("f.name", "Ida"),
        ("take", to_change({"pieces": "7"})),
    )
    assert taken(pairs) == (*pairs[:4], ("pieces", "7"))


def test_a_repair_gives_up_every_part_of_what_it_changes() -> None:
    take = to_choose({"mix": (("oats", 500),), "care": frozenset(), "rim": "gold"})
    pairs = (
        ("mix.oats", "300"),
        ("mix.nuts", "200"),
        ("care", ""),
        ("care", "microwave"),
        ("size", "m"),
        ("f.name", "Ida"),
        ("take", take),
    )
    left = {("f.name", "Ida"), ("size", "m"), ("mix.oats", "500"), ("care", ""), ("rim", "gold")}
    assert set(taken(pairs)) == left


def test_starting_again_from_a_ready_design_drops_every_line_but_no_choice() -> None:
    pairs = (("rim", "gold"), ("kind-1", "text"), ("text-1", "Ida"), ("f.name", "x"), ("take", to_start("club")))
    assert set(taken(pairs)) == {("rim", "gold"), ("template", "club")}


def test_what_was_worked_out_lately_is_kept_and_the_oldest_forgotten() -> None:
    made: list[int] = []
    kept: Recent[int] = Recent(2)

    def make(number: int) -> int:
        return kept.get(number, lambda: made.append(number) or number)  # type: ignore[func-returns-value] # notes it

    for number in (1, 2, 1, 3, 1, 2):
        assert make(number) == number
    assert made == [1, 2, 3, 2]


@pytest.mark.parametrize("locale", ["en_IE", "de_DE", "de_CH", "fr_FR", "pt_BR", "sv_SE", "ja_JP", "hi_IN", "pl_PL"])
def test_amounts_are_written_as_babel_writes_them(locale: str) -> None:
    for code in ("EUR", "JPY", "USD", "KWD"):
        digits = get_currency_precision(code)
        for minor in (0, 1, 5, 99, 100, 1234, 99_999, 123_456_789, 10**12):
            amount = Decimal(minor).scaleb(-digits)
            text = format_currency(amount, code, format="¤\u00a0#,##0.00", locale=locale, currency_digits=True)
            assert Currency(code, locale).written(minor) == text
            assert Currency(code, locale).written(-minor) == (f"\u2212{text}" if minor else text)
