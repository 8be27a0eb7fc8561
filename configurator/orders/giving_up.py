"""Pieces that are not made after all: they are cancelled, their stock is free again, so is what they waited for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.orders.rows import Piece
from configurator.stock.claiming import give_back, lock_expected
from configurator.stock.reserving import free


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Waiting pieces of an order, made alike at one facility. uses: component -> count, of each of them."""

    order_id: int
    facility: str
    uses: Mapping[str, int]
    pieces: Sequence[int]


def give_up(session: Session, given: GivenUp, *, now: datetime) -> None:
    """Cancel them. The caller has locked the order's pieces; the next plan takes them out of their batches."""
    set_stage(session, given.pieces, "cancelled", now)
    lock_expected(session)
    awaited = give_back(session, given.pieces)
    needs = {component: count * len(given.pieces) for component, count in given.uses.items()}
    reserved = {component: count - awaited.get(component, 0) for component, count in needs.items()}
    free(session, given.facility, reserved, order_id=given.order_id, now=now)


def set_stage(session: Session, piece_ids: Sequence[int], stage: str, now: datetime) -> None:
    """Where these pieces are from now on."""
    session.execute(
        sa.update(Piece).where(col(Piece.id).in_(piece_ids)).values(stage=stage, moved_at=now),
        execution_options={"synchronize_session": False},
    )
