"""Machines that stand still: a breakdown or a maintenance window is told, ends early, or was a mistake."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Facility, Shop
from configurator.clock import spoken
from configurator.errors import Invalid, NotFound
from configurator.jobs.contract import Jobs
from configurator.production.causes import Cause, tell
from configurator.production.hours import Hours
from configurator.production.rows import StandStill

LONGEST = timedelta(days=366)


class NoSuchMachine(Invalid):
    """The machine is not there."""

    def __init__(self) -> None:
        super().__init__("Choose a machine from the list: the one you named does not stand here.")


class EndsTooSoon(Invalid):
    """A stand-still must end, and after it has begun."""

    def __init__(self) -> None:
        super().__init__("Say until when it stands still: later than it begins and later than now, within a year.")


class NoReason(Invalid):
    """A stand-still needs its reason."""

    def __init__(self) -> None:
        super().__init__("Write what is wrong with it: everybody whose batch moves will read it.")


class NotStandingStill(NotFound):
    """It is over already."""

    def __init__(self) -> None:
        super().__init__("This stand-still is over already. Load the page again to see which machines run.")


@dataclass(frozen=True, slots=True)
class Stop:
    """What is to stand still, told by whom. work_centre: empty for the whole facility; machine: 0 for all of it."""

    facility: str
    work_centre: str
    machine: int
    starts_at: datetime
    ends_at: datetime
    reason: str
    who: str


def stop(session: Session, wanted: Stop, *, shop: Shop, jobs: Jobs, now: datetime) -> StandStill:
    """Note that machines stand still, and plan around it. Raises NoSuchMachine, EndsTooSoon, NoReason."""
    facility = shop.facility(wanted.facility)
    centre = facility.centres.get(wanted.work_centre)
    if (wanted.work_centre and centre is None) or (wanted.machine and not centre):
        raise NoSuchMachine
    if centre and not 0 <= wanted.machine <= centre.count:
        raise NoSuchMachine
    if not max(now, wanted.starts_at) < wanted.ends_at <= now + LONGEST:
        raise EndsTooSoon
    if not wanted.reason.strip():
        raise NoReason
    row = StandStill(
        facility=facility.key,
        work_centre=wanted.work_centre,
        machine=wanted.machine,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        reason=wanted.reason.strip(),
        who=wanted.who,
        at=now,
    )
    session.add(row)
    session.flush()
    tell(session, _cause("down", row, facility, _down(row, facility)), jobs=jobs, now=now)
    return row


def run_again(session: Session, number: int, *, shop: Shop, jobs: Jobs, now: datetime) -> None:
    """End a stand-still now; one that has not begun is taken back. Raises NotStandingStill."""
    statement = sa.select(StandStill).where(col(StandStill.id) == number, col(StandStill.ends_at) > now)
    row = session.execute(statement.with_for_update()).scalar_one_or_none()
    if row is None:
        raise NotStandingStill
    facility = shop.facility(row.facility)
    tell(session, _cause("running", row, facility, f"{named(row, facility)} runs again"), jobs=jobs, now=now)
    if row.starts_at >= now:
        session.delete(row)
    else:
        row.ends_at = now
    session.flush()


def named(row: StandStill, facility: Facility) -> str:
    """What stands still: "Mug press 2", "Mug press", or the facility."""
    centre = facility.centres.get(row.work_centre)
    return centre.name_of(row.machine) if centre else facility.name


def standing_still(session: Session, facility: str, now: datetime) -> tuple[StandStill, ...]:
    """What stands still now or will, the earliest first."""
    statement = sa.select(StandStill).where(col(StandStill.facility) == facility, col(StandStill.ends_at) > now)
    return tuple(session.execute(statement.order_by(col(StandStill.starts_at), col(StandStill.id))).scalars())


def _down(row: StandStill, facility: Facility) -> str:
    until = Hours.of(facility).local(row.ends_at)
    return f"{named(row, facility)} is down until {spoken(until)}, {until:%H:%M} ({row.reason})"


def _cause(kind: str, row: StandStill, facility: Facility, sentence: str) -> Cause:
    return Cause(kind, facility.key, sentence, row.work_centre, row.machine)
