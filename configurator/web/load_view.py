"""How much of each work centre's time is planned on the next working days: the chart, and the table behind it.

Across everything is a share of the plot, in per cent, as in the Gantt chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from configurator.blanks.shop import Facility
from configurator.production.hours import Hours
from configurator.production.step_store import StepRow

DAYS = 5
TOP, ROW, GAP = 34, 34, 1.4


@dataclass(frozen=True, slots=True)
class Cell:
    """A work centre on a day. minutes: planned, of `open_min`; width: of the whole day, filled: of what is planned."""

    x: float
    width: float
    filled: float
    minutes: float
    open_min: float


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A work centre's days."""

    label: str
    y: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LoadView:
    """The chart. days: (x, day)."""

    days: tuple[tuple[float, date], ...]
    rows: tuple[LoadRow, ...]
    height: int

    @property
    def fullest(self) -> tuple[str, date, float] | None:
        """The work centre and day with the largest share of its time planned; None when nothing is."""
        shares = [
            (row.label, day, cell.minutes / cell.open_min)
            for row in self.rows
            for (_, day), cell in zip(self.days, row.cells, strict=True)
            if cell.open_min and cell.minutes
        ]
        return max(shares, key=lambda each: each[2], default=None)


def load_days(facility: Facility, now: datetime) -> list[date]:
    """The working days that are shown."""
    hours = Hours.of(facility)
    first = hours.workday_after(hours.local(now).date(), 0)
    return [hours.workday_after(first, n) for n in range(DAYS)]


def load_view(facility: Facility, steps: Sequence[StepRow], now: datetime) -> LoadView:
    """The working days from now on; every step counts, what is released like what is open."""
    days = load_days(facility, now)
    step = 100 / DAYS
    xs = [round(step * n, 2) for n in range(DAYS)]
    live = [step for step in steps if step.status != "done"]
    rows = []
    for n, centre in enumerate(facility.centres.values()):
        own = [step for step in live if step.work_centre == centre.key]
        cells = tuple(
            _cell(facility, (centre.key, own), (day, now), (x, step - GAP)) for x, day in zip(xs, days, strict=True)
        )
        rows.append(LoadRow(centre.label, TOP + ROW * n, cells))
    return LoadView(tuple(zip(xs, days, strict=True)), tuple(rows), TOP + ROW * len(rows) + 8)


def _cell(
    facility: Facility,
    work: tuple[str, Sequence[StepRow]],
    when: tuple[date, datetime],
    place: tuple[float, float],
) -> Cell:
    """What is still to come of a day."""
    (key, steps), (day, now), (x, width) = work, when, place
    starts = max(now, Hours.of(facility).at(day, datetime.min.time()))
    ends = max(starts, Hours.of(facility).at(day + timedelta(days=1), datetime.min.time()))
    clocks = {m: Hours.of(facility, key, m) for m in range(1, facility.centres[key].count + 1)}
    open_min = sum(hours.minutes_between(starts, ends) for hours in clocks.values())
    minutes = sum(
        clocks[step.machine].minutes_between(max(starts, step.starts_at), min(ends, step.ends_at))
        for step in steps
        if step.machine in clocks and step.starts_at < ends and step.ends_at > starts
    )
    share = min(1.0, minutes / open_min) if open_min else 0.0
    return Cell(x, round(width, 2), round(width * share, 2), minutes, open_min)
