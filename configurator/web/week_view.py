"""The next days of a facility drawn: when each work centre works, what is a holiday, what stands still.

Across everything is a share of the plot, in per cent, as in the Gantt chart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from configurator.blanks.shop import Facility
from configurator.production.hours import Hours, Window

DAYS = 7
TOP, ROW = 44, 34


@dataclass(frozen=True, slots=True)
class Span:
    """Something on a row. kind: open | down; what: said in words."""

    x: float
    width: float
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class MachineRow:
    """One machine's week; minutes: that it works."""

    label: str
    y: int
    spans: tuple[Span, ...]
    minutes: float


@dataclass(frozen=True, slots=True)
class Week:
    """The picture. days: (x, its local day, the holiday's name or empty)."""

    rows: tuple[MachineRow, ...]
    days: tuple[tuple[float, date, str], ...]
    now_x: float
    height: int

    @property
    def minutes(self) -> float:
        """Machine minutes that can be worked in these days."""
        return sum(row.minutes for row in self.rows)


def week_view(facility: Facility, now: datetime) -> Week:
    """Seven days from today on, midnight to midnight by the facility's clock."""
    hours = Hours.of(facility)
    first = hours.local(now).date()
    edges = [hours.at(first + timedelta(days=n), datetime.min.time()) for n in range(DAYS + 1)]
    rows = tuple(_rows(facility, edges))
    days = tuple(
        (_x(edges, at), hours.local(at).date(), _holiday(facility, hours.local(at).date())) for at in edges[:-1]
    )
    return Week(rows, days, _x(edges, now), TOP + ROW * len(rows) + 8)


def _rows(facility: Facility, edges: Sequence[datetime]) -> Iterator[MachineRow]:
    n = 0
    for centre in facility.centres.values():
        for machine in range(1, centre.count + 1):
            hours = Hours.of(facility, centre.key, machine)
            openings = list(_openings(hours, edges))
            spans = [_span(edges, each, "open", "") for each in openings]
            spans += [_span(edges, each, "down", why) for each, why in _stops(facility, centre.key, machine, edges)]
            yield MachineRow(
                centre.name_of(machine), TOP + ROW * n, tuple(spans), sum(each.minutes for each in openings)
            )
            n += 1


def _openings(hours: Hours, edges: Sequence[datetime]) -> Iterator[Window]:
    for window in hours.windows(edges[0]):
        if window.opens >= edges[-1]:
            return
        yield Window(window.opens, min(window.closes, edges[-1]))


def _stops(facility: Facility, centre: str, machine: int, edges: Sequence[datetime]) -> Iterator[tuple[Window, str]]:
    for down in facility.down:
        if down.concerns(centre, machine) and down.starts_at < edges[-1] and down.ends_at > edges[0]:
            yield Window(max(down.starts_at, edges[0]), min(down.ends_at, edges[-1])), down.reason


def _span(edges: Sequence[datetime], window: Window, kind: str, what: str) -> Span:
    x = _x(edges, window.opens)
    return Span(x, max(0.3, round(_x(edges, window.closes) - x, 2)), kind, what)


def _x(edges: Sequence[datetime], at: datetime) -> float:
    share = (at - edges[0]) / (edges[-1] - edges[0])
    return round(100 * share, 2)


def _holiday(facility: Facility, day: date) -> str:
    return next((each.name for each in facility.holidays if each.first <= day <= each.last), "")
