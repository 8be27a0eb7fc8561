"""What a piece costs by the size of its batch: setup shared, run and material its own, sheets bought whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from configurator.blanks.shop import Facility, Shop
from configurator.production.nesting import per_sheet
from configurator.production.routing import Route


@dataclass(frozen=True, slots=True)
class StepCost:
    """A step: its setup once a batch and its run for each piece, in minutes and exact minor units."""

    name: str
    work_centre: str
    family: str
    setup_min: float
    run_min: float
    setup: Decimal
    run: Decimal


@dataclass(frozen=True, slots=True)
class Making:
    """What making a design takes at a facility; exact minor units.

    blank: everything a piece takes from stock. per_sheet: pieces on a full sheet, 0 without sheets; covered: the share
    of a sheet's area that one piece takes. most: pieces of one batch at the most.
    """

    steps: tuple[StepCost, ...]
    blank: Decimal
    sheet_price: int
    per_sheet: int
    covered: float
    most: int

    @property
    def setup(self) -> Decimal:
        """All setups of one batch."""
        return sum((step.setup for step in self.steps), Decimal(0))

    @property
    def run(self) -> Decimal:
        """All run minutes of one piece."""
        return sum((step.run for step in self.steps), Decimal(0))

    def sheets(self, pieces: int) -> int:
        """Sheets that so many pieces take, in batches of at most `most`."""
        if not self.per_sheet:
            return 0
        whole, rest = divmod(pieces, self.most)
        return whole * ceil(self.most / self.per_sheet) + ceil(rest / self.per_sheet)


@dataclass(frozen=True, slots=True)
class CostAt:
    """What one of so many pieces costs, exact minor units. sheet: what it covers; waste: of the sheets, uncovered."""

    pieces: int
    batches: int
    sheets: int
    setup: Decimal
    run: Decimal
    blank: Decimal
    sheet: Decimal
    waste: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.setup + self.run + self.blank + self.sheet + self.waste


def making(route: Route, uses: Mapping[str, int], facility: Facility, shop: Shop) -> Making:
    """What making one design takes. uses: component -> how many of it one piece takes.

    Setups are those that the blank says; the changeovers of real batches depend on what ran before.
    """
    sheet = route.sheet
    steps = tuple(
        StepCost(
            step.name,
            step.at,
            step.family,
            step.setup_min,
            step.run_min,
            setup=_worth(step.setup_min, facility.hour_cost(step.at)),
            run=_worth(step.run_min, facility.hour_cost(step.at)),
        )
        for step in route.operations
    )
    area = sum(route.cut_mm2.get(each.name, each.width * each.height) for each in route.on_sheet)
    places = per_sheet(sheet, route.taking) if sheet else 0
    most = facility.rule(route.lead.at, route.lead.family).most or shop.batch_pieces
    return Making(
        steps=steps,
        blank=sum((shop.components[key].cost * n for key, n in uses.items() if key in shop.components), Decimal(0)),
        sheet_price=sheet.price if sheet else 0,
        per_sheet=places,
        covered=area / (sheet.size_mm[0] * sheet.size_mm[1]) if sheet else 0.0,
        # As batching.room fills them: whole sheets, at least one.
        most=places * max(1, most // places) if places > 1 else most,
    )


def cost_at(made: Making, pieces: int) -> CostAt:
    """What each of `pieces` (from 1) made together costs: as many batches as they need, each set up once."""
    batches, sheets = ceil(pieces / made.most), made.sheets(pieces)
    bought = Decimal(sheets * made.sheet_price) / pieces
    covered = min(bought, made.sheet_price * Decimal(str(round(made.covered, 6))))
    return CostAt(
        pieces=pieces,
        batches=batches,
        sheets=sheets,
        setup=made.setup * batches / pieces,
        run=made.run,
        blank=made.blank,
        sheet=covered,
        waste=bought - covered,
    )


def break_even(made: Making, net_price: Decimal) -> int | None:
    """From how many pieces on a batch earns its costs at this net price a piece; None if not even a full one does."""
    least = None
    for pieces in range(made.most, 0, -1):
        if cost_at(made, pieces).total > net_price:
            break
        least = pieces
    return least


def sizes(made: Making, most: int, wanted: Sequence[int] = ()) -> tuple[int, ...]:
    """Batch sizes worth a row of a table: few and evenly spread on a log axis, a full batch, and those wanted."""
    few = [n for n in (1, 2, 3, 6, 10, 12, 16, 24, 36, 50, 75, 100, 150, 250, 500, 1000) if n <= most]
    return tuple(sorted({*few, *(n for n in wanted if 1 <= n <= most), min(made.most, most), most}))


def _worth(minutes: float, hour: Decimal) -> Decimal:
    return Decimal(str(minutes)) * hour / 60
