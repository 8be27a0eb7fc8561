"""Changing a facility's week, machines, rules and the setup matrix: kept in the database, and planned again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.calendar import BatchRule, Holiday, Shift
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.setups import Setups
from configurator.blanks.shop import Facility, WorkCentre
from configurator.clock import spoken
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.production.causes import Cause, tell
from configurator.production.facility_data import plain_facility, plain_setups
from configurator.production.premises import as_kept
from configurator.production.rows import Batch
from configurator.production.rows_floor import BinUse
from configurator.production.shop_records import Change, write_record

LONGEST_HOLIDAY_DAYS = 60
MOST_BINS = 10_000
MOST_PIECES = 9_999
MOST_DAYS = 60
MOST_TOGETHER_MIN = 60


class NeverOpen(Invalid):
    """A facility must work at some time."""

    def __init__(self) -> None:
        super().__init__("Tick at least one day on which work begins: without one nothing could be planned here.")


class TooLongAHoliday(Invalid):
    """A mistyped year would close the facility for good."""

    def __init__(self, holiday: Holiday) -> None:
        super().__init__(
            f"“{holiday.name}” would last from {spoken(holiday.first)} {holiday.first.year} to {spoken(holiday.last)} "
            f"{holiday.last.year}. "
            f"The last day must follow the first by at most {LONGEST_HOLIDAY_DAYS} days."
        )


class CutOffWhenClosed(Invalid):
    """Batches close while somebody is there."""

    def __init__(self, cut_off: time) -> None:
        super().__init__(f"The cut-off {cut_off:%H:%M} lies outside every shift. Choose a time at which you work.")


class StillNeeded(Conflict):
    """A work centre is the place of a batch."""

    def __init__(self, label: str, number: str) -> None:
        super().__init__(
            f"“{label}” cannot be removed: {number} is made there. Say that it stands still instead, or keep it."
        )


class ImpossibleRule(Invalid):
    """A rule contradicts itself."""

    def __init__(self, rule: BatchRule) -> None:
        super().__init__(
            f"A rule says at least {rule.least} and at most {rule.most} pieces. Make the most larger or leave it empty."
        )


class TooMuchForWaiting(Invalid):
    """Nothing would be batched any more."""

    def __init__(self) -> None:
        super().__init__(f"Write from 0 to {MOST_TOGETHER_MIN} minutes for an hour that an order waits.")


class NoBatchSize(Invalid):
    """A batch holds something."""

    def __init__(self) -> None:
        super().__init__(f"Write how many pieces fill a batch, from 1 to {MOST_PIECES:,}.")


class NotNamed(Invalid):
    """Parcels and customers must find it."""

    def __init__(self) -> None:
        super().__init__("Write the name, street, postcode and town: they are on papers, and customers come there.")


class NoTimeZone(Invalid):
    """A clock nobody knows."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is no time zone. Write it like Europe/Berlin.")


class BinInUse(Conflict):
    """Pieces lie in bins that would be gone."""

    def __init__(self, highest: int) -> None:
        super().__init__(f"Write from {highest} to {MOST_BINS:,} bins: something still lies in bin {highest}.")


class TooFar(Invalid):
    """Nothing travels that long."""

    def __init__(self) -> None:
        super().__init__(f"Write how long a piece is under way as 0 (the same day) to {MOST_DAYS} days of the carrier.")


