"""The Gantt chart of one working day: bars and changeovers in the chart's own units, ready to be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from configurator.blanks.shop import Facility
from configurator.production.batch_store import BatchRow
from configurator.production.hours import Hours

LEFT, RIGHT, TOP, ROW, WIDTH = 196, 24, 34, 58, 1352
COLOURS = 6
ROOM_FOR_TEXT = 74


@dataclass(frozen=True, slots=True)
class Bar:
    """A batch on its machine. state: done | run | next | open | late; colour: 1 to 6, its family's."""

    batch: BatchRow
    state: str
    colour: int
    x: float
    width: float
    changeover_x: float
    changeover_width: float
    progress: float

    @property
    def lettered(self) -> bool:
        """Whether its number fits into it."""
        return self.width > ROOM_FOR_TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """One machine."""

    label: str
    state: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Gantt:
    """A day at a facility. hours: (x, local time); now_x and cut_off_x: None when they are not on this day."""

    rows: tuple[Row, ...]
    hours: tuple[tuple[float, str], ...]
    height: int
    opens: datetime
    closes: datetime
    now_x: float | None
    cut_off_x: float | None
    families: Mapping[str, int]


def gantt(facility: Facility, batches: Sequence[BatchRow], now: datetime) -> Gantt:
    """The working day of `now`, or the next one when this one is over, with every batch that runs on it."""
    hours = Hours.of(facility)
    opens, closes = _day(hours, now)
    scale = _Scale(opens, closes)
    shown = [b for b in batches if b.starts_at and b.ends_at and b.ends_at > opens and b.starts_at < closes]
    families = family_colours(batches)
    rows = _rows(facility, shown, families, scale, now)
    cut_off = hours.cut_off_after(now)
    return Gantt(
        rows=tuple(rows),
        hours=tuple(_ticks(hours, scale)),
        height=TOP + ROW * len(rows) + 14,
        opens=opens,
        closes=closes,
        now_x=scale.x(now) if opens <= now <= closes else None,
        cut_off_x=scale.x(cut_off) if opens <= cut_off <= closes else None,
        families=families,
    )


def family_colours(batches: Sequence[BatchRow]) -> Mapping[str, int]:
    """Family -> colour 1 to 6, in the order in which they come; the seventh shares the first's."""
    names = dict.fromkeys(batch.family for batch in batches)
    return {name: index % COLOURS + 1 for index, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class _Scale:
    opens: datetime
    closes: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.opens) / (self.closes - self.opens)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, share)), 1)


def _day(hours: Hours, now: datetime) -> tuple[datetime, datetime]:
    window = next(iter(hours.windows(now)))
    day = hours.day_of(hours.local(window.opens).date())
    return (day.opens, day.closes) if day else (window.opens, window.closes)


def _rows(
    facility: Facility, batches: Sequence[BatchRow], families: Mapping[str, int], scale: _Scale, now: datetime
) -> list[Row]:
    """One row for every machine that has something to do."""
    rows: list[Row] = []
    for centre in facility.centres.values():
        for machine in range(1, centre.count + 1):
            own = [b for b in batches if b.work_centre == centre.key and b.machine == machine]
            if not own:
                continue
            label = centre.label if centre.count == 1 else f"{centre.label} {machine}"
            bars = tuple(_bar(batch, families[batch.family], scale, now) for batch in own)
            rows.append(Row(label, _row_state(bars), TOP + ROW * len(rows), bars))
    return rows


def _row_state(bars: Sequence[Bar]) -> str:
    if any(bar.state == "run" for bar in bars):
        return "running"
    return "waits" if any(bar.state in ("next", "open", "late") for bar in bars) else "nothing planned"


def _bar(batch: BatchRow, colour: int, scale: _Scale, now: datetime) -> Bar:
    starts, ends = batch.starts_at or now, batch.ends_at or now
    set_up = starts + timedelta(minutes=batch.changeover_min)
    x, changeover_x = scale.x(set_up), scale.x(starts)
    made = batch.made / batch.pieces if batch.pieces else 0
    return Bar(
        batch=batch,
        state=_state(batch, starts, ends, now),
        colour=colour,
        x=x,
        width=max(3.0, round(scale.x(ends) - x - 2, 1)),
        changeover_x=changeover_x,
        changeover_width=round(max(0.0, x - changeover_x - 1), 1),
        progress=round(made, 3),
    )


def _state(batch: BatchRow, starts: datetime, ends: datetime, now: datetime) -> str:
    if batch.status == "done":
        return "done"
    if batch.status == "open":
        return "open"
    if ends < now:
        return "late"
    return "run" if starts <= now else "next"


def _ticks(hours: Hours, scale: _Scale) -> list[tuple[float, str]]:
    tick = hours.local(scale.opens).replace(minute=0, second=0, microsecond=0)
    if tick < scale.opens:
        tick += timedelta(hours=1)
    ticks = []
    while tick <= scale.closes:
        ticks.append((scale.x(tick), f"{tick:%H:%M}"))
        tick += timedelta(hours=1)
    return ticks
