"""What pieces wait for: components that were not there, out of expected deliveries; promised once, whoever asks."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.stock.rows import ExpectedGoods, StockClaim
from configurator.stock.shelf import Coming, Delivery, Source

HERE, NOWHERE = 0, -1
"""No delivery: it lies there, or is not expected."""


class PromisedMeanwhile(Conflict):
    """Somebody else was promised these of a delivery in the same moment."""

    def __init__(self) -> None:
        super().__init__("Somebody else was promised these just now. Nothing was ordered: look and decide again.")


@dataclass(frozen=True, slots=True)
class Claim:
    """So many of a component for a piece, out of a delivery; goods None: none is expected that has so many."""

    piece_id: int
    component: str
    count: int
    goods: int | None


def lock_expected(session: Session) -> None:
    """Until the transaction ends nobody else is promised any delivery. Taken before stock items, as by everybody."""
    session.execute(sa.select(col(ExpectedGoods.id)).order_by(col(ExpectedGoods.id)).with_for_update()).all()


def coming(session: Session, today: date, components: Collection[str] | None = None) -> Coming:
    """What of the deliveries that are not late nobody was promised; of these components, or of all."""
    concerned = sa.true() if components is None else col(ExpectedGoods.component).in_(sorted(components))
    statement = sa.select(ExpectedGoods).where(col(ExpectedGoods.expected_on) >= today, concerned)
    rows = session.execute(
        statement.order_by(col(ExpectedGoods.expected_on), col(ExpectedGoods.id)).execution_options(
            populate_existing=True
        )
    ).scalars()
    found: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        delivery = Delivery(row.id or 0, row.expected_on, row.count - row.promised, row.promised)
        found[row.facility, row.component].append(delivery)
    return found


def claimed(session: Session) -> set[str]:
    """The components that some piece waits for."""
    return set(session.execute(sa.select(col(StockClaim.component)).distinct()).scalars())


def portions(pieces: Sequence[int], uses: Mapping[str, int], source: Source) -> tuple[Claim, ...]:
    """Who of a line's pieces waits for what: the first ones take what lies there, then each the soonest that is left.

    uses: component -> how many of it one piece takes; pure. The sums are those of `source`.
    """
    claims = []
    for taken in source.taken:
        supply: list[tuple[int, int]] = [(HERE, taken.here)]
        supply += [(delivery.number, count) for delivery, count in taken.coming]
        supply += [(NOWHERE, taken.missing)]
        for piece in pieces:
            wanted = uses.get(taken.component, 0)
            for n, (goods, left) in enumerate(supply):
                share = min(wanted, left)
                supply[n], wanted = (goods, left - share), wanted - share
                if share and goods != HERE:
                    claims.append(Claim(piece, taken.component, share, None if goods == NOWHERE else goods))
    return tuple(claims)


def claim(session: Session, facility: str, claims: Iterable[Claim], *, order_id: int) -> None:
    """Promise these at a facility. Raises PromisedMeanwhile; the caller's transaction is to be given up then."""
    claims = tuple(claims)
    for goods, count in sorted(_by_goods(claims).items()):
        _promise(session, goods, count)
    session.add_all(
        StockClaim(
            piece_id=each.piece_id,
            order_id=order_id,
            facility=facility,
            component=each.component,
            count=each.count,
            goods_id=each.goods,
        )
        for each in claims
    )
    session.flush()


def give_back(session: Session, pieces: Collection[int]) -> Mapping[str, int]:
    """What these pieces waited for can be promised to others; component -> how many they had waited for."""
    statement = sa.select(StockClaim).where(col(StockClaim.piece_id).in_(sorted(pieces)))
    rows = session.execute(statement.execution_options(populate_existing=True)).scalars().all()
    kept = [Claim(row.piece_id, row.component, row.count, row.goods_id) for row in rows]
    for goods, count in sorted(_by_goods(kept).items()):
        _promise(session, goods, -count)
    drop(session, [row.id or 0 for row in rows])
    total: Counter[str] = Counter()
    for each in kept:
        total[each.component] += each.count
    return total


def drop(session: Session, claims: Sequence[int]) -> None:
    """These rows are settled; what the deliveries say of them is the caller's to change."""
    statement = sa.delete(StockClaim).where(col(StockClaim.id).in_(list(claims)))
    session.execute(statement.execution_options(synchronize_session="fetch"))


def claim_again(session: Session, facility: str, component: str) -> None:
    """Let what waits for no delivery wait for the soonest that has so many, the oldest piece first."""
    unmet = (
        sa.select(StockClaim)
        .where(col(StockClaim.goods_id).is_(None), col(StockClaim.component) == component)
        .where(col(StockClaim.facility) == facility)
        .order_by(col(StockClaim.piece_id), col(StockClaim.id))
    )
    for row in session.execute(unmet).scalars().all():
        row.goods_id = _first_with(session, facility, component, row.count)
        if row.goods_id is not None:
            _promise(session, row.goods_id, row.count)
    session.flush()


def _first_with(session: Session, facility: str, component: str, count: int) -> int | None:
    statement = (
        sa.select(col(ExpectedGoods.id))
        .where(col(ExpectedGoods.facility) == facility, col(ExpectedGoods.component) == component)
        .where(col(ExpectedGoods.count) - col(ExpectedGoods.promised) >= count)
        .order_by(col(ExpectedGoods.expected_on), col(ExpectedGoods.id))
        .limit(1)
    )
    return session.execute(statement).scalar_one_or_none()


def _by_goods(claims: Iterable[Claim]) -> Mapping[int, int]:
    total: Counter[int] = Counter()
    for each in claims:
        if each.goods is not None:
            total[each.goods] += each.count
    return total


def _promise(session: Session, goods: int, count: int) -> None:
    """Guarded, as reserving is: on PostgreSQL two may read at once."""
    statement = (
        sa.update(ExpectedGoods)
        .where(col(ExpectedGoods.id) == goods, col(ExpectedGoods.promised) + count <= col(ExpectedGoods.count))
        .values(promised=col(ExpectedGoods.promised) + count)
        .returning(col(ExpectedGoods.id))
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).scalar_one_or_none() is None:
        raise PromisedMeanwhile
