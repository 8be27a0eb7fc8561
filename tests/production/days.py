"""Somebody in the workshop who does anything at any time, and what must be true afterwards."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from configurator.errors import Refusal
from configurator.orders.rows import Order, Piece
from configurator.production.batch_store import batches_since
from configurator.production.check_store import counts as counting
from configurator.production.floor_store import BEFORE
from configurator.production.holding import hold, let_go
from configurator.production.piece_store import piece_counts
from configurator.production.releasing import release_due
from configurator.production.rows import Batch, BatchPlace, BatchStep, Unplanned
from configurator.production.rows_floor import QualityCheck, Scan
from configurator.stock.consignment_store import WholeConsignment, out_by_component, whole
from configurator.stock.rows import StockMovement
from configurator.stock.rows_consignment import Consignment
from configurator.stock.stock_store import item_figures, ledger_differences, reserved_for
from tests.builders import a_design, delivered
from tests.counter.consigned import given_out, seen, settled, undone
from tests.production.workshop import Workshop

STATIONS = ("picking", "production", "check", "storage")


class Day:
    """Somebody does something at random; `agree` looks at everything afterwards."""

    def __init__(self, workshop: Workshop, dice: random.Random) -> None:
        self.workshop, self.dice, self.orders = workshop, dice, list[Order]()
        self.deeds: list[tuple[int, Callable[[], object]]] = [
            (5, self.order),
            (1, self.cancel),
            (4, workshop.plan),
            (2, self.release),
            (16, self.scan),
            (4, self.take_back),
            (1, self.hold_or_let_go),
            (1, self.deliver),
            (2, self.lend),
            (2, self.settle),
            (1, self.undo),
            (2, self.time_passes),
        ]

    def act(self) -> None:
        weights = [weight for weight, _ in self.deeds]
        (deed,) = self.dice.choices([deed for _, deed in self.deeds], weights)
        self.tried(deed)

    def tried(self, deed: Callable[[], object]) -> None:
        """What cannot be done is refused in a sentence."""
        try:
            deed()
        except Refusal as refusal:
            assert refusal.sentence.endswith(".")

    def order(self) -> None:
        blank = self.workshop.catalogue.blank("mug")
        inside, name = self.dice.choice(["white", "coral"]), str(self.dice.randrange(5))
        ways = {"ship": "plant", "pickup": "store", "counter": "store"}
        fulfilment = self.dice.choice(list(ways))
        rim = self.dice.choice(["plain", "plain", "gold"])
        self.orders.append(
            self.workshop.order(
                (a_design(blank, name, inside=inside, rim=rim), self.dice.randint(1, 6)),
                fulfilment=fulfilment,
                facility=ways[fulfilment],
                promised_on=date(2026, 11, 24) + timedelta(days=self.dice.randrange(4)),
            )
        )

    def cancel(self) -> None:
        if self.orders:
            self.workshop.cancel(self.dice.choice(self.orders))

    def release(self) -> None:
        batches = self.workshop.open()
        if batches:
            self.workshop.release(self.dice.choice(batches).number)

    def scan(self) -> None:
        """Mostly the right piece at the right station; not always."""
        found = sa.select(Piece).where(col(Piece.stage).not_in(["waiting", "cancelled"])).order_by(col(Piece.id))
        pieces = self.workshop.ask(found)
        for piece in self.dice.sample(pieces, min(4, len(pieces))):
            expected = next((each for each in STATIONS if BEFORE[each] == piece.stage), "storage")
            station = expected if self.dice.random() < 0.85 else self.dice.choice(STATIONS)
            verdict = "reject" if self.dice.random() < 0.2 else "pass"
            self.workshop.scan(station, piece.code, facility=piece.facility, verdict=verdict, defect="smeared")

    def take_back(self) -> None:
        """A scan of lately, mostly; some were taken back before, some pieces have gone on."""
        booked = sa.select(col(Scan.scan_id)).where(col(Scan.was_stage) != "").order_by(col(Scan.at), col(Scan.scan_id))
        scans = self.workshop.ask(booked)[-6:]
        if scans:
            self.workshop.take_back(self.dice.choice(scans))

    def hold_or_let_go(self) -> None:
        codes = self.workshop.ask(sa.select(col(Piece.code)))
        if codes:
            now = self.workshop.clock.now()
            with self.workshop.write() as session:
                let_go(session, self.dice.choice(codes))
                hold(session, self.dice.choice(codes), reason="a question", who="Deniz", now=now)

    def lend(self) -> None:
        """Somebody takes mugs on trial; mostly as many as there are."""
        place, inside = self.dice.choice(["plant", "store"]), self.dice.choice(["mug-white", "mug-coral"])
        form = f"form {self.dice.randrange(99)}"
        given_out(self.workshop, {inside: self.dice.randint(1, 8)}, facility=place, kind="trial", key=form)

    def settle(self) -> None:
        """Some of it comes back, is sold or lost; sometimes more is written than is out."""
        if found := self._some_consignment():
            fates = {fate: self.dice.choice([0, 0, 1, 3]) for fate in ("back", "sold", "lost")}
            place = found.consignment.facility
            settled(self.workshop, found, facility=place, key=f"form {self.dice.randrange(99)}", **fates)

    def undo(self) -> None:
        found = self._some_consignment()
        if found and found.settlements:
            undone(self.workshop, found, facility=found.consignment.facility)

    def _some_consignment(self) -> WholeConsignment | None:
        numbers = self.workshop.ask(sa.select(col(Consignment.number)).order_by(col(Consignment.id)))
        return seen(self.workshop, self.dice.choice(numbers)) if numbers else None

    def deliver(self) -> None:
        with self.workshop.write() as session:
            delivered(session, {"mug-white": 3, "mug-coral": 2})

    def time_passes(self) -> None:
        workshop = self.workshop
        workshop.later(minutes=self.dice.randrange(1, 200))
        with workshop.write() as session:
            release_due(session, catalogue=workshop.catalogue, jobs=workshop.jobs, now=workshop.clock.now())


def consignments_agree(workshop: Workshop) -> None:
    """What is out is what the ledger has lent and not had back, less what was sold and lost."""
    with workshop.database.read() as session:
        found = [whole(session, row) for row in session.execute(sa.select(Consignment)).scalars()]
        lent = sa.select(col(StockMovement.note), sa.func.sum(-col(StockMovement.on_hand_change)))
        lent = lent.where(col(StockMovement.kind).in_(("lent", "brought_back"))).group_by(col(StockMovement.note))
        ledger = {note: int(count) for note, count in session.execute(lent)}
        out: Counter[str] = Counter()
        for facility in ("plant", "store"):
            out.update(out_by_component(session, facility))
    assert sum(out.values()) == sum(each.out for each in found)
    for each in found:
        (line,) = each.lines
        stands = [said[line.id or 0] for settlement, said in each.settlements if not settlement.undone_at]
        booked = [sum(column) for column in zip((0, 0, 0), *((s.back, s.sold, s.lost) for s in stands), strict=True)]
        assert booked == [line.back, line.sold, line.lost]
        assert line.out >= 0
        assert ledger[each.consignment.number] == line.count - line.back
        assert (each.consignment.closed_at is None) == (line.out > 0)


def agree(workshop: Workshop) -> None:
    """What is true at any moment, whatever has happened."""
    consignments_agree(workshop)
    with workshop.database.read() as session:
        pieces = {piece.id: piece for piece in session.execute(sa.select(Piece)).scalars()}
        batches = {batch.id: batch for batch in session.execute(sa.select(Batch)).scalars()}
        places = list(session.execute(sa.select(BatchPlace)).scalars())
        left = set(session.execute(sa.select(col(Unplanned.piece_id))).scalars())
        orders = list(session.execute(sa.select(Order)).scalars())
        checks = list(session.execute(sa.select(QualityCheck).where(counting())).scalars())
        assert ledger_differences(session) == ()
        reserved = sum(item.reserved for item in item_figures(session))
        assert reserved == sum(sum(reserved_for(session, order.id or 0).values()) for order in orders)
        rows = batches_since(session, workshop.clock.now() - timedelta(days=9))
        counts = piece_counts(session, now=workshop.clock.now(), until=workshop.clock.now())
    in_batch = {place.piece_id: batches[place.batch_id] for place in places}
    for number, piece in pieces.items():
        if piece.stage in ("released", "picked", "made", "checked", "stored", "rejected"):
            assert in_batch[number].status in ("released", "done")
        if piece.stage == "waiting":
            assert number not in in_batch or in_batch[number].status == "open"
            assert not (number in in_batch and number in left)
    for batch in batches.values():
        own = [pieces[place.piece_id].stage for place in places if place.batch_id == batch.id]
        if batch.status != "open":
            assert batch.frozen is not None
            assert len(batch.frozen["pieces"]) == len(own)
            assert (batch.status == "done") == (not {"released", "picked"} & set(own))
    for row in rows:
        assert row.pieces == sum(
            place.batch_id == row.id and pieces[place.piece_id].stage != "cancelled" for place in places
        )
    assert counts.by_stage == dict(Counter(piece.stage for piece in pieces.values()))
    for order in orders:
        live = [p for p in pieces.values() if p.order_id == order.id and p.stage not in ("rejected", "cancelled")]
        at_home = [
            p for p in live if p.stage == "stored" and (order.fulfilment == "ship" or p.facility == order.facility)
        ]
        assert (order.ready_at is not None) == (bool(live) and len(at_home) == len(live))
    rejects = [piece for piece in pieces.values() if piece.stage == "rejected"]
    assert sorted(piece.id or 0 for piece in rejects) == sorted(check.piece_id for check in checks if not check.passed)
    instead = [p.remake_of for p in pieces.values() if p.remake_of and p.stage != "cancelled"]
    assert sorted(instead) == sorted(piece.id or 0 for piece in rejects)


def every_piece_once(workshop: Workshop) -> None:
    """Promise 7: every waiting piece is in one open batch or listed with a reason, and nobody else is."""
    waiting = set(workshop.ask(sa.select(col(Piece.id)).where(col(Piece.stage) == "waiting")))
    placed = workshop.ask(
        sa.select(col(BatchPlace.piece_id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.status) == "open")
    )
    assert sorted([*placed, *workshop.ask(sa.select(col(Unplanned.piece_id)))]) == sorted(waiting)


def after_a_plan(workshop: Workshop) -> None:
    """Every piece once, and every open batch within capacity."""
    every_piece_once(workshop)
    for batch in workshop.open():
        assert 0 < batch.pieces <= batch.capacity


def rows_of(workshop: Workshop, *statuses: str) -> list[tuple[object, ...]]:
    """Everything that is kept of batches in these stages, stage by stage: their rows, pieces and steps."""
    found: list[tuple[object, ...]] = []
    with workshop.database.read() as session:
        for status in statuses:
            own = sa.select(col(Batch.id)).where(col(Batch.status) == status)
            for table, batch in ((Batch, Batch.id), (BatchPlace, BatchPlace.batch_id), (BatchStep, BatchStep.batch_id)):
                rows = session.execute(sa.select(*sa.inspect(table).columns).where(col(batch).in_(own)))
                found += sorted((tuple(row) for row in rows), key=repr)
    return found
