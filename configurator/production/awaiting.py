"""Pieces that wait for what is not there: set aside what is, say until when, and reserve the rest once it has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.clock import spoken
from configurator.orders.planning_wanted import Place
from configurator.orders.rows import Piece
from configurator.production.rows import Hold, Unplanned
from configurator.stock.claiming import claim, claimed, coming, give_back, lock_expected, portions
from configurator.stock.expecting import has_arrived
from configurator.stock.receiving import Goods, receive
from configurator.stock.reserving import reserve
from configurator.stock.rows import ExpectedGoods, StockClaim
from configurator.stock.shelf import Shelf
from configurator.stock.stock_store import available, available_locked


def set_aside(session: Session, piece: Piece, needs: Mapping[str, int], *, now: datetime) -> bool:
    """Reserve what a piece takes; what is not there it waits for. Whether it waits."""
    lock_expected(session)
    shelf = Shelf(available_locked(session, needs), coming(session, now.date(), needs))
    source = shelf.offer(piece.facility, needs)
    reserve(session, piece.facility, source.here, order_id=piece.order_id, now=now)
    claims = portions([piece.id or 0], needs, source)
    claim(session, piece.facility, claims, order_id=piece.order_id)
    return bool(claims)


def reserve_again(session: Session, *, now: datetime, shop: Shop | None = None) -> set[Place]:
    """Reserve for the pieces that wait, the oldest first, what has become free. Returns where one waits no more.

    With the shop, also where somebody who waits on has another reason to by now: a delivery is late, or expected.
    """
    if session.execute(sa.select(col(StockClaim.id)).limit(1)).first() is None:
        return set()
    lock_expected(session)
    waiting = _waiting(session)
    free = dict(available_locked(session, {name for *_, needs in waiting for name in needs}))
    changed = set()
    for piece, facility, process, order, needs in waiting:
        if all(free.get((facility, name), 0) >= count for name, count in needs.items()):
            reserve(session, facility, needs, order_id=order, now=now)
            give_back(session, [piece])
            for name, count in needs.items():
                free[facility, name] -= count
            changed.add((facility, process))
    return changed | (_other_reasons(session, shop, now) if shop else set())


def came_in(session: Session, goods: Goods, *, shop: Shop, now: datetime) -> set[Place]:
    """Goods are here that nobody had announced, first for the pieces that wait. Returns where one waits no more.

    Raises NotACount.
    """
    lock_for_shelving(session, [goods.component])
    receive(session, goods, now=now)
    return reserve_again(session, now=now, shop=shop)


def lock_for_shelving(session: Session, components: Iterable[str]) -> None:
    """Before these come onto a shelf and `reserve_again` looks who waits: all rows that may be taken, at once and in
    everybody's order, since what waits for them may wait for others elsewhere too."""
    lock_expected(session)
    available_locked(session, {*components, *claimed(session)})


def arrived(session: Session, number: int, *, who: str, now: datetime) -> tuple[Goods, set[Place]]:
    """A delivery is here: booked once, reserved for whom it was promised. Returns where these are made.

    Raises NotExpected.
    """
    statement = sa.select(col(Piece.facility), col(Piece.process)).join(
        StockClaim, col(StockClaim.piece_id) == col(Piece.id)
    )
    served = session.execute(statement.where(col(StockClaim.goods_id) == number).distinct()).all()
    goods = has_arrived(session, number, who=who, now=now)
    return goods, {(facility, process) for facility, process in served}


def awaited(session: Session, shop: Shop, now: datetime, facility: str | None = None) -> Mapping[int, str]:
    """Piece -> what it waits for, in a sentence for the maker; of one facility or of all."""
    here = sa.true() if facility is None else col(StockClaim.facility) == facility
    statement = (
        sa.select(StockClaim, col(ExpectedGoods.expected_on))
        .outerjoin(ExpectedGoods, col(ExpectedGoods.id) == col(StockClaim.goods_id))
        .where(here)
        .order_by(col(StockClaim.piece_id), col(StockClaim.component), col(ExpectedGoods.expected_on))
    )
    rows = session.execute(statement).all()
    free = available(session) if rows else {}
    found: dict[int, list[str]] = defaultdict(list)
    for row, day in rows:
        component = shop.components.get(row.component)
        label = component.label if component else row.component
        many = f", {row.count} a piece" if row.count > 1 else ""
        named = f"{label}{many} ({max(0, free.get((row.facility, row.component), 0))} free"
        when = f", {'expected' if day >= now.date() else 'late: it was expected'} {spoken(day)}" if day else ""
        found[row.piece_id].append(f"{named}{when})")
    return {
        piece: f"Waiting for {', '.join(named)}. Book what comes in; the next plan takes it."
        for piece, named in found.items()
    }


def _waiting(session: Session) -> list[tuple[int, str, str, int, Mapping[str, int]]]:
    """(piece, facility, process, order, component -> what it still waits for), by facility, the oldest first."""
    rows = session.execute(
        sa.select(StockClaim, col(Piece.process))
        .join(Piece, col(Piece.id) == col(StockClaim.piece_id))
        .order_by(col(StockClaim.facility), col(StockClaim.piece_id))
    ).all()
    needs: dict[tuple[int, str, str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, process in rows:
        needs[row.piece_id, row.facility, process, row.order_id][row.component] += row.count
    return [(*key, dict(counts)) for key, counts in needs.items()]


def _other_reasons(session: Session, shop: Shop, now: datetime) -> set[Place]:
    """Where the last plan gave another reason to one that waits than it would now."""
    reasons = awaited(session, shop, now)
    statement = (
        sa.select(col(Piece.id), col(Piece.facility), col(Piece.process), col(Unplanned.reason))
        .outerjoin(Unplanned, col(Unplanned.piece_id) == col(Piece.id))
        .outerjoin(Hold, col(Hold.piece_id) == col(Piece.id))
        .where(col(Piece.id).in_(list(reasons)), col(Piece.stage) == "waiting", col(Hold.piece_id).is_(None))
    )
    return {
        (facility, process) for piece, facility, process, told in session.execute(statement) if told != reasons[piece]
    }