@dataclass(frozen=True, slots=True)
class Week:
    """When a facility is open and works. shifts: none, if it works while its doors are open."""

    opens: time
    closes: time
    workdays: tuple[int, ...]
    cut_off: time
    shifts: tuple[Shift, ...]
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a facility is called, where it is and by which clock, what it holds; wage in minor units.

    days_to: days of the carrier to other facilities; to one not named, those of a parcel.
    """

    name: str
    street: str
    postcode: str
    town: str
    timezone: str
    bins: int
    wage: int
    days_to: Mapping[str, int] = field(default_factory=dict)


def keep_about(session: Session, change: Change, about: About, *, catalogue: Catalogue, jobs: Jobs) -> None:
    """Raises NotNamed, NoTimeZone, BinInUse, TooFar, ChangedMeanwhile."""
    used = sa.select(sa.func.max(col(BinUse.bin))).where(col(BinUse.facility) == change.facility)
    check_about(about, session.execute(used).scalar_one() or 1)
    facility = replace(_facility(session, change, catalogue), **asdict(about))
    _keep(session, change, facility)
    told = Cause("calendar", facility.key, f"{change.who} changed what {facility.name} is")
    tell(session, told, jobs=jobs, now=change.now)


def check_about(about: About, highest_bin: int = 1) -> None:
    """Raises NotNamed, NoTimeZone, BinInUse, TooFar."""
    if not all((about.name, about.street, about.postcode, about.town)):
        raise NotNamed
    try:
        ZoneInfo(about.timezone)
    except (OSError, ValueError, KeyError):
        raise NoTimeZone(about.timezone) from None
    if not highest_bin <= about.bins <= MOST_BINS:
        raise BinInUse(highest_bin)
    if any(days > MOST_DAYS for days in about.days_to.values()):
        raise TooFar


def keep_week(session: Session, change: Change, week: Week, *, catalogue: Catalogue, jobs: Jobs) -> None:
    """Raises NeverOpen, TooLongAHoliday, CutOffWhenClosed, ChangedMeanwhile."""
    if not week.workdays or not all(shift.days for shift in week.shifts):
        raise NeverOpen
    for holiday in week.holidays:
        if not 0 <= (holiday.last - holiday.first).days <= LONGEST_HOLIDAY_DAYS:
            raise TooLongAHoliday(holiday)
    facility = replace(
        _facility(session, change, catalogue),
        opens=week.opens,
        closes=week.closes,
        workdays=week.workdays,
        cut_off=week.cut_off,
        shifts=week.shifts,
        holidays=week.holidays,
    )
    if not any(_within(week.cut_off, shift) for shift in facility.working()):
        raise CutOffWhenClosed(week.cut_off)
    _keep(session, change, facility)
    told = Cause("calendar", facility.key, f"{change.who} changed the working week of {facility.name}")
    tell(session, told, jobs=jobs, now=change.now)


def keep_machines(
    session: Session, change: Change, centres: Sequence[WorkCentre], *, catalogue: Catalogue, jobs: Jobs
) -> None:
    """All work centres of a facility. Raises StillNeeded for one that is left out, ChangedMeanwhile."""
    facility = _facility(session, change, catalogue)
    keys = {centre.key for centre in centres}
    for key, centre in facility.centres.items():
        if key not in keys:
            _check_unused(session, facility.key, centre)
    changed = replace(
        facility,
        centres={centre.key: centre for centre in centres},
        rules=tuple(rule for rule in facility.rules if rule.work_centre in ("", *keys)),
    )
    _keep(session, change, changed)
    told = Cause("machines", facility.key, f"{change.who} changed the machines of {facility.name}")
    tell(session, told, jobs=jobs, now=change.now)


def keep_rules(
    session: Session, change: Change, rules: Sequence[BatchRule], *, catalogue: Catalogue, jobs: Jobs
) -> None:
    """How batches fill and close. Raises ImpossibleRule, ChangedMeanwhile."""
    wrong = next((rule for rule in rules if rule.most is not None and rule.most < rule.least), None)
    if wrong:
        raise ImpossibleRule(wrong)
    facility = replace(_facility(session, change, catalogue), rules=tuple(rules))
    _keep(session, change, facility)
    told = Cause("rules", facility.key, f"{change.who} changed how batches close at {facility.name}")
    tell(session, told, jobs=jobs, now=change.now)


@dataclass(frozen=True, slots=True)
class BatchWishes:
    """What holds for all batches: how many pieces fill one, and what it is worth that orders finish together."""

    pieces: int
    together_min: float


def keep_batch_wishes(
    session: Session, change: Change, wishes: BatchWishes, *, catalogue: Catalogue, jobs: Jobs
) -> None:
    """What holds for the batches of all facilities. Raises NoBatchSize, TooMuchForWaiting, ChangedMeanwhile."""
    if not 1 <= wishes.pieces <= MOST_PIECES:
        raise NoBatchSize
    if not 0 <= wishes.together_min <= MOST_TOGETHER_MIN:
        raise TooMuchForWaiting
    write_record(session, "batch", change, asdict(wishes))
    for facility in catalogue.shop.facilities:
        told = Cause("rules", facility.key, f"{change.who} changed how batches are filled and ordered")
        tell(session, told, jobs=jobs, now=change.now)


def keep_setups(session: Session, change: Change, setups: Setups, *, catalogue: Catalogue, jobs: Jobs) -> None:
    """The setup matrix of all facilities. Raises ChangedMeanwhile."""
    write_record(session, "setups", change, plain_setups(setups))
    for facility in catalogue.shop.facilities:
        told = Cause("setups", facility.key, f"{change.who} changed the setup matrix")
        tell(session, told, jobs=jobs, now=change.now)


def _facility(session: Session, change: Change, catalogue: Catalogue) -> Facility:
    return as_kept(session, catalogue, change.now).shop.facility(change.facility)


def _keep(session: Session, change: Change, facility: Facility) -> None:
    write_record(session, f"facility:{facility.key}", change, plain_facility(facility))


def _within(clock: time, shift: Shift) -> bool:
    if shift.overnight:
        return clock > shift.opens or clock <= shift.closes
    return shift.opens < clock <= shift.closes


def _check_unused(session: Session, facility: str, centre: WorkCentre) -> None:
    statement = sa.select(col(Batch.number)).where(
        col(Batch.facility) == facility, col(Batch.work_centre) == centre.key
    )
    number = session.execute(statement.order_by(col(Batch.id).desc()).limit(1)).scalar_one_or_none()
    if number is not None:
        raise StillNeeded(centre.label, number)
