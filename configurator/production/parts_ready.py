"""Parts of an order that leaves as it is ready: what was made in one batch and lies where it is collected."""

from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.orders.events import Happening, happened
from configurator.orders.leaving import AS_READY, Way, leave
from configurator.orders.notices import notify
from configurator.orders.order_store import WholeOrder, order_of, whole_order
from configurator.orders.rows import Order, Piece
from configurator.production.floor_store import missing
from configurator.production.promise_watch import Teller
from configurator.production.rows import Batch, BatchPlace


def leave_otherwise(session: Session, order_id: int, leaves: str, teller: Teller) -> None:
    """As `orders.leaving.leave`, said by the teller, a customer without a name; of what lies there already its customer
    is told, if it may leave now."""
    way, shop, jobs = Way(leaves, teller.who), teller.shop, teller.jobs
    if leave(session, order_id, way, shop=shop, jobs=jobs, now=teller.now) and leaves == AS_READY:
        for batch in _batches_lying(session, order_id):
            if missing(session, order_id, batch) == 0:
                tell_part(session, order_id, batch, teller)


def tell_part(session: Session, order_id: int, batch_id: int, teller: Teller) -> bool:
    """Tell the customer of a part, once: by an event and a message."""
    number = session.execute(sa.select(col(Batch.number)).where(col(Batch.id) == batch_id)).scalar_one()
    whole = whole_order(session, order_of(session, order_id))
    within = sa.select(col(BatchPlace.piece_id)).where(col(BatchPlace.batch_id) == batch_id)
    mine = set(session.execute(within).scalars())
    part = [piece for piece in whole.lying if piece.id in mine]
    later, ids = teller.now + teller.shop.take_back.scans, [piece.id or 0 for piece in part]
    if not notify(session, teller.jobs, order_id, "part", again=number, not_before=later, pieces=ids):
        return False
    happened(session, order_id, Happening("part", _sentence(whole, part, teller.shop)), now=teller.now)
    return True


def _sentence(whole: WholeOrder, pieces: Sequence[Piece], shop: Shop) -> str:
    what = f"{listed(pieces)} {'is' if len(pieces) == 1 else 'are'} made and checked."
    if whole.order.fulfilment == "ship":
        return f"{what} Sent with the next parcel; the rest follows."
    store = next((each.name for each in shop.facilities if each.key == whole.order.facility), whole.order.facility)
    return f"{what} Waiting for you at {store}; the rest follows."


def listed(pieces: Sequence[Piece]) -> str:
    """`2 × Mug, Zoë and 1 × Tee`: pieces by their titles."""
    counted = [f"{count} × {title}" for title, count in Counter(piece.title for piece in pieces).items()]
    return " and ".join([", ".join(counted[:-1]), counted[-1]]) if len(counted) > 1 else "".join(counted)


def lying_parts(session: Session) -> Mapping[int, Sequence[int]]:
    """Order that leaves as it is ready -> its pieces that lie where they leave from, all or a part."""
    here = sa.or_(col(Order.fulfilment) == "ship", col(Piece.facility) == col(Order.facility))
    rows = session.execute(
        sa.select(col(Piece.order_id), col(Piece.id))
        .join(Order, col(Order.id) == col(Piece.order_id))
        .where(col(Order.status) == "placed", col(Order.leaves) == AS_READY, col(Piece.stage) == "stored", here)
        .order_by(col(Piece.id))
    )
    found: dict[int, list[int]] = {}
    for order, piece in rows:
        found.setdefault(order, []).append(piece)
    return found


def _batches_lying(session: Session, order_id: int) -> Sequence[int]:
    statement = (
        sa.select(col(BatchPlace.batch_id))
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .where(col(Piece.order_id) == order_id, col(Piece.stage) == "stored")
        .distinct()
    )
    return sorted(session.execute(statement).scalars())
