"""Changing one's mind: cancel, another address, another quantity, until the first piece is released."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop
from configurator.blanks.storing import blank_from_files
from configurator.clock import spoken
from configurator.designs.pricing import Quote, cart_totals, quote
from configurator.errors import Conflict, NotFound
from configurator.jobs.contract import Jobs
from configurator.orders.design_store import sewn_of, stored_design
from configurator.orders.events import Happening, happened
from configurator.orders.giving_up import GivenUp, give_up, set_stage
from configurator.orders.lines import When
from configurator.orders.more_pieces import add_more, postpone
from configurator.orders.notices import notify
from configurator.orders.payment import locked_order
from configurator.orders.planning_wanted import want_plans_of
from configurator.orders.quoting import check_quantity
from configurator.orders.rows import Order, OrderLine, Piece, StoredBlank
from configurator.stock.claiming import give_back, lock_expected
from configurator.stock.reserving import free
from configurator.stock.stock_store import reserved_for


class TooLate(Conflict):
    """The first piece has been released: from now on it is being made."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Order {number} is being made, so it can no longer be changed or cancelled. "
            "If something is not as in the proof, tell us and we make it again."
        )


class AlreadyCancelled(Conflict):
    """The order is cancelled, so there is nothing to change."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Order {number} is cancelled. Order it again to have it made.")


class NoSuchOrderLine(NotFound):
    """The order has no such line."""

    def __init__(self) -> None:
        super().__init__("This order has no such line. Open the order again.")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the parcel goes, word for word as typed."""

    name: str
    company: str
    street: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class LineQuantity:
    """How many of an order's line are wanted now.

    promised_on: a later day that its customer has agreed to, for the whole order if it leaves together; awaits: the
    last day of a delivery that they have agreed to wait for; None: nothing was asked.
    """

    line_id: int
    quantity: int
    promised_on: date | None = None
    awaits: date | None = None


def changeable(session: Session, order: Order) -> bool:
    """Whether the order can still be changed or cancelled."""
    statement = sa.select(sa.func.count()).where(col(Piece.order_id) == order.id, _begun())
    return order.status == "placed" and session.execute(statement).scalar_one() == 0


def cancel(session: Session, order_id: int, *, jobs: Jobs, now: datetime, who: str = "") -> Order:
    """Cancel a whole order and give its stock back. Cancelled twice is cancelled once; raises TooLate.

    Its pieces become `cancelled`; planning, which is asked for, takes them out of their open batches.
    """
    lock_pieces(session, order_id)
    order = locked_order(session, order_id)
    if order.status == "cancelled":
        return order
    _check_changeable(session, order)
    waiting = _waiting(session, order_id)
    set_stage(session, waiting, "cancelled", now)
    lock_expected(session)
    give_back(session, waiting)
    order.status = "cancelled"
    _give_back(session, order_id, now)
    happened(session, order_id, Happening("cancelled", "Cancelled. Nothing of it is made.", who), now=now)
    notify(session, jobs, order_id, "cancelled")
    want_plans_of(session, jobs, order_id)
    session.flush()
    return order


def change_address(session: Session, order_id: int, address: Address, *, now: datetime) -> Order:
    """Send the parcel elsewhere; raises TooLate, AlreadyCancelled."""
    order = changeable_order(session, order_id)
    if asdict(address) != {field: getattr(order, field) for field in asdict(address)}:
        for field, text in asdict(address).items():
            setattr(order, field, text)
        happened(session, order_id, Happening("changed", "The address was changed."), now=now)
        session.flush()
    return order


def change_quantity(  # noqa: PLR0913 everything it depends on is passed in: promise 8
    session: Session, order_id: int, wanted: LineQuantity, *, catalogue: Catalogue, jobs: Jobs, now: datetime
) -> Order:
    """Order more or fewer of a line, at the blanks' prices of the order and the tier that the new quantity reaches.

    Raises TooLate, QuantityOutOfRange, SoldOut, ComesLater, NoSuchOrderLine.
    """
    order = changeable_order(session, order_id)
    lines = lines_of(session, order_id)
    line = next((line for line in lines if line.id == wanted.line_id), None)
    if line is None:
        raise NoSuchOrderLine
    if wanted.quantity == line.quantity:
        return order
    before = line.promised_on
    check_quantity(ordered_blank(session, line, catalogue), wanted.quantity)
    if wanted.quantity > line.quantity:
        if wanted.promised_on:
            postponed = lines if order.leaves == "together" else [line]
            postpone(session, order, postponed, wanted.promised_on, catalogue.shop)
        add_more(session, line, wanted.quantity - line.quantity, catalogue.shop, When(now, wanted.awaits))
    else:
        _give_up(session, order, line, line.quantity - wanted.quantity, now)
    line.quantity = wanted.quantity
    quote_again(session, order, lines, catalogue)
    what = "Everything comes" if order.leaves == "together" else "They come"
    later = f" {what} on {spoken(line.promised_on)}." if line.promised_on != before else ""
    many = "1 piece" if wanted.quantity == 1 else f"{wanted.quantity} pieces"
    sentence = f"“{line.title}”: {many} now.{later}"
    happened(session, order_id, Happening("changed", sentence), now=now)
    notify(session, jobs, order_id, "changed", again=now.isoformat())
    want_plans_of(session, jobs, order_id)
    session.flush()
    return order


