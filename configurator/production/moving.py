"""Moving an open batch to a machine and a time: what it costs, doing it, undoing it; and holding a batch open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.production.causes import Cause, tell
from configurator.production.hours import Hours
from configurator.production.living import planned, searches
from configurator.production.loads import Pin
from configurator.production.plan_state import Plan, PlanState
from configurator.production.premises import as_kept
from configurator.production.reading_state import state_now
from configurator.production.rows import Batch, PlanCause
from configurator.production.turns import Turn


class NotOpen(Conflict):
    """Only an open batch can be moved or held."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"{number} is not open any more, so it stays where it is. The board shows those that are open."
        )


class NoSuchMachine(Invalid):
    """The work centre has fewer machines."""

    def __init__(self, label: str, count: int) -> None:
        super().__init__(f"Choose a machine from 1 to {count}: there are no more at the work centre {label}.")


class NoReason(Invalid):
    """A held batch needs its reason."""

    def __init__(self) -> None:
        super().__init__("Write why it is held: whoever wonders why it does not close must know.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a facility's plan comes to: minutes of changeover, late pieces; the batch's own turn."""

    changeover_min: float
    late: int
    turn: Turn


@dataclass(frozen=True, slots=True)
class Shift:
    """Another batch that moves along: when it begins by the plan, and when it would; its late pieces now and then."""

    number: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class MoveCost:
    """A move that nobody has made yet: the plan without and with it. others: those that begin at another time."""

    before: Outcome
    after: Outcome
    others: tuple[Shift, ...]

    @property
    def changeover_min(self) -> float:
        """Minutes of changeover more (less: negative)."""
        return self.after.changeover_min - self.before.changeover_min

    @property
    def late(self) -> int:
        """Late pieces more."""
        return self.after.late - self.before.late


def cost_of_move(session: Session, number: str, pin: Pin | None, catalogue: Catalogue, now: datetime) -> MoveCost:
    """What it costs to pin a batch there, or to let it go (None); nothing is written. Raises NotOpen."""
    at = session.execute(sa.select(col(Batch.facility)).where(col(Batch.number) == number)).scalar_one_or_none()
    if at is None:
        raise NotOpen(number)
    return priced(state_now(session, catalogue, now, at), number, pin)


def priced(state: PlanState, number: str, pin: Pin | None) -> MoveCost:
    """As `cost_of_move`, of the state of its facility or of all; a pure function."""
    if all(batch.number != number for batch in state.open):
        raise NotOpen(number)
    unheard, drafts = range(10**9, 2 * 10**9), searches(state)
    before = planned(state, lambda count: unheard[:count], drafts=drafts)
    moved = tuple(replace(batch, pin=pin) if batch.number == number else batch for batch in state.open)
    after = planned(replace(state, open=moved), lambda count: unheard[:count], drafts=drafts)
    return MoveCost(_outcome(before, number), _outcome(after, number), _others(before, after, number))


def _outcome(plan: Plan, number: str) -> Outcome:
    found = next((one for one in plan.batches if one.batch.number == number), None)
    if found is None:
        raise NotOpen(number)
    figures = [each for each in plan.figures if each.facility == found.batch.group.facility]
    return Outcome(sum(each.changeover_min for each in figures), sum(each.late for each in figures), found.turn)


def _others(before: Plan, after: Plan, number: str) -> tuple[Shift, ...]:
    starts = {one.batch.number: one.turn.starts_at for one in before.batches}
    found = [
        Shift(one.batch.number, starts[one.batch.number], one.turn.starts_at)
        for one in after.batches
        if one.batch.number != number and starts.get(one.batch.number, one.turn.starts_at) != one.turn.starts_at
    ]
    return tuple(sorted(found, key=lambda shift: shift.after))


class MovedMeanwhile(Conflict):
    """Somebody else has moved it since it was looked at."""

    def __init__(self, number: str, told: str) -> None:
        super().__init__(
            f"{told}, since you looked. Nothing was moved: open {number} again and see what a move costs now."
        )


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves or holds, and what it takes. seen: where they saw it pinned, as `pin_seen` writes it; None: it is no
    matter where it was."""

    who: str
    catalogue: Catalogue
    jobs: Jobs
    now: datetime
    seen: str | None = None


def pin_seen(machine: int | None, at: datetime | None) -> str:
    """Where a batch is pinned, for a form to send back; empty: nowhere."""
    return f"{machine}@{at.isoformat()}" if machine and at else ""


def pin_batch(session: Session, number: str, pin: Pin, mover: Mover) -> Batch:
    """Keep an open batch on a machine, not before a time, through every later plan. Raises NotOpen, NoSuchMachine,
    MovedMeanwhile."""
    batch = _open(session, number)
    _check_seen(session, batch, mover)
    facility = as_kept(session, mover.catalogue, mover.now).shop.facility(batch.facility)
    centre = facility.centres[batch.work_centre]
    if not 1 <= pin.machine <= centre.count:
        raise NoSuchMachine(centre.label, centre.count)
    batch.pinned_machine, batch.pinned_at = pin.machine, max(pin.not_before, mover.now)
    at = Hours.of(facility).local(batch.pinned_at)
    told = f"{mover.who} put {number} on {centre.name_of(pin.machine)}, {at:%A, %H:%M}"
    _tell(session, batch, "pin", told, mover)
    return batch


def unpin_batch(session: Session, number: str, mover: Mover) -> Batch:
    """Let the plan choose again. Raises NotOpen, MovedMeanwhile."""
    batch = _open(session, number)
    _check_seen(session, batch, mover)
    batch.pinned_machine = batch.pinned_at = None
    _tell(session, batch, "pin", f"{mover.who} lets the plan choose for {number} again", mover)
    return batch


def hold_batch(session: Session, number: str, reason: str, mover: Mover) -> Batch:
    """Let a batch fill past its cut-off until it is let go or released by hand. Raises NotOpen, NoReason."""
    if not reason.strip():
        raise NoReason
    batch = _open(session, number)
    batch.held = f"{reason.strip()[:200]} ({mover.who})"
    _tell(session, batch, "hold", f"{number} is held: {batch.held}", mover)
    return batch


def let_batch_go(session: Session, number: str, mover: Mover) -> Batch:
    """End a hold: it closes when its time comes, or has come. Raises NotOpen."""
    batch = _open(session, number)
    batch.held = ""
    _tell(session, batch, "hold", f"{mover.who} lets {number} go", mover)
    return batch


def machines(session: Session, number: str, catalogue: Catalogue, now: datetime) -> Sequence[tuple[int, str]]:
    """The machines that a batch may run on: number and name."""
    statement = sa.select(col(Batch.facility), col(Batch.work_centre)).where(col(Batch.number) == number)
    key, centre_key = session.execute(statement).one()
    centre = as_kept(session, catalogue, now).shop.facility(key).centres[centre_key]
    return [(machine, centre.name_of(machine)) for machine in range(1, centre.count + 1)]


def _open(session: Session, number: str) -> Batch:
    statement = sa.select(Batch).where(col(Batch.number) == number, col(Batch.status) == "open").with_for_update()
    batch: Batch | None = session.execute(statement).scalar_one_or_none()
    if batch is None:
        raise NotOpen(number)
    return batch


def _check_seen(session: Session, batch: Batch, mover: Mover) -> None:
    if mover.seen is None or mover.seen == pin_seen(batch.pinned_machine, batch.pinned_at):
        return
    told = sa.select(col(PlanCause.sentence)).where(col(PlanCause.kind) == "pin", col(PlanCause.batch) == batch.number)
    last = session.execute(told.order_by(col(PlanCause.id).desc()).limit(1)).scalar_one_or_none()
    raise MovedMeanwhile(batch.number, last or f"Somebody has moved {batch.number}")


def _tell(session: Session, batch: Batch, kind: str, sentence: str, mover: Mover) -> None:
    session.flush()
    machine = batch.pinned_machine or 0
    cause = Cause(kind, batch.facility, sentence, batch.work_centre, machine, batch.number)
    tell(session, cause, jobs=mover.jobs, now=mover.now)
