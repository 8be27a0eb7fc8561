"""What the floor looks up: the scanned piece with its batch, who moved it, what a batch expects next."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.orders.rows import Order, Piece
from configurator.production.rows import Batch, BatchPlace
from configurator.production.rows_floor import Scan
from configurator.production.scans import stands

STATIONS = {"picking": "picked", "production": "made", "check": "checked", "storage": "stored"}
"""Station -> the stage a piece has reached once it is booked there."""

BEFORE = {"picking": "released", "production": "picked", "check": "made", "storage": "checked"}
"""Station -> the stage a piece must have reached to be booked there."""

ORDER = ("waiting", "released", "picked", "made", "checked", "stored", "handed_over")


class FiguresWrittenDown(Conflict):
    """A batch counts as made: somebody has written down what it took."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"{number} is done, and what it really took is written down on its page. Take that out there first, then "
            "take the scan back."
        )


@dataclass(frozen=True, slots=True)
class Scanned:
    """A piece as it was when it was scanned. Its order's pieces are locked until the transaction ends.

    home: key of the facility where the order is collected: the store it is picked up in, else where it is made.
    leaves: as of its order.
    """

    id: int
    code: str
    order_id: int
    line_id: int
    title: str
    design_hash: str
    facility: str
    stage: str
    batch_id: int | None
    batch: str
    batch_status: str
    closes_at: datetime | None
    home: str
    leaves: str = "together"

    def arrives(self, station: str, facility: str) -> bool:
        """Whether it is scanned into storage at its order's store, having been made elsewhere."""
        away = facility == self.home != self.facility
        return away and station == "storage" and self.stage in ("checked", "stored")


@dataclass(frozen=True, slots=True)
class Expected:
    """The piece that a batch's next turn belongs to."""

    code: str
    design_hash: str


def scanned(session: Session, code: str) -> Scanned | None:
    """The piece of that code; all pieces of its order are locked, by id, as everybody locks them."""
    order = session.execute(sa.select(col(Piece.order_id)).where(col(Piece.code) == code)).scalar_one_or_none()
    if order is None:
        return None
    locking = sa.select(col(Piece.id)).where(col(Piece.order_id) == order).order_by(col(Piece.id))
    session.execute(locking.with_for_update()).all()
    row = session.execute(
        sa.select(
            col(Piece.id),
            col(Piece.code),
            col(Piece.order_id),
            col(Piece.line_id),
            col(Piece.title),
            col(Piece.design_hash),
            col(Piece.facility),
            col(Piece.stage),
            col(Batch.id),
            sa.func.coalesce(col(Batch.number), ""),
            sa.func.coalesce(col(Batch.status), ""),
            col(Batch.closes_at),
            sa.case((col(Order.fulfilment) == "ship", col(Piece.facility)), else_=col(Order.facility)),
            col(Order.leaves),
        )
        .join(Order, col(Order.id) == col(Piece.order_id))
        .outerjoin(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .outerjoin(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Piece.code) == code)
    ).one()
    return Scanned(*row)


def expected_next(session: Session, batch_number: str, station: str) -> Expected | None:
    """The first piece of a batch that this station has not had yet; None if it has had all that came so far."""
    row = session.execute(
        sa.select(col(Piece.code), col(Piece.design_hash))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Piece.id))
        .join(Batch, col(Batch.id) == col(BatchPlace.batch_id))
        .where(col(Batch.number) == batch_number, col(Piece.stage) == BEFORE[station])
        .order_by(col(BatchPlace.position))
        .limit(1)
    ).first()
    return Expected(*row) if row else None


def arrived(session: Session, piece: Scanned, now: datetime) -> None:
    """Note that a piece made elsewhere lies in its order's store now."""
    statement = sa.update(Piece).where(col(Piece.id) == piece.id)
    values = {"facility": piece.home, "stage": "stored", "moved_at": now}
    session.execute(statement.values(**values).execution_options(synchronize_session=False))


def missing(session: Session, order_id: int, batch_id: int | None = None) -> int:
    """How many of the order's pieces that will be made do not lie where the order is collected yet; of one batch's, or
    of all."""
    within = sa.select(col(BatchPlace.piece_id)).where(col(BatchPlace.batch_id) == batch_id)
    mine = sa.true() if batch_id is None else col(Piece.id).in_(within)
    gone = ("handed_over", "rejected", "cancelled")
    elsewhere = sa.and_(
        col(Order.fulfilment) != "ship", col(Piece.stage) == "stored", col(Piece.facility) != col(Order.facility)
    )
    statement = (
        sa.select(sa.func.count())
        .select_from(Piece)
        .join(Order, col(Order.id) == col(Piece.order_id))
        .where(
            col(Piece.order_id) == order_id,
            mine,
            col(Piece.stage).not_in(gone),
            sa.or_(col(Piece.stage) != "stored", elsewhere),
        )
    )
    return int(session.execute(statement).scalar_one())


def moved(session: Session, piece: Scanned, station: str, stage: str, now: datetime) -> bool:
    """Move a piece from the stage before this station to `stage`; False if it is not there (any more)."""
    statement = (
        sa.update(Piece)
        .where(col(Piece.id) == piece.id, col(Piece.stage) == BEFORE[station])
        .values(stage=stage, moved_at=now)
        .returning(col(Piece.id))
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).scalar_one_or_none() is not None


def reopen_batch(session: Session, batch_id: int) -> None:
    """A batch that was done is not, since a piece of it is to be made again after all. Raises FiguresWrittenDown."""
    batch = session.execute(sa.select(Batch).where(col(Batch.id) == batch_id).with_for_update()).scalar_one()
    if batch.status != "done":
        return
    if batch.actual_sheets is not None or batch.actual_setup_min is not None or batch.actual_steps:
        raise FiguresWrittenDown(batch.number)
    batch.status = "released"
    session.flush()


def booked_at(session: Session, piece_id: int, station: str) -> tuple[str, datetime] | None:
    """Who booked a piece at a station, and when; what was taken back is no booking."""
    rows = session.execute(
        sa.select(col(Scan.who), col(Scan.at), col(Scan.answer))
        .where(col(Scan.piece_id) == piece_id, col(Scan.station) == station, stands())
        .order_by(col(Scan.at))
    ).all()
    return next(((row[0], row[1]) for row in rows if row[2].get("kind") == "booked"), None)


def finish_batch(session: Session, batch_id: int) -> None:
    """Call a batch done once all its pieces are past production. Its row is locked: two last pieces take turns."""
    session.execute(sa.select(col(Batch.id)).where(col(Batch.id) == batch_id).with_for_update()).all()
    unmade = (
        sa.select(col(BatchPlace.piece_id))
        .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
        .where(col(BatchPlace.batch_id) == batch_id, col(Piece.stage).in_(("released", "picked")))
    )
    statement = sa.update(Batch).where(col(Batch.id) == batch_id, col(Batch.status) == "released", ~sa.exists(unmade))
    session.execute(statement.values(status="done").execution_options(synchronize_session=False))
