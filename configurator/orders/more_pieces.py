"""More pieces of a line that is ordered already: of what lies there and of what its customer agrees to wait for."""

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.orders.lines import ComesLater, When, add_pieces, agreed, due_of, piece_ids
from configurator.orders.making_place import labels_of
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.stock.claiming import claim, coming, lock_expected, portions
from configurator.stock.reserving import Shortage, SoldOut, reserve
from configurator.stock.shelf import Shelf, Source
from configurator.stock.stock_store import available_locked


def add_more(session: Session, line: OrderLine, more: int, shop: Shop, when: When) -> None:
    """So many more pieces of a line, made where its others are; what is not there yet is promised out of the deliveries
    that were agreed on. Raises SoldOut, ComesLater.
    """
    order = session.get_one(Order, line.order_id)
    source = _source(session, line, more, shop, when)
    reserve(session, line.facility, source.here, order_id=line.order_id, now=when.now)
    highest = sa.select(sa.func.max(col(Piece.number))).where(col(Piece.order_id) == line.order_id)
    first = session.execute(highest).scalar_one() + 1
    known = set(piece_ids(session, line))
    add_pieces(session, order, line, numbers=range(first, first + more), shop=shop)
    if source.awaits:
        new = [piece for piece in piece_ids(session, line) if piece not in known]
        claim(session, line.facility, portions(new, line.uses, source), order_id=line.order_id)


def _source(session: Session, line: OrderLine, more: int, shop: Shop, when: When) -> Source:
    """What these take at the line's facility, while nobody else can take from it."""
    needs: Mapping[str, int] = {component: count * more for component, count in line.uses.items()}
    lock_expected(session)
    known = coming(session, when.now.date(), needs)
    free = available_locked(session, needs)
    source = Shelf(free, agreed(known, when.awaits)).offer(line.facility, needs)
    if source.is_whole:
        return source
    later = Shelf(free, known)
    missing = [each.component for each in later.offer(line.facility, needs).taken if each.missing]
    if not missing:
        raise ComesLater
    left = {component: later.left(line.facility, component) for component in missing}
    raise SoldOut([Shortage(each, needs[each], left[each]) for each in missing], labels=labels_of(shop))


def postpone(session: Session, order: Order, lines: Iterable[OrderLine], on: date, shop: Shop) -> None:
    """These lines of an order are promised for a later day: what waits is due by that. Never for a sooner one."""
    order.promised_on = max(on, order.promised_on)
    for line in lines:
        if on > line.promised_on:
            line.promised_on = on
            _due_later(session, order, line, shop)


def _due_later(session: Session, order: Order, line: OrderLine, shop: Shop) -> None:
    waiting = sa.and_(col(Piece.line_id) == line.id, col(Piece.stage) == "waiting")
    for key in session.execute(sa.select(col(Piece.facility)).where(waiting).distinct()).scalars().all():
        due = due_of(order, line, shop.facility(key), shop)
        statement = sa.update(Piece).where(waiting, col(Piece.facility) == key).values(due_at=due)
        session.execute(statement.execution_options(synchronize_session=False))
