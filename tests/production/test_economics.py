"""What a piece costs: setup is shared, run is its own, sheets are paid whole."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from configurator.production.economics import PieceCost, cost_full, cost_now, run_cost, setup_cost
from configurator.production.routing import route
from configurator.production.rows import Batch
from tests.builders import NOW, a_design, a_facility
from tests.production.workshop import Workshop, a_sheet_mug


def a_batch(**changes: int) -> Batch:
    figures = {"capacity": 20, "per_sheet": 10, "sheets": 1, "sheet_price": 90, "setup_cost": 400, "run_cost": 500}
    return Batch(
        number="B-001",
        facility="plant",
        work_centre="press",
        family="mug-white",
        blank="mug",
        title="Mug",
        changeover_min=6,
        run_min=10,
        due_at=NOW,
        closes_at=NOW,
        opened_at=NOW,
        **{**figures, **changes},
    )


def test_a_fuller_batch_makes_a_cheaper_piece() -> None:
    assert cost_now(a_batch(), 5) == PieceCost(setup=80, run=100, material=18)
    assert cost_full(a_batch(), 5) == PieceCost(setup=20, run=100, material=9)
    assert cost_now(a_batch(), 5).total == 198


def test_an_empty_batch_costs_nothing_a_piece() -> None:
    assert cost_now(a_batch(), 0).total == cost_full(a_batch(), 0).total == 0


@given(st.integers(1, 20), st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 500))
def test_waiting_never_makes_a_piece_dearer(pieces: int, setup: int, run: int, price: int) -> None:
    sheets = -(-pieces // 10)
    batch = a_batch(setup_cost=setup, run_cost=run, sheet_price=price, sheets=sheets)
    assert cost_full(batch, pieces).total <= cost_now(batch, pieces).total


def test_the_parts_add_up_to_what_the_minutes_are_worth() -> None:
    mug = a_sheet_mug()
    found = route(a_design(mug, rim="gold"), mug)
    plant = a_facility("plant")
    assert setup_cost(found, plant, changeover_min=3) == round(3 / 60 * 2400 + 4 / 60 * 2000)
    assert run_cost(found, plant) == Decimal(2) * 2400 / 60 + Decimal("0.5") * 2000 / 60 + Decimal(3) * 1800 / 60


def test_the_board_shows_what_a_piece_costs_now_and_when_full(workshop: Workshop) -> None:
    workshop.mugs(5)
    workshop.plan()
    batch = workshop.batch("B-001")
    assert cost_now(batch, batch.pieces) == PieceCost(setup=75, run=97, material=18)
    assert cost_full(batch, batch.pieces) == PieceCost(setup=19, run=97, material=9)
