"""What runs on the clock: steps, batches on their way, machines, their queues; and the turns that come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from configurator.blanks.blank import TRAY
from configurator.production.hours import Hours

Key = tuple[str, int]
"""A machine: the key of its work centre, its number from 1."""

Place = tuple[str, str]
"""What is planned by itself: a facility, and the process, which is the work centre of the lead steps."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step of a batch. pieces: that need it; run_min: of all of them; leads: its place in a queue is planned.

    tool: what wears, if anything does: it lasts `tool_lasts` pieces, and changing it takes `tool_min`. wait_min: by the
    clock, until a later step may begin. tray: pieces that go on together, 0: all.
    """

    name: str
    at: str
    family: str
    setup_min: float
    run_min: float
    pieces: int
    leads: bool = False
    tool: str = ""
    tool_lasts: int = 0
    tool_min: float = 0.0
    wait_min: float = 0.0
    tray: int = TRAY

    @property
    def tray_min(self) -> float:
        """Run minutes of one of its own trays."""
        return self.minutes_of(self.tray)

    def minutes_of(self, tray: int) -> float:
        """Run minutes of what comes in such a tray; 0: of everything."""
        return self.run_min * min(tray or self.pieces, self.pieces) / self.pieces if self.pieces else 0.0


@dataclass(frozen=True, slots=True)
class Job:
    """A batch on its way: it begins at `earliest`, its lead step at `not_before` if that is later.

    due: of its most urgent piece; of two steps that could begin at once, rush and then the more urgent one does, then
    the one whose first piece was ordered first (arrived: its id), whatever number the batch was given.
    """

    number: str
    tasks: tuple[Task, ...]
    earliest: datetime
    due: datetime
    rush: bool = False
    not_before: datetime | None = None
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class StepTurn:
    """When a step runs where; starts_at: when its changeover begins, which includes changing a worn tool.

    worn: pieces that the machine's tool has made once the step is done; tool_changes: how often it is changed for it.
    """

    name: str
    work_centre: str
    machine: int
    family: str
    changeover_min: float
    starts_at: datetime
    ends_at: datetime
    leads: bool
    tool: str = ""
    worn: int = 0
    tool_changes: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """A batch's turn: machine and place in its queue, both from 1; starts_at: when its lead changeover begins.

    ends_at: of the lead step; done_at: of the last one; steps: all, in their order.
    """

    machine: int
    sequence: int
    changeover_min: float
    starts_at: datetime
    ends_at: datetime
    done_at: datetime | None = None
    steps: tuple[StepTurn, ...] = ()

    @property
    def finished_at(self) -> datetime:
        """When its pieces are made."""
        return self.done_at or self.ends_at


@dataclass(slots=True)
class Station:
    """One machine while its clock runs: its hours, when it is free, what it is set up for, what its tools have made."""

    hours: Hours
    free: datetime
    family: str | None
    worn: dict[str, int] = field(default_factory=dict)

    def changes(self, task: Task) -> int:
        """How often the task's tool is changed before and during it."""
        if not task.tool or not task.tool_lasts:
            return 0
        return max(0, ceil((self.worn.get(task.tool, 0) + task.pieces) / task.tool_lasts) - 1)

    def wear(self, task: Task) -> int:
        """The task has run: pieces that its tool has made since it was changed."""
        if not task.tool:
            return 0
        total = self.worn.get(task.tool, 0) + task.pieces - self.changes(task) * task.tool_lasts
        self.worn[task.tool] = total
        return total


@dataclass(frozen=True, slots=True)
class Queues:
    """The lead steps that wait for a machine, in their order, and those that are pinned to it."""

    waiting: Mapping[Key, Sequence[str]]
    pinned: Mapping[Key, Sequence[str]] = field(default_factory=dict)
