"""What a piece costs to make, now and when its batch is full: setup, run and material, in minor units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Protocol

from configurator.blanks.shop import Facility
from configurator.money import rounded
from configurator.production.routing import Route


class BatchFigures(Protocol):
    """What is known of a batch: a row of the table, or of the board."""

    @property
    def capacity(self) -> int:
        """Pieces it can take."""

    @property
    def per_sheet(self) -> int:
        """Pieces of one full sheet; 0 without sheets."""

    @property
    def sheets(self) -> int:
        """Sheets in use."""

    @property
    def sheet_price(self) -> int:
        """Price of one sheet."""

    @property
    def setup_cost(self) -> int:
        """All setups of the batch."""

    @property
    def run_cost(self) -> int:
        """All run minutes of the batch."""


@dataclass(frozen=True, slots=True)
class PieceCost:
    """The cost of one piece, minor units, without the blank itself."""

    setup: int
    run: int
    material: int

    @property
    def total(self) -> int:
        """All three."""
        return self.setup + self.run + self.material


def cost_now(batch: BatchFigures, pieces: int) -> PieceCost:
    """What a piece costs if the batch is made as it is. Nothing for an empty batch."""
    if pieces == 0:
        return PieceCost(0, 0, 0)
    return PieceCost(
        setup=_shared(batch.setup_cost, pieces),
        run=_shared(batch.run_cost, pieces),
        material=_shared(batch.sheets * batch.sheet_price, pieces),
    )


def cost_full(batch: BatchFigures, pieces: int) -> PieceCost:
    """What a piece would cost if every place were taken by pieces like those that are there."""
    if pieces == 0:
        return PieceCost(0, 0, 0)
    places = max(batch.capacity, pieces)
    sheets = max(batch.sheets, ceil(places / batch.per_sheet)) if batch.per_sheet else 0
    return PieceCost(
        setup=_shared(batch.setup_cost, places),
        run=_shared(batch.run_cost, pieces),
        material=_shared(sheets * batch.sheet_price, places),
    )


def setup_cost(route: Route, facility: Facility, changeover_min: float) -> int:
    """A batch's setups: the changeover of its lead operation as planned, the others' own setup minutes."""
    others = (step for step in route.operations if step is not route.lead)
    setups = [(changeover_min, route.lead.at), *((step.setup_min, step.at) for step in others)]
    return sum(_worth(facility, centre, minutes) for minutes, centre in setups)


def run_costs(routes: Sequence[Route], facility: Facility) -> int:
    """The run minutes of a batch's pieces, rounded once; equal routes are reckoned once."""
    costs: dict[int, Decimal] = {}
    total = Decimal(0)
    for route in routes:
        if id(route) not in costs:
            costs[id(route)] = run_cost(route, facility)
        total += costs[id(route)]
    return rounded(total)


def run_cost(route: Route, facility: Facility) -> Decimal:
    """The run minutes of one piece through all its operations; exact, so that a batch is rounded once."""
    return sum(
        (Decimal(str(step.run_min)) * facility.hour_cost(step.at) / 60 for step in route.operations),
        Decimal(0),
    )


def _worth(facility: Facility, centre: str, minutes: float) -> int:
    return rounded(Decimal(str(minutes)) * facility.hour_cost(centre) / 60)


def _shared(amount: int, pieces: int) -> int:
    return rounded(Decimal(amount) / pieces)
