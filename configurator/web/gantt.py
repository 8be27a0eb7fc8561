"""The Gantt chart of one working day: bars, changeovers, closed and down times.

Across everything is a share of the plot, in per cent: it is as wide as the screen, and its letters stay as large.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from configurator.blanks.shop import Facility
from configurator.production.batch_store import BatchRow
from configurator.production.hours import Hours
from configurator.production.step_store import StepRow
from configurator.web.bar_letters import ROOM_FOR_NUMBER, ROOM_FOR_TEXT, Letters, letters

TOP, ROW = 34, 58
COLOURS = 6
LEAST_WIDTH, BETWEEN = 0.4, 0.17
LEAST_SHOWN = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Bar:
    """A batch on its machine. state: done | run | next | open | late; colour: 1 to 6, its family's.

    letters: where there is room for its number.
    """

    batch: BatchRow
    state: str
    colour: int
    x: float
    width: float
    changeover_x: float
    changeover_width: float
    progress: float
    letters: tuple[Letters, ...] = ()


@dataclass(frozen=True, slots=True)
class StepBar:
    """Another step of a batch on its machine, drawn slimmer; its changeover is in front of it."""

    step: StepRow
    x: float
    width: float
    changeover_x: float
    changeover_width: float
    letters: tuple[Letters, ...] = ()


@dataclass(frozen=True, slots=True)
class Shade:
    """A time at which a machine does not work. why: empty while it is closed, else what is wrong with it."""

    x: float
    width: float
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One machine, from 1, of a work centre. down: why it stands still now; empty when it does not."""

    centre: str
    machine: int
    label: str
    state: str
    y: int
    bars: tuple[Bar, ...]
    steps: tuple[StepBar, ...]
    shades: tuple[Shade, ...]
    down: str


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
    day: date
    earlier: date
    later: date


def day_shown(facility: Facility, now: datetime, day: date | None = None) -> date:
    """The working day of `now` or the next, or the one that is asked for."""
    hours = Hours.of(facility)
    return hours.workday_after(day or hours.local(next(iter(hours.windows(now))).opens).date(), 0)


def next_day_with_work(
    facility: Facility, batches: Sequence[BatchRow], steps: Sequence[StepRow], days: Sequence[date]
) -> date:
    """The first of these working days on which anything runs; the first of all if nothing does."""
    times = [(b.starts_at, b.ends_at) for b in batches if b.starts_at and b.ends_at]
    times += [(step.starts_at, step.ends_at) for step in steps]
    scales = ((day, _scale(facility, day)) for day in days)
    return next((day for day, scale in scales if any(_on(*each, scale) for each in times)), days[0])


def gantt(
    facility: Facility, batches: Sequence[BatchRow], steps: Sequence[StepRow], now: datetime, day: date | None = None
) -> Gantt:
    """A working day with every batch and every other step that runs on it; of today what is still to come."""
    hours, chosen = Hours.of(facility), day_shown(facility, now, day)
    whole = _scale(facility, chosen)
    others = [step for step in steps if not step.leads and _on(step.starts_at, step.ends_at, whole)]
    shown = [b for b in batches if b.starts_at and b.ends_at and b.ends_at > whole.opens and b.starts_at < whole.closes]
    starts = [*(batch.starts_at for batch in shown if batch.starts_at), *(step.starts_at for step in others)]
    scale = _from_now_on(whole, now, starts)
    families = family_colours(batches)
    rows = tuple(_rows(facility, (shown, others), families, scale, now))
    cut_off = hours.cut_off_after(now)
    return Gantt(
        rows=rows,
        hours=tuple(_ticks(hours, scale)),
        height=TOP + ROW * len(rows) + 14,
        opens=scale.opens,
        closes=scale.closes,
        now_x=scale.x(now) if scale.opens <= now <= scale.closes else None,
        cut_off_x=scale.x(cut_off) if scale.opens <= cut_off <= scale.closes else None,
        families={name: families[name] for name in dict.fromkeys(batch.family for batch in shown)},
        day=chosen,
        earlier=_workday_before(hours, chosen),
        later=hours.workday_after(chosen, 1),
    )


def family_colours(batches: Sequence[BatchRow]) -> Mapping[str, int]:
    """Family -> colour 1 to 6, in the order in which they come; the seventh shares the first's."""
    names = dict.fromkeys(batch.family for batch in batches)
    return {name: index % COLOURS + 1 for index, name in enumerate(names)}


def down_now(facility: Facility, centre: str, machine: int, now: datetime) -> str:
    """Why a machine stands still at this moment; empty when it does not."""
    found = (
        each.reason for each in facility.down if each.concerns(centre, machine) and each.starts_at <= now < each.ends_at
    )
    return next(found, "")


