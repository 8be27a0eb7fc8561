"""Promises watched after ordering: whose date breaks by the plan, what could be done, and telling the customer once."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from babel.dates import format_date
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.errors import Conflict
from configurator.jobs.contract import Jobs
from configurator.orders.due import Handover, reached
from configurator.orders.events import LATER, Happening, happened
from configurator.orders.leaving import TOGETHER
from configurator.orders.notices import notify
from configurator.orders.rows import Order, OrderEvent, OrderLine, Piece
from configurator.production.plan_store import UNMADE
from configurator.production.rows import Batch, BatchPlace
from configurator.production.shortages import Short, short_of


class KeepsItsDate(Conflict):
    """By the plan as it is now the order is in time."""

    def __init__(self, number: str) -> None:
        super().__init__(f"By the plan as it is now {number} keeps its date, so its customer was not told anything.")


class NoDayKnown(Conflict):
    """It waits for what has not come, and nobody knows when it will."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Nobody knows yet when {number} can be made: what it waits for has not come. Write on the Stock page when "
            "it comes, then tell its customer."
        )


@dataclass(frozen=True, slots=True)
class Breaking:
    """An order that is not made in time by the plan, or of one that leaves as it is ready a line. pieces: that are
    late; made_at: the last of them; on: when its customer has it then, instead of promised_on. batches: (number,
    whether it is open still). told: the customer knows already. line: what the line is called,
    line_id: which, piece_id: one of its late pieces; of an order that leaves together: empty and 0.

    short: what it waits for, which has not come; unsure: nobody knows when it will, so the day is the soonest there is.
    """

    order_id: int
    order: str
    customer: str
    promised_on: date
    pieces: int
    made_at: datetime
    on: date
    batches: tuple[tuple[str, bool], ...]
    told: bool
    line: str = ""
    line_id: int = 0
    piece_id: int = 0
    short: str = ""
    unsure: bool = False

    @property
    def waits(self) -> bool:
        """Whether something of it is still in an open batch, and can be pulled forward."""
        return any(is_open for _, is_open in self.batches)


def breaking(session: Session, shop: Shop, now: datetime, facility: str | None = None) -> tuple[Breaking, ...]:
    """The orders whose promised day breaks by the plan, at one facility or at all; the soonest promise first. Of those
    that leave as they are ready every line with its own day.

    A piece that is made late but still reaches its customer on the promised day is not listed.
    """
    here = sa.true() if facility is None else col(Batch.facility) == facility
    statement = (
        sa.select(
            Order,
            col(Piece.id),
            col(Piece.line_id),
            col(Piece.title),
            col(OrderLine.promised_on),
            col(Batch.number),
            col(Batch.facility),
            col(Batch.status) == "open",
            col(Batch.done_at),
        )
        .select_from(Piece)
        .join(Order, col(Order.id) == col(Piece.order_id))
        .join(OrderLine, col(OrderLine.id) == col(Piece.line_id))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.status).in_(("open", "released")), col(Piece.stage).in_(UNMADE), here)
        .where(sa.or_(col(Batch.done_at) > col(Piece.due_at), col(Piece.due_at) < now))
        .order_by(col(Piece.id))
    )
    late: dict[_Part, list[_Late]] = defaultdict(list)
    for order, piece, line, title, promised_on, number, key, is_open, done in session.execute(statement):
        made, handover = max(done or now, now), Handover(order.fulfilment, order.facility)
        on = reached(made, shop.facility(key), handover, shop)
        one = _Late(order, piece, line, title, promised_on, number, bool(is_open), made, on)
        late[one.part].append(one)
    for short in short_of(session, shop, now, facility):
        handover = Handover(short.order.fulfilment, short.order.facility)
        on = reached(short.made_at, shop.facility(short.facility), handover, shop)
        ids = (short.piece_id, short.line_id, short.title)
        one = _Late(short.order, *ids, short.promised_on, "", False, short.made_at, on, short)
        late[one.part].append(one)
    told = _told(session, {order for order, _ in late})
    found = [_breaking(rows, told=(order, 0) in told or (order, line) in told) for (order, line), rows in late.items()]
    broken = (one for one in found if one.on > one.promised_on or one.unsure)
    return tuple(sorted(broken, key=lambda one: (one.promised_on, one.order, one.line_id)))


