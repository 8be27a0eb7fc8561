"""Rush orders and whom they delay: asked before one is accepted, noted with it, refused when a promise would break."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.database import Database
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.events import Happening, happened
from configurator.orders.order_store import order_by_number
from configurator.orders.planning_wanted import want_plans_of
from configurator.orders.rows import Order, Piece
from configurator.production.reading_state import state_now
from configurator.production.routing import Route
from configurator.production.rows_rush import RushNote
from configurator.production.rushing import Delay, RushTold, Standing, hastened, rushed_in, standing

FRESH = timedelta(seconds=20)
"""How old the state may be that is asked: what is told then is what is noted."""


class BreaksPromises(Invalid):
    """A rush order that somebody else would have to pay for needs a reason."""

    def __init__(self, told: RushTold) -> None:
        orders = ", ".join(delay.order for delay in told.broken)
        super().__init__(
            f"This would break what was promised for {orders}. Nothing was booked: promise a later time, or write "
            "why it goes first all the same.",
            fields={"reason": "Write why it goes first."},
        )


class NothingWaits(Conflict):
    """Only what waits can be made first."""

    def __init__(self, number: str) -> None:
        super().__init__(f"No piece of {number} waits for its batch any more, so there is nothing to hurry.")


@dataclass(frozen=True, slots=True)
class RushNoted:
    """What was told of a rush order, by its number."""

    order: str
    delays: tuple[Delay, ...]
    reason: str
    who: str
    at: datetime


@dataclass
class Rushes:
    """Whom a rush order would delay, by the state of a facility that is never older than a few seconds; thread-safe."""

    start: Catalogue
    database: Database
    _plans: dict[str, Standing] = field(default_factory=dict)
    _told: dict[tuple[str, tuple[object, ...], int], RushTold] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def told(self, facility: str, route: Route, count: int, now: datetime) -> RushTold:
        """What so many pieces of a route come to, made at a facility while somebody waits."""
        with self._guard:
            plan = self._plan(facility, now)
            key = facility, (route.blank, route.operations, route.on_sheet), count
            if key not in self._told:
                self._told[key] = rushed_in(plan, route, count, facility)
            return self._told[key]

    def _plan(self, facility: str, now: datetime) -> Standing:
        known = self._plans.get(facility)
        if known is None or not timedelta(0) <= now - known.state.now < FRESH:
            with self.database.read() as session:
                known = self._plans[facility] = standing(state_now(session, self.start, now, facility))
            self._told = {key: told for key, told in self._told.items() if key[0] != facility}
        return known


def check_promises(told: RushTold, reason: str) -> None:
    """Raise BreaksPromises if a promise would break and nobody says why."""
    if told.broken and not reason.strip():
        raise BreaksPromises(told)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A rush order that somebody takes, knowing what was told, and why where a promise breaks."""

    told: RushTold
    who: str
    reason: str


def note_rush(session: Session, order: Order, accepted: Accepted, now: datetime) -> None:
    """Keep with a rush order what was told before it was accepted. Raises BreaksPromises."""
    told, reason = accepted.told, accepted.reason
    check_promises(told, reason)
    delays = [
        {key: each.isoformat() if isinstance(each, datetime) else each for key, each in asdict(delay).items()}
        for delay in told.delays
    ]
    why = reason.strip()[:200] if told.broken else ""
    session.merge(
        RushNote(order_id=order.id or 0, facility=order.facility, delays=delays, reason=why, who=accepted.who, at=now)
    )


@dataclass(frozen=True, slots=True)
class Hurrier:
    """Who lets an order go first, why, and what it takes."""

    who: str
    reason: str
    catalogue: Catalogue
    jobs: Jobs
    now: datetime


def told_of(session: Session, number: str, catalogue: Catalogue, now: datetime) -> RushTold:
    """Whom it delays if the waiting pieces of an order go first. Raises NoSuchOrder, NothingWaits."""
    found = sa.select(col(Piece.facility)).join(Order, col(Order.id) == col(Piece.order_id)).distinct()
    waiting = found.where(col(Order.number) == order_by_number(session, number).number, col(Piece.stage) == "waiting")
    facilities = sorted(session.execute(waiting).scalars())
    if not facilities:
        raise NothingWaits(number)
    told = [hastened(standing(state_now(session, catalogue, now, facility)), number) for facility in facilities]
    ready = [each.ready_at for each in told if each.ready_at]
    return RushTold(tuple(delay for each in told for delay in each.delays), max(ready, default=None))


def hurry(session: Session, number: str, hurrier: Hurrier) -> RushTold:
    """Let an order's waiting pieces go first; whom that delays is noted. Raises BreaksPromises, NothingWaits."""
    told = told_of(session, number, hurrier.catalogue, hurrier.now)
    order = order_by_number(session, number)
    note_rush(session, order, Accepted(told, hurrier.who, hurrier.reason), hurrier.now)
    waiting = sa.update(Piece).where(col(Piece.order_id) == order.id, col(Piece.stage) == "waiting")
    session.execute(waiting.values(rush=True).execution_options(synchronize_session=False))
    order.rush = True
    happened(session, order.id or 0, Happening("rush", "It is made before what waits.", hurrier.who), now=hurrier.now)
    want_plans_of(session, hurrier.jobs, order.id or 0)
    return told


def rushes_since(session: Session, facility: str, since: datetime) -> Sequence[RushNoted]:
    """The rush orders of a facility that were accepted lately, the newest first."""
    statement = sa.select(RushNote, col(Order.number)).join(Order, col(Order.id) == col(RushNote.order_id))
    rows = session.execute(
        statement.where(col(RushNote.facility) == facility, col(RushNote.at) >= since).order_by(col(RushNote.at).desc())
    )
    return [RushNoted(number, tuple(map(_read, row.delays)), row.reason, row.who, row.at) for row, number in rows]


def _read(kept: dict[str, object]) -> Delay:
    times = {key: datetime.fromisoformat(str(kept[key])) for key in ("was", "becomes", "due_at")}
    return Delay(order=str(kept["order"]), pieces=int(str(kept["pieces"])), breaks=bool(kept["breaks"]), **times)
