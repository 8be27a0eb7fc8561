"""Limits on trying: so many attempts in a window of time, counted per account, address or terminal."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.database import Database, insert_into
from configurator.errors import TooMany
from configurator.staff.rows import Attempt

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` attempts at `what` (a kind and a name, as "sign-in anna@example.com") in a window."""

    what: str
    most: int
    window: timedelta

    @property
    def key(self) -> str:
        """What is stored: no names and addresses of people who only tried."""
        return hashlib.sha256(self.what.encode()).hexdigest()


class TriedTooOften(TooMany):
    """No more attempts until `until`; the right secret is refused as well, so that guessing learns nothing."""

    def __init__(self, until: datetime, now: datetime) -> None:
        minutes = max(1, ceil((until - now) / timedelta(minutes=1)))
        super().__init__(f"Tried too often. Try again in {minutes} minute{'s' * (minutes > 1)}.")
        self.until = until


def spend(database: Database, limits: Iterable[Limit], now: datetime) -> None:
    """Count one attempt against each limit, in its own transaction so that a refusal does not undo it.

    Raises TriedTooOften; what is over its limit already is refused without writing.
    """
    limits = tuple(limits)
    with database.read() as session:
        for limit in limits:
            spent = session.exec(select(Attempt).where(Attempt.what == limit.key)).first()
            if spent is not None and spent.count >= limit.most and spent.window_start + limit.window > now:
                raise TriedTooOften(spent.window_start + limit.window, now)
    with database.write() as session:
        counted = [(limit, *_count(session, limit, now)) for limit in limits]
    for limit, count, start in counted:
        if count > limit.most:
            raise TriedTooOften(start + limit.window, now)


def refund(session: Session, limits: Iterable[Limit], now: datetime) -> None:
    """The attempt was a good one: only failures count. Old counters are dropped on the way."""
    keys = [limit.key for limit in limits]
    spent = sa.update(Attempt).where(col(Attempt.what).in_(keys), col(Attempt.count) > 0)
    session.execute(spent.values(count=Attempt.count - 1))
    session.execute(sa.delete(Attempt).where(col(Attempt.window_start) < now - KEPT))


def _count(session: Session, limit: Limit, now: datetime) -> tuple[int, datetime]:
    """One statement, so that simultaneous attempts are all counted."""
    over = col(Attempt.window_start) <= now - limit.window
    again = {
        "count": sa.case((over, 1), else_=col(Attempt.count) + 1),
        "window_start": sa.case((over, now), else_=col(Attempt.window_start)),
    }
    first = insert_into(session, Attempt).values(what=limit.key, window_start=now, count=1)
    statement = first.on_conflict_do_update(index_elements=["what"], set_=again)
    counted = session.execute(statement.returning(col(Attempt.count), col(Attempt.window_start))).one()
    return counted[0], counted[1]