_Part = tuple[int, int]
"""An order's id, and its line's where the order leaves as it is ready, else 0."""


@dataclass(frozen=True, slots=True)
class _Late:
    """A piece that is made after it is due, and when its customer has it then. batch: empty while it is in none."""

    order: Order
    piece_id: int
    line_id: int
    title: str
    promised_on: date
    batch: str
    is_open: bool
    made_at: datetime
    on: date
    short: Short | None = None

    @property
    def part(self) -> _Part:
        """What of the order is promised a day together with it."""
        return self.order.id or 0, 0 if self.order.leaves == TOGETHER else self.line_id

    @property
    def by(self) -> timedelta:
        """How much after its own day."""
        return self.on - self.promised_on


def _told(session: Session, orders: Collection[int]) -> set[_Part]:
    """Whose customers know of a later day; line 0: of all of the order, be it that it leaves together.

    What was told of a piece that is not made again after all does not count.
    """
    rows = session.execute(
        sa.select(col(OrderEvent.order_id), col(Order.leaves), col(Piece.line_id))
        .join(Order, col(Order.id) == col(OrderEvent.order_id))
        .outerjoin(Piece, col(Piece.id) == col(OrderEvent.piece_id))
        .where(col(OrderEvent.kind) == LATER, col(OrderEvent.order_id).in_(orders))
        .where(sa.or_(col(Piece.id).is_(None), col(Piece.stage) != "cancelled"))
    )
    return {(order, 0 if leaves == TOGETHER else line or 0) for order, leaves, line in rows}


def _breaking(rows: Sequence[_Late], *, told: bool) -> Breaking:
    order, worst = rows[0].order, max(rows, key=lambda row: (row.by, row.on))
    own, (_, line) = [row.short for row in rows if row.short], worst.part
    return Breaking(
        order_id=order.id or 0,
        order=order.number,
        customer=order.name,
        promised_on=worst.promised_on,
        pieces=len(rows),
        made_at=max(row.made_at for row in rows),
        on=worst.on,
        batches=tuple(dict.fromkeys((row.batch, row.is_open) for row in rows if row.batch)),
        told=told,
        line=worst.title if line else "",
        line_id=line,
        piece_id=worst.piece_id if line else 0,
        short=", ".join(dict.fromkeys(one.of for one in own)),
        unsure=any(one.unsure for one in own),
    )


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells a customer, and what it takes."""

    who: str
    shop: Shop
    jobs: Jobs
    now: datetime


def tell_later(session: Session, number: str, teller: Teller, line_id: int = 0) -> None:
    """Tell an order's customer, by mail and on the order's page, when it comes; once. Of an order that leaves as it is
    ready when that line comes, or every one that is late: once a line, naming that one only.

    Raises KeepsItsDate, NoDayKnown.
    """
    late = [each for each in breaking(session, teller.shop, teller.now) if each.order == number]
    meant = [each for each in late if line_id in (0, each.line_id)]
    if not meant:
        raise KeepsItsDate(number)
    if all(one.unsure for one in meant):
        raise NoDayKnown(number)
    for one in meant:
        if not one.unsure:
            _tell(session, one, teller)


def tell_all_later(session: Session, teller: Teller) -> int:
    """Tell every customer whose date breaks and who does not know, once a part; how many times that was."""
    untold = [one for one in breaking(session, teller.shop, teller.now) if not one.told and not one.unsure]
    for one in untold:
        _tell(session, one, teller)
    return len(untold)


def _tell(session: Session, one: Breaking, teller: Teller) -> None:
    again = str(one.line_id) if one.line_id else ""
    if not one.told and notify(session, teller.jobs, one.order_id, "later", again=again):
        new, old = (format_date(day, "EEEE d MMMM", locale=teller.shop.locale) for day in (one.on, one.promised_on))
        what = f"“{one.line}” takes" if one.line else "It takes"
        sentence = f"{what} longer than we promised: you have it on {new} instead of {old}."
        told = Happening(LATER, sentence, teller.who, one.piece_id or None)
        happened(session, one.order_id, told, now=teller.now)
