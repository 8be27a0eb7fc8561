"""A workshop for tests: order, plan, release, scan, with real rows on a real database."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import Blank, Operation, SheetSpec
from configurator.blanks.catalogue import Catalogue
from configurator.clock import FixedClock
from configurator.counter.handing_over import send_parcel
from configurator.database import Database
from configurator.designs.design import Design
from configurator.jobs.embedded import EmbeddedJobs
from configurator.jobs.rows import Job
from configurator.jobs.scaled import ScaledJobs
from configurator.orders.changing import cancel
from configurator.orders.rows import Order, OrderEvent, Piece
from configurator.production.batch_store import BatchRow, batch_by_number, open_batches, pieces_of, unplanned
from configurator.production.floor import scan
from configurator.production.planning import PlanReport, plan
from configurator.production.promise_watch import Teller
from configurator.production.releasing import release
from configurator.production.rows import Batch
from configurator.production.rows_floor import ScanTakenBack
from configurator.production.scans import ScanAnswer, ScanIn
from configurator.production.taking_back import Taker, take_back
from tests.builders import Counter, a_catalogue, a_design, a_facility, a_mug, a_shop, a_tee, a_tin, seeded, stocked

SHEET = SheetSpec((420, 594), gap_mm=4, margin_mm=8, turn=True, mirror=True, price=90)
"""Ten wraps of a mug fit on it, so that a batch of at most 24 takes two sheets, 20 mugs."""


def a_sheet_mug(**changes: Any) -> Blank:
    """The mug of the builders, its wrap printed on a common sheet."""
    printing, *rest = a_mug().operations
    return replace(a_mug(), operations=(replace(printing, sheet=SHEET), *rest), **changes)


def workshop_catalogue(**changes: Any) -> Catalogue:
    """Mugs on sheets, T-shirts and tins."""
    return a_catalogue(a_sheet_mug(), a_tee(), a_tin(), **changes)


def two_presses_catalogue() -> Catalogue:
    """The small shop, its plant with two presses."""
    shop = a_shop()
    plant, store = shop.facilities
    plant = replace(plant, centres={**plant.centres, "press": replace(plant.centres["press"], count=2)})
    return workshop_catalogue(shop=replace(shop, facilities=(plant, store)))


def two_plants(together_min: float = 0.0) -> Catalogue:
    """Two plants that make three kinds of things by three processes, which share a printer and a bench.

    together_min: what an hour of an order's waiting is worth there.
    """
    printed = quick_operations(("printer", "tee", 4, 1), ("bench", "folding", 1, 0.5))
    packed = quick_operations(("bench", "packing", 2, 1.5))
    blanks = a_sheet_mug(), replace(a_tee(), operations=printed), replace(a_tin(), operations=packed)
    shop = a_shop(facilities=(a_facility("plant", kind="plant"), a_facility("store", kind="plant")))
    shop = replace(shop, together_min=together_min)
    return a_catalogue(*blanks, shop=shop)


@dataclass
class Workshop:
    """Everything that a story of the workshop needs; every step is a transaction of its own."""

    database: Database
    clock: FixedClock
    catalogue: Catalogue = field(default_factory=workshop_catalogue)

    def __post_init__(self) -> None:
        self.jobs: EmbeddedJobs | ScaledJobs = EmbeddedJobs(self.database, self.clock, {})
        self._visitor, self._scan = count(1), count(1)
        self._draw = seeded("workshop")
        with self.database.write() as session:
            stocked(session, self.catalogue.shop)

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.clock.at += timedelta(**passed)

    def order(self, *designs: tuple[Design, int], **changes: Any) -> Order:
        """Somebody orders."""
        counter = Counter(self.catalogue, self.jobs, self._draw)
        with self.database.write() as session:
            visitor = f"visitor {next(self._visitor)}"
            return counter.order(session, designs, visitor=visitor, **changes)

    def mugs(self, pieces: int = 1, text: str = "Zoë", inside: str = "white", **changes: Any) -> Order:
        """Somebody orders mugs."""
        return self.order((a_design(self.catalogue.blank("mug"), text, inside=inside), pieces), **changes)

    def cancel(self, order: Order) -> None:
        """Its customer cancels it."""
        with self.database.write() as session:
            cancel(session, order.id or 0, jobs=self.jobs, now=self.clock.now())

    def plan(self) -> PlanReport:
        """Plan now."""
        with self.database.write() as session:
            return plan(session, catalogue=self.catalogue, now=self.clock.now())

    def release(self, number: str, who: str = "Deniz") -> Batch:
        """Release a batch now."""
        with self.database.write() as session:
            batch = batch_by_number(session, number)
            return release(session, batch.id, who=who, catalogue=self.catalogue, jobs=self.jobs, now=self.clock.now())

    def made(self, pieces: int = 1, **changes: Any) -> tuple[Order, str, list[str]]:
        """An order that is planned and released: with its batch's number and its pieces' codes."""
        order = self.mugs(pieces, **changes)
        self.plan()
        number = next(batch.number for batch in self.open() if self.codes(order)[0] in self.pieces(batch.number))
        self.release(number)
        return order, number, self.codes(order)

    def send(self, order: Order, who: str = "Deniz", pieces: frozenset[int] = frozenset()) -> tuple[Piece, ...]:
        """A parcel leaves with the carrier."""
        with self.database.write() as session:
            return send_parcel(session, order.id or 0, self.teller(who), pieces)

    def teller(self, who: str = "Deniz") -> Teller:
        """Somebody who tells customers something now."""
        return Teller(who, self.catalogue.shop, self.jobs, self.clock.now())

    def scan(self, station: Any, code: str, **more: Any) -> ScanAnswer:
        """Scan a piece at a station of the plant."""
        wish = ScanIn(more.pop("scan_id", f"scan {next(self._scan)}"), station, code, "Deniz", "plant")
        with self.database.write() as session:
            return scan(session, replace(wish, **more), shop=self.catalogue.shop, jobs=self.jobs, now=self.clock.now())

    def take_back(self, scan_id: str, who: str = "Deniz") -> ScanTakenBack:
        """Somebody takes a scan back."""
        with self.database.write() as session:
            return take_back(session, scan_id, Taker(who, self.catalogue.shop, self.jobs, self.clock.now()))

    def through(self, code: str, *stations: str) -> ScanAnswer:
        """Scan a piece at one station after the other; the last answer."""
        return [self.scan(station, code) for station in stations][-1]

    def open(self) -> Sequence[BatchRow]:
        """The open batches."""
        with self.database.read() as session:
            return open_batches(session)

    def batch(self, number: str) -> BatchRow:
        """A batch as the board shows it."""
        with self.database.read() as session:
            return batch_by_number(session, number)

    def pieces(self, number: str) -> list[str]:
        """The codes of a batch's pieces."""
        with self.database.read() as session:
            return [piece.code for piece in pieces_of(session, batch_by_number(session, number).id)]

    def left(self) -> dict[str, str]:
        """Piece code -> why it is in no batch."""
        with self.database.read() as session:
            return {piece.code: piece.reason for piece in unplanned(session)}

    def codes(self, order: Order, stage: str | None = None) -> list[str]:
        """The codes of an order's pieces."""
        found = sa.select(col(Piece.code)).where(col(Piece.order_id) == order.id).order_by(col(Piece.number))
        return list(self.ask(found if stage is None else found.where(col(Piece.stage) == stage)))

    def stages(self, order: Order) -> list[str]:
        """Where an order's pieces are."""
        found = sa.select(col(Piece.stage)).where(col(Piece.order_id) == order.id).order_by(col(Piece.number))
        return list(self.ask(found))

    def events(self, order: Order) -> list[str]:
        """What the order's customer reads."""
        found = sa.select(col(OrderEvent.sentence)).where(col(OrderEvent.order_id) == order.id)
        return list(self.ask(found.order_by(col(OrderEvent.id))))

    def enqueued(self, kind: str) -> list[str]:
        """The keys of the jobs of a kind."""
        return list(
            self.ask(
                sa.select(sa.func.coalesce(col(Job.key), col(Job.subject)))
                .where(col(Job.kind) == kind)
                .order_by(col(Job.id))
            )
        )

    def ask(self, statement: Any) -> Sequence[Any]:
        """The first column of a query."""
        with self.database.read() as session:
            return session.execute(statement).scalars().all()

    def write(self) -> Any:
        """A transaction."""
        return self.database.write()


def set_due(session: Session, order: Order, due: datetime) -> None:
    """Let an order's pieces be due then, whatever was promised."""
    session.execute(sa.update(Piece).where(col(Piece.order_id) == order.id).values(due_at=due))


def quick_operations(*steps: tuple[str, str, float, float]) -> tuple[Operation, ...]:
    """Operations by work centre, family, setup and run minutes; the first leads."""
    return tuple(Operation(at.title(), at, *rest, leads=n == 0) for n, (at, *rest) in enumerate(steps))


__all__ = ["SHEET", "Session", "Workshop", "a_sheet_mug", "quick_operations", "workshop_catalogue"]
