"""What a plan is made from and what it is: waiting pieces, open batches, frozen ones; no database in sight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from configurator.blanks.shop import Shop
from configurator.production.batching import Formed, Group
from configurator.production.loads import Wear
from configurator.production.routing import Route
from configurator.production.scheduling import Figures, MachineState, Pin, Turn


@dataclass(frozen=True, slots=True)
class WaitingPiece:
    """A piece that waits for its batch; `hold` is the reason why it must not be planned, if there is one.

    patient: its customer waits for company, since that is cheaper: it joins a batch instead of opening one of its own.
    """

    id: int
    code: str
    design_hash: str
    facility: str
    due_at: datetime
    rush: bool
    hold: str | None
    patient: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A waiting piece and how it is made."""

    piece: WaitingPiece
    route: Route


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """An open batch as the last plan left it. turn: None before its first plan; pieces: their ids, most urgent first.

    pin: where somebody wants it to run; held: why it does not close by itself, empty when it does.
    """

    number: str
    group: Group
    opened_at: datetime
    closes_at: datetime
    turn: Turn | None = None
    pieces: tuple[int, ...] = ()
    pin: Pin | None = None
    held: str = ""


@dataclass(frozen=True, slots=True)
class PlanState:
    """Everything a plan depends on. works: what waits and can be read; unreadable: (piece id, why its design cannot).

    worn: what the machines' tools have made.
    open: oldest first; frozen: what is released or lately done, those that end last at the end.
    """

    works: tuple[Work, ...]
    open: tuple[OpenBatch, ...]
    frozen: tuple[MachineState, ...]
    shop: Shop
    now: datetime
    unreadable: tuple[tuple[int, str], ...] = ()
    worn: Wear = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedBatch:
    """An open batch as it is now. works: most urgent first, as in `formed`."""

    batch: OpenBatch
    formed: Formed
    works: tuple[Work, ...]
    turn: Turn

    @property
    def free(self) -> int:
        """Places left."""
        return max(0, self.formed.capacity - len(self.works))


@dataclass(frozen=True, slots=True)
class Plan:
    """Every waiting piece once: in a batch, or in `left` with the reason. removed: batches that nobody is in."""

    batches: tuple[PlannedBatch, ...]
    removed: tuple[OpenBatch, ...]
    left: Mapping[int, str]
    figures: tuple[Figures, ...]
