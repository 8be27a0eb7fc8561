"""Batches and machines as scheduling sees them, and what comes of it: turns and figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from configurator.blanks.blank import TRAY
from configurator.production.batching import Group
from configurator.production.hours import Hours
from configurator.production.turns import Task, Turn

Wear = Mapping[tuple[str, str, int, str], int]
"""(facility, work centre, machine, tool) -> pieces that the tool has made since it was changed."""

Times = tuple[datetime, datetime]
"""When the first and when the last of some pieces are done."""

Begun = Mapping[int, Times]
"""Order -> when its pieces are done that are being made or are made: no plan moves them."""


@dataclass(frozen=True, slots=True)
class LoadStep:
    """A step of a batch's route: what it is called, its work centre, setup family and setup minutes.

    tool: what wears at it, lasting so many pieces; empty and 0: nothing does. wait_min: by the clock, until the next
    step may begin. tray: pieces that go on to it together, 0: all.
    """

    name: str
    at: str
    family: str
    setup_min: float
    leads: bool
    tool: str = ""
    tool_lasts: int = 0
    wait_min: float = 0.0
    tray: int = TRAY


@dataclass(frozen=True, slots=True)
class LoadPiece:
    """A piece of a batch to be scheduled; `id` rises with the time of ordering.

    run_min: of the lead step; runs: minutes at each of the batch's steps, 0 where it skips one. order: of which it is
    to be finished together with the others; 0: of none.
    """

    id: int
    due_at: datetime
    run_min: float
    runs: tuple[float, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """Where somebody wants a batch to run: a machine, from 1, and a time before which it does not begin."""

    machine: int
    not_before: datetime


@dataclass(frozen=True)
class Load:
    """A batch to be scheduled. setup_min: its changeover where the shop's matrix says nothing.

    closes_at: it fills until then, and runs no sooner. before: machine and sequence by the plan so far, if any.
    sheets: of material that its pieces take, per_sheet: pieces on a full one; 0 without sheets.
    """

    number: str
    group: Group
    setup_min: float
    pieces: tuple[LoadPiece, ...]
    closes_at: datetime | None = None
    pin: Pin | None = None
    before: tuple[int, int] | None = None
    sheets: int = 0
    per_sheet: int = 0
    steps: tuple[LoadStep, ...] = ()

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Its steps by the clock, those that a piece needs; the lead step alone if nothing is said of others."""
        if not self.steps:
            run = sum(piece.run_min for piece in self.pieces)
            group = self.group
            return (Task("", group.work_centre, group.family, self.setup_min, run, len(self.pieces), leads=True),)
        tasks = [_task(step, [piece.runs[n] for piece in self.pieces]) for n, step in enumerate(self.steps)]
        return tuple(task for task in tasks if task.pieces or task.leads)


def _task(step: LoadStep, runs: Sequence[float]) -> Task:
    pieces = sum(run > 0 for run in runs)
    tool = (step.tool, step.tool_lasts, step.setup_min)
    going_on = (step.wait_min, step.tray)
    return Task(step.name, step.at, step.family, step.setup_min, sum(runs), pieces, step.leads, *tool, *going_on)


@dataclass(frozen=True, slots=True)
class MachineState:
    """A batch frozen for a machine (from 1): the family it leaves it set up for, until when it runs.

    minutes: from its start, changeover and run; left_min: run minutes of the pieces that are not made yet.
    """

    number: str
    facility: str
    work_centre: str
    machine: int
    family: str
    ends_at: datetime | None
    done: bool
    starts_at: datetime | None = None
    minutes: float = 0
    left_min: float = 0

    def until(self, hours: Hours, now: datetime) -> datetime:
        """When its machine is free: as planned, later if it stood still meanwhile or is not done in time."""
        if self.done or self.ends_at is None:
            return now
        planned = self.ends_at
        if self.starts_at is not None:
            planned = max(planned, hours.running_on(self.starts_at, self.minutes).closes)
        return planned if planned > now or not self.left_min else hours.running_on(now, self.left_min).closes


@dataclass(frozen=True, slots=True)
class Figures:
    """What a facility's plan amounts to, beside making the same pieces in the order of arrival."""

    facility: str
    pieces: int
    batches: int
    changeover_min: float
    late: int
    first_come_changeover_min: float
    first_come_late: int
    sheets: int = 0
    first_come_sheets: int = 0


@dataclass(frozen=True, slots=True)
class Timetable:
    """Batch number -> its turn; figures by facility."""

    turns: Mapping[str, Turn]
    figures: tuple[Figures, ...]
