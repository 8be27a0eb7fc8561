"""How long pieces take at a step, told from when they were scanned: pauses, trays and odd scans do not decide it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from configurator.production.hours import Hours

A_PAUSE = 3.0
"""A gap between two pieces longer than so many usual ones counts as standing still for the rest of it."""

IN_ONE_GO = 0.1
"""Pieces that follow each other in less than this share of the planned time were made before they were scanned."""

SCANNING_MIN = 0.1
"""So quick nobody makes a piece: the scanner is held to one after the other."""

FEWEST_GAPS = 3
"""Of fewer gaps nobody can tell which one was the pause."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A piece that was scanned at a step, UTC. came: when the step before it was done with it; None: it lay there."""

    done: datetime
    came: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paced:
    """Working minutes at a step. each_min: a usual piece; run_min: all that were scanned, without standing still.

    scanned: pieces; told: of how many the time is known; gaps: between how many scans (a tray is one); first: pieces
    that the first scan stands for, whose beginning nobody saw.
    """

    each_min: float
    run_min: float
    stood_min: float
    scanned: int
    told: int
    gaps: int
    first: int

    @property
    def sure(self) -> bool:
        """Whether it is enough to speak of the whole batch."""
        return self.gaps >= FEWEST_GAPS and self.told * 2 >= self.scanned


def paced(passed: Sequence[Passed], hours: Hours, planned_min: float) -> Paced | None:
    """What the scans of one batch at one step say; None if nothing. planned_min: what a piece was to take there.

    The time of a piece runs from the scan before it, or from when it came if that was later (a station that waits for
    pieces works no slower for it), in the work centre's working minutes: closed hours do not count. Pieces that were
    scanned in one go share their time, as a tray. A usual piece is the median of all pieces' shares: lunch, a piece
    that is scanned next morning and up to half of all scans being odd do not move it. A straight line through all
    times (Theil-Sen) was the other choice; one pause in the middle of a batch lies in half of all its pairs of scans
    and would count as slow work.
    """
    trays = list(_trays(sorted(passed, key=lambda each: each.done), hours, planned_min))
    known = [(pieces, minutes) for pieces, minutes in trays if minutes is not None]
    told = sum(pieces for pieces, _ in known)
    if not told:
        return None
    usual = median(minutes / pieces for pieces, minutes in known for _ in range(pieces))
    stood = sum(max(0.0, minutes - A_PAUSE * usual * pieces) for pieces, minutes in known)
    worked = sum(minutes for _, minutes in known) - stood + usual * (len(passed) - told)
    return Paced(usual, worked, stood, len(passed), told, len(known), trays[0][0])


def no_pace(scans: int, found: Paced | None) -> str:
    """Why so many scans at a step tell no pace; empty: they do."""
    if scans < 2:
        return "one scan tells no pace"
    if found is None:
        return f"all {scans} pieces were scanned in one go, after they were made, or outside of working hours"
    if found.told * 2 < scans:
        return f"of {scans} pieces most were scanned in one go, or outside of working hours"
    return "" if found.sure else f"{scans} scans are too few to tell work from a pause"


def _trays(passed: Sequence[Passed], hours: Hours, planned_min: float) -> Iterator[tuple[int, float | None]]:
    """How many pieces were scanned in one go, and their working minutes together; None: nobody saw them begin."""
    together = timedelta(minutes=max(SCANNING_MIN, IN_ONE_GO * planned_min))
    tray: list[Passed] = []
    before: datetime | None = None
    for each in passed:
        if tray and each.done - tray[-1].done > together:
            yield len(tray), _minutes(tray, before, hours)
            before, tray = tray[-1].done, []
        tray.append(each)
    if tray:
        yield len(tray), _minutes(tray, before, hours)


def _minutes(tray: Sequence[Passed], before: datetime | None, hours: Hours) -> float | None:
    """Outside of working hours, and of a tray whose pieces came while it was filled, nobody knows."""
    came = max((each.came for each in tray if each.came), default=before)
    if before is None or came is None or (len(tray) > 1 and came > before):
        return None
    return hours.minutes_between(max(before, came), tray[-1].done) or None