def lines_of(session: Session, order_id: int) -> Sequence[OrderLine]:
    """The lines of an order, without those that were cancelled."""
    mine = col(OrderLine.order_id) == order_id, col(OrderLine.cancelled_at).is_(None)
    statement = select(OrderLine).where(*mine).order_by(col(OrderLine.position))
    return session.exec(statement, execution_options={"populate_existing": True}).all()


def changeable_order(session: Session, order_id: int) -> Order:
    """The order, locked with its pieces, of which nothing is made yet. Raises AlreadyCancelled, TooLate."""
    lock_pieces(session, order_id)
    order = locked_order(session, order_id)
    if order.status == "cancelled":
        raise AlreadyCancelled(order.number)
    _check_changeable(session, order)
    return order


def _check_changeable(session: Session, order: Order) -> None:
    if not changeable(session, order):
        raise TooLate(order.number)


def lock_pieces(session: Session, order_id: int) -> None:
    """Pieces by id, then the order, then stock: the order in which a release locks too, so neither waits for ever."""
    statement = sa.select(col(Piece.id)).where(col(Piece.order_id) == order_id).order_by(col(Piece.id))
    session.execute(statement.with_for_update()).all()


def _begun() -> sa.ColumnElement[bool]:
    return col(Piece.stage).not_in(("waiting", "cancelled"))


def _waiting(session: Session, order_id: int, line_id: int | None = None) -> list[int]:
    """Ids of the order's (or line's) waiting pieces, the last ones first."""
    statement = sa.select(col(Piece.id)).where(col(Piece.order_id) == order_id, col(Piece.stage) == "waiting")
    if line_id is not None:
        statement = statement.where(col(Piece.line_id) == line_id)
    return [id_ for (id_,) in session.execute(statement.order_by(col(Piece.number).desc())) if id_ is not None]


def _give_back(session: Session, order_id: int, now: datetime) -> None:
    held = reserved_for(session, order_id)
    for facility in sorted({facility for facility, _ in held}):
        needs = {component: count for (place, component), count in held.items() if place == facility}
        free(session, facility, needs, order_id=order_id, now=now)


def _give_up(session: Session, order: Order, line: OrderLine, less: int, now: datetime) -> None:
    """So many fewer pieces of a line, the last ones first."""
    order_id = order.id or 0
    fewer = _waiting(session, order_id, line.id)[:less]
    give_up(session, GivenUp(order_id, line.facility, line.uses, fewer), now=now)


def quote_again(session: Session, order: Order, lines: Sequence[OrderLine], catalogue: Catalogue) -> None:
    """All lines anew: fewer of one may cost another line its quantity tier."""
    charge(order, lines, quotes_of(session, lines, catalogue), catalogue.shop)


def charge(order: Order, lines: Sequence[OrderLine], quotes: Sequence[Quote], shop: Shop) -> None:
    """The order at the prices that its lines have now."""
    for line, priced in zip(lines, quotes, strict=True):
        line.each, line.total, line.vat = priced.each, priced.total, priced.vat
    totals = cart_totals(quotes, shop, order.fulfilment)
    order.shipping, order.total, order.vat = totals.shipping, totals.total, totals.vat
    order.shipping_vat, order.shipping_percent = totals.shipping_vat, f"{totals.shipping_percent.normalize():f}"


def quotes_of(session: Session, lines: Sequence[OrderLine], catalogue: Catalogue) -> list[Quote]:
    """What these lines of an order cost together, by the blanks as they were ordered; nothing is written."""
    return [_quote(session, line, _beside(line, lines), catalogue) for line in lines]


def _beside(line: OrderLine, lines: Sequence[OrderLine]) -> int:
    """How many pieces of its blank the other lines have."""
    return sum(other.quantity for other in lines if other.blank == line.blank and other is not line)


def _quote(session: Session, line: OrderLine, others: int, catalogue: Catalogue) -> Quote:
    blank = ordered_blank(session, line, catalogue)
    design = stored_design(session, line.design_hash)
    sewn = sewn_of(session, line.design_hash)
    return quote(design, blank, catalogue.shop, quantity=line.quantity, pooled_with=others, sewn=sewn, saved=line.saved)


def ordered_blank(session: Session, line: OrderLine, catalogue: Catalogue) -> Blank:
    """The blank as it was priced by, so that an edit of the blank since does not change the order's prices."""
    current = catalogue.blanks.get(line.blank)
    if current is not None and current.version == line.blank_version:
        return current
    stored = session.exec(select(StoredBlank).where(col(StoredBlank.version) == line.blank_version)).one()
    return blank_from_files(stored.files, catalogue.shop)
