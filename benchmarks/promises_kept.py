"""Promises of a simulated shop compared with what came: an order's day, or a line's where parts may leave."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.orders.due import arrival
from configurator.orders.leaving import AS_READY
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.production.hours import Hours
from configurator.production.rows import BatchPlace
from configurator.production.rows_floor import Scan


def lateness(session: Session, shop: Shop, today: date, *, parts: bool = False) -> Counter[int]:
    """Promises by the days they came after the promised one; those promised for later than today are left out.

    parts: only those of orders that leave as they are ready, line by line; else all.
    """
    found: Counter[int] = Counter()
    for order in session.execute(sa.select(Order).where(col(Order.status) != "cancelled")).scalars():
        by_line = order.leaves == AS_READY
        if parts and not by_line:
            continue
        for promised, ready in _lines(session, order) if by_line else [(order.promised_on, order.ready_at)]:
            if promised <= today:
                found[(_came(order, ready, shop, today) - promised).days] += 1
    return found


def _came(order: Order, ready: datetime | None, shop: Shop, today: date) -> date:
    """When its customer could have it; not ready yet: tomorrow at the soonest."""
    facility = shop.facility(order.facility)
    day = Hours.of(facility).local(ready).date() if ready else today + timedelta(days=1)
    return arrival(day, shop.shipping.days) if order.fulfilment == "ship" else day


def _lines(session: Session, order: Order) -> Iterator[tuple[date, datetime | None]]:
    """The promised day of each line, and when all of it could leave: with the last piece of the order that was made in
    a batch with one of its own; None: something of it does not lie there yet."""
    pieces = sa.select(Piece).where(col(Piece.order_id) == order.id, col(Piece.stage).not_in(("rejected", "cancelled")))
    mine = session.execute(pieces).scalars().all()
    ids = [piece.id or 0 for piece in mine]
    places = sa.select(col(BatchPlace.piece_id), col(BatchPlace.batch_id)).where(col(BatchPlace.piece_id).in_(ids))
    batches: dict[int, int] = dict(session.execute(places).tuples().all())
    lay = _stored(session, order, {piece.id or 0: piece for piece in mine})
    whole: dict[int, list[datetime | None]] = {}
    for piece, batch in batches.items():
        whole.setdefault(batch, []).append(lay.get(piece))
    for line in session.execute(sa.select(OrderLine).where(col(OrderLine.order_id) == order.id)).scalars():
        own = [piece.id or 0 for piece in mine if piece.line_id == line.id]
        times = [at for piece in own for at in (whole[batches[piece]] if piece in batches else [None])]
        if own:
            yield line.promised_on, None if None in times else max(at for at in times if at)


def _stored(session: Session, order: Order, mine: Mapping[int, Piece]) -> dict[int, datetime]:
    """When each piece was last scanned into storage, of those that lie where the order is collected, or have left."""
    home = "" if order.fulfilment == "ship" else order.facility
    there = {
        id_
        for id_, piece in mine.items()
        if piece.stage == "handed_over" or (piece.stage == "stored" and home in ("", piece.facility))
    }
    scans = sa.select(col(Scan.piece_id), col(Scan.at), col(Scan.answer)).where(
        col(Scan.station) == "storage", col(Scan.piece_id).in_(there)
    )
    return {piece: at for piece, at, answer in session.execute(scans.order_by(col(Scan.at))) if _booked(answer)}


def _booked(answer: Mapping[str, object]) -> bool:
    return answer.get("kind") == "booked"