@dataclass(frozen=True, slots=True)
class _Scale:
    opens: datetime
    closes: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.opens) / (self.closes - self.opens)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def width(self, starts: datetime, ends: datetime) -> float:
        return round(self.x(ends) - self.x(starts), 2)


def _scale(facility: Facility, day: date) -> _Scale:
    """From the first to the last work of the day, of any work centre."""
    windows = [Hours.of(facility, key).day_of(day) for key in ("", *facility.centres)]
    found = [window for window in windows if window]
    return _Scale(min(window.opens for window in found), max(window.closes for window in found))


def _from_now_on(day: _Scale, now: datetime, starts: Sequence[datetime]) -> _Scale:
    """Of today without the full hours that are over and in which nothing began that is shown: bars have more room."""
    if not day.opens <= now < day.closes:
        return day
    first = min([now, *starts]).replace(minute=0, second=0, microsecond=0)
    return _Scale(max(day.opens, min(first, day.closes - LEAST_SHOWN)), day.closes)


def _workday_before(hours: Hours, day: date) -> date:
    day -= timedelta(days=1)
    while not hours.works_on(day):
        day -= timedelta(days=1)
    return day


def _rows(
    facility: Facility,
    work: tuple[Sequence[BatchRow], Sequence[StepRow]],
    families: Mapping[str, int],
    scale: _Scale,
    now: datetime,
) -> Iterator[Row]:
    """All machines of every work centre that has something to do or of which one stands still."""
    n = 0
    batches, steps = work
    for centre in facility.centres.values():
        own = [batch for batch in batches if batch.work_centre == centre.key]
        others = [step for step in steps if step.work_centre == centre.key]
        down = [
            each
            for each in facility.down
            if each.work_centre == centre.key and _on(each.starts_at, each.ends_at, scale)
        ]
        if not own and not others and not down:
            continue
        used = [batch.machine for batch in own] + [step.machine for step in others]
        for machine in range(1, max([centre.count, *used]) + 1):
            bare = [_bar(b, families[b.family], scale, now) for b in own if b.machine == machine]
            slim = [_step_bar(step, scale) for step in others if step.machine == machine]
            begun = sorted([each.changeover_x for each in bare] + [each.changeover_x for each in slim])
            bars = tuple(replace(each, letters=letters(each, begun, ROOM_FOR_TEXT)) for each in bare)
            extra = tuple(replace(each, letters=letters(each, begun, ROOM_FOR_NUMBER)) for each in slim)
            shades = tuple(_shades(facility, centre.key, machine, scale))
            why = down_now(facility, centre.key, machine, now)
            label = centre.name_of(machine)
            state = _row_state(bars, extra, now)
            yield Row(centre.key, machine, label, state, TOP + ROW * n, bars, extra, shades, why)
            n += 1


def _on(starts: datetime, ends: datetime, scale: _Scale) -> bool:
    return starts < scale.closes and ends > scale.opens


def _shades(facility: Facility, centre: str, machine: int, scale: _Scale) -> Iterator[Shade]:
    """What is closed, and over it what stands still."""
    free = scale.opens
    for window in Hours.of(facility, centre).windows(scale.opens):
        until = min(window.opens, scale.closes)
        if until > free:
            yield Shade(scale.x(free), scale.width(free, until), "")
        free = window.closes
        if window.closes >= scale.closes:
            break
    for down in facility.down:
        if down.concerns(centre, machine) and _on(down.starts_at, down.ends_at, scale):
            yield Shade(scale.x(down.starts_at), scale.width(down.starts_at, down.ends_at), down.reason)


def _row_state(bars: Sequence[Bar], steps: Sequence[StepBar], now: datetime) -> str:
    if (bars or steps) and all(each.state == "done" for each in bars) and all(s.step.status == "done" for s in steps):
        return "done"
    live = [each.step for each in steps if each.step.status != "done" and each.step.ends_at > now]
    if any(bar.state == "run" for bar in bars) or any(s.status == "released" and s.starts_at <= now for s in live):
        return "running"
    return "waits" if live or any(bar.state in ("next", "open", "late") for bar in bars) else "nothing planned"


def _step_bar(step: StepRow, scale: _Scale) -> StepBar:
    x, changeover_x = scale.x(step.starts_at + timedelta(minutes=step.changeover_min)), scale.x(step.starts_at)
    width = max(LEAST_WIDTH, round(scale.x(step.ends_at) - x - BETWEEN, 2))
    return StepBar(step, x, width, changeover_x, round(x - changeover_x, 2))


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
        width=max(LEAST_WIDTH, round(scale.x(ends) - x - BETWEEN, 2)),
        changeover_x=changeover_x,
        changeover_width=round(x - changeover_x, 2),
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
