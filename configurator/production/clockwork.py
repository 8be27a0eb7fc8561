"""Turns by the clock: what is pinned at its time, the rest in its order around it, all within a machine's hours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from configurator.production.hours import Hours, Window
from configurator.production.sequencing import Lot


@dataclass(frozen=True, slots=True)
class Turn:
    """A batch's turn: machine and place in its queue, both from 1; starts_at: when its changeover begins."""

    machine: int
    sequence: int
    changeover_min: float
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Ready:
    """A lot that may start at `earliest`: once its batch has closed, or once the time it is pinned to has come."""

    lot: Lot
    earliest: datetime


@dataclass(frozen=True)
class MachineClock:
    """One machine, from 1: its hours, when it is free, the family it is set up for, minutes from family to lot."""

    machine: int
    hours: Hours
    free: datetime
    family: str | None
    changeover: Callable[[str | None, Lot], float]


def wound(clock: MachineClock, queue: Sequence[Ready], pinned: Sequence[Ready]) -> dict[str, Turn]:
    """Lot -> its turn. The queue keeps its order; a pinned lot goes before what would not be done by its time."""
    turns: dict[str, Turn] = {}
    free, family = clock.free, clock.family
    waiting, pins = list(queue), sorted(pinned, key=lambda pin: (pin.earliest, pin.lot.name))
    while waiting or pins:
        source = waiting
        if pins and (not waiting or _window(clock, waiting[0], free, family).closes > max(free, pins[0].earliest)):
            source = pins
        ready = source.pop(0)
        window = _window(clock, ready, free, family)
        changeover = clock.changeover(family, ready.lot)
        turns[ready.lot.name] = Turn(clock.machine, len(turns) + 1, changeover, window.opens, window.closes)
        free, family = window.closes, ready.lot.family
    return turns


def _window(clock: MachineClock, ready: Ready, free: datetime, family: str | None) -> Window:
    minutes = clock.changeover(family, ready.lot) + ready.lot.run_min
    return clock.hours.fit(max(free, ready.earliest), minutes)
