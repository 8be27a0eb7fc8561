"""Costs by batch size: setup is shared by a batch, sheets are bought whole, and from some size on a batch earns."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.shop import WorkCentre
from configurator.designs.making import components
from configurator.production.batch_costs import Making, break_even, cost_at, making, sizes
from configurator.production.routing import route
from tests.builders import a_design, a_facility, a_shop
from tests.production.workshop import a_sheet_mug

MUG = a_sheet_mug()
DESIGN = a_design(MUG)


def a_making() -> Making:
    plant = a_facility("plant", kind="plant")
    return making(route(DESIGN, MUG), components(DESIGN, MUG), plant, a_shop())


def test_a_piece_alone_pays_all_setups_and_the_whole_sheet() -> None:
    alone = cost_at(a_making(), 1)
    assert alone.setup == Decimal(4) * 2000 / 60 + Decimal(6) * 2400 / 60
    assert alone.run == Decimal("0.5") * 2000 / 60 + Decimal(2) * 2400 / 60
    assert alone.blank == 90
    assert alone.sheet + alone.waste == 90
    assert alone.waste > alone.sheet


def test_in_a_full_batch_setup_and_waste_are_small() -> None:
    made = a_making()
    assert made.most == 20
    full = cost_at(made, 20)
    assert full.setup == made.setup / 20
    assert full.sheets == 2
    assert full.sheet + full.waste == 9


def test_more_than_one_batch_holds_is_set_up_again() -> None:
    made = a_making()
    assert cost_at(made, 25).batches == 2
    assert cost_at(made, 25).setup == made.setup * 2 / 25
    assert cost_at(made, 40).sheets == 2 * cost_at(made, 20).sheets


def test_people_at_a_machine_cost_their_wage_on_top() -> None:
    plant = a_facility("plant", wage=2000)
    manned = replace(
        plant, centres={**plant.centres, "press": WorkCentre("press", "Press", 1, 2400, crew=Decimal("0.5"))}
    )
    assert manned.hour_cost("press") == 2400 + 1000
    assert manned.hour_cost("oven") == 0


def test_a_batch_earns_from_the_size_on_at_which_no_larger_one_loses() -> None:
    made = a_making()
    least = break_even(made, Decimal(300))
    assert least is not None
    assert cost_at(made, least).total <= 300 < cost_at(made, least - 1).total
    assert all(cost_at(made, n).total <= 300 for n in range(least, made.most + 1))
    assert break_even(made, Decimal(10_000)) == 1
    assert break_even(made, Decimal(10)) is None


@given(st.integers(1, 300))
def test_the_parts_of_a_cost_never_fall_below_nothing_and_add_up_to_what_is_spent(pieces: int) -> None:
    made = a_making()
    cost = cost_at(made, pieces)
    spent = made.setup * cost.batches + (made.run + made.blank) * pieces + cost.sheets * made.sheet_price
    assert abs(cost.total * pieces - spent) < Decimal("0.0001")
    assert min(cost.setup, cost.run, cost.blank, cost.sheet, cost.waste) >= 0


def test_a_table_has_the_full_batch_and_the_sizes_asked_for() -> None:
    assert {1, 7, 20, 100} <= set(sizes(a_making(), 100, [7, 500]))
    assert max(sizes(a_making(), 100, [7, 500])) == 100
