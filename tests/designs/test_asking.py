"""What a component costs as it lies on the shelf: what the blanks that use it ask for it."""

from dataclasses import replace
from decimal import Decimal

from configurator.blanks.blank import Detail
from configurator.designs.asking import Asking, asking
from tests.builders import a_blank, a_catalogue, a_mug, a_shop, a_tee

NINETEEN, SEVEN = Decimal(19), Decimal(7)


def test_a_bare_mug_costs_what_the_mug_does_with_its_colour_and_a_lid_what_it_adds() -> None:
    found = asking(a_catalogue(a_mug()))
    assert found["mug-white"] == Asking(1340, NINETEEN)
    assert found["mug-coral"] == Asking(1380, NINETEEN)
    assert found["lid"] == Asking(290, NINETEEN)


def test_one_of_several_parts_has_no_price_alone_but_the_rate_of_its_blank() -> None:
    ring = a_blank("ring", "Key ring", uses={"tin": 1, "tee": 1}, tax="reduced")
    oil = a_blank("oil", "Oil", uses={"lid": 30}, tax="reduced")
    found = asking(a_catalogue(ring, oil))
    assert [found[key] for key in ("tin", "tee", "lid")] == [Asking(0, SEVEN)] * 3


def test_what_no_blank_uses_has_no_price_and_the_highest_rate() -> None:
    assert asking(a_catalogue(a_tee()))["tin"] == Asking(0, NINETEEN)


def test_where_one_blank_says_no_price_that_of_the_next_is_asked() -> None:
    pair = a_blank("pair", "Two parts", uses={"tin": 1, "tee": 1}, tax="reduced")
    alone = a_blank("alone", "Tin alone", uses={"tin": 1})
    assert asking(a_catalogue(pair, alone))["tin"] == Asking(1340, SEVEN)


def test_a_value_with_several_parts_says_no_price_of_one() -> None:
    mug = a_mug()
    both = Detail(uses={"tin": 1, "lid": 1})
    found = asking(a_catalogue(replace(mug, details={**mug.details, ("rim", "gold"): both}), shop=a_shop()))
    assert found["tin"].each == 0
