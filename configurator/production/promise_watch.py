"""Promises watched after ordering: whose date breaks by the plan, what could be done, and telling the customer once."""

from collections import defaultdict
from collections.abc import Sequence
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
    """An order that is not made in time by the plan. pieces: that are late; made_at: the last of them; on: when its
    customer has it then, instead of promised_on. batches: (number, whether it is open still). told: the customer knows
    already. line: of an order that leaves as it is ready, the line that comes latest after its own day.

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
    short: str = ""
    unsure: bool = False

    @property
    def waits(self) -> bool:
        """Whether something of it is still in an open batch, and can be pulled forward."""
        return any(is_open for _, is_open in self.batches)


def breaking(session: Session, shop: Shop, now: datetime, facility: str | None = None) -> tuple[Breaking, ...]:
    """The orders whose promised day breaks by the plan, at one facility or at all; the soonest promise first.

    A piece that is made late but still reaches its customer on the promised day is not listed.
    """
    here = sa.true() if facility is None else col(Batch.facility) == facility
    statement = (
        sa.select(
            Order,
            sa.case((col(Order.leaves) == "together", ""), else_=col(Piece.title)),
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
    late: dict[int, list[_Late]] = defaultdict(list)
    for order, title, promised_on, number, key, is_open, done in session.execute(statement):
        made, handover = max(done or now, now), Handover(order.fulfilment, order.facility)
        on = reached(made, shop.facility(key), handover, shop)
        late[order.id].append(_Late(order, title, promised_on, number, bool(is_open), made, on))
    short = short_of(session, shop, now, facility)
    for one in short:
        handover = Handover(one.order.fulfilment, one.order.facility)
        on = reached(one.made_at, shop.facility(one.facility), handover, shop)
        late[one.order.id or 0].append(_Late(one.order, "", one.promised_on, "", False, one.made_at, on))
    told = _told(session, list(late))
    found = [_breaking(rows, short, told=order in told) for order, rows in late.items()]
    broken = (one for one in found if one.on > one.promised_on or one.unsure)
    return tuple(sorted(broken, key=lambda one: (one.promised_on, one.order)))


@dataclass(frozen=True, slots=True)
class _Late:
    """A piece that is made after it is due, and when its customer has it then. batch: empty while it is in none."""

    order: Order
    title: str
    promised_on: date
    batch: str
    is_open: bool
    made_at: datetime
    on: date

    @property
    def by(self) -> timedelta:
        """How much after its own day."""
        return self.on - self.promised_on


def _told(session: Session, orders: Sequence[int]) -> set[int]:
    statement = sa.select(col(OrderEvent.order_id)).where(col(OrderEvent.kind) == LATER)
    return set(session.execute(statement.where(col(OrderEvent.order_id).in_(orders))).scalars())


def _breaking(rows: Sequence[_Late], short: Sequence[Short], *, told: bool) -> Breaking:
    order, worst = rows[0].order, max(rows, key=lambda row: (row.by, row.on))
    own = [one for one in short if one.order.id == order.id]
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
        line=worst.title,
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


def tell_later(session: Session, number: str, teller: Teller) -> None:
    """Tell an order's customer, by mail and on the order's page, when it comes; once.

    Raises KeepsItsDate, NoDayKnown.
    """
    one = next((each for each in breaking(session, teller.shop, teller.now) if each.order == number), None)
    if one is None:
        raise KeepsItsDate(number)
    if one.unsure:
        raise NoDayKnown(number)
    _tell(session, one, teller)


def tell_all_later(session: Session, teller: Teller) -> int:
    """Tell every customer whose date breaks and who does not know; how many these were."""
    untold = [one for one in breaking(session, teller.shop, teller.now) if not one.told and not one.unsure]
    for one in untold:
        _tell(session, one, teller)
    return len(untold)


def _tell(session: Session, one: Breaking, teller: Teller) -> None:
    if not one.told and notify(session, teller.jobs, one.order_id, "later"):
        new, old = (format_date(day, "EEEE d MMMM", locale=teller.shop.locale) for day in (one.on, one.promised_on))
        what = f"“{one.line}” takes" if one.line else "It takes"
        sentence = f"{what} longer than we promised: you have it on {new} instead of {old}."
        happened(session, one.order_id, Happening(LATER, sentence, teller.who), now=teller.now)
