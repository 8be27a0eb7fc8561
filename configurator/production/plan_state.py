"""What a plan is made from and what it is: waiting pieces, open batches, frozen ones; no database in sight."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from configurator.blanks.shop import Shop
from configurator.production.batching import Densities, Formed, Group
from configurator.production.loads import Begun, Wear
from configurator.production.routing import Route
from configurator.production.scheduling import Figures, MachineState, Pin, Turn
from configurator.production.turns import Place


@dataclass(frozen=True, slots=True)
class WaitingPiece:
    """A piece that waits for its batch; `hold` is the reason why it must not be planned, if there is one.

    patient: its customer waits for company, since that is cheaper: it joins a batch instead of opening one of its own.
    process: the work centre that leads its route, with which its facility plans it. order_id: whose pieces it waits for
    and that wait for it; 0: it leaves as it is ready.
    """

    id: int
    code: str
    design_hash: str
    facility: str
    due_at: datetime
    rush: bool
    hold: str | None
    patient: bool = False
    process: str = ""
    order_id: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """A waiting piece and how it is made."""

    piece: WaitingPiece
    route: Route


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """An open batch as the last plan left it. turn: None before its first plan; pieces: their ids, most urgent first.

    pin: where somebody wants it to run; held: why it does not close by itself, empty when it does.
    capacity, per_sheet, sheets: as in `Formed`. place: its turn on its machine by its own process's search, from 1,
    before orders were brought together; 0: it had none.
    """

    number: str
    group: Group
    opened_at: datetime
    closes_at: datetime
    turn: Turn | None = None
    pieces: tuple[int, ...] = ()
    pin: Pin | None = None
    held: str = ""
    capacity: int = 0
    per_sheet: int = 0
    sheets: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class PlanState:
    """Everything a plan depends on. works: what waits and can be read; unreadable: (piece, why its design cannot).

    worn: what the machines' tools have made. densities: how densely cut shapes were nested lately. begun: of the same
    orders, what is being made. open: oldest first; frozen: what is released or lately done, those that end last at the
    end.
    """

    works: tuple[Work, ...]
    open: tuple[OpenBatch, ...]
    frozen: tuple[MachineState, ...]
    shop: Shop
    now: datetime
    unreadable: tuple[tuple[WaitingPiece, str], ...] = ()
    worn: Wear = field(default_factory=dict)
    densities: Densities = field(default_factory=dict)
    begun: Begun = field(default_factory=dict)

    def places(self) -> list[Place]:
        """Every (facility, process) that something waits or is open for."""
        works = {(work.piece.facility, work.route.lead.at) for work in self.works}
        batches = {(batch.group.facility, batch.group.work_centre) for batch in self.open}
        return sorted(works | batches | {(piece.facility, piece.process) for piece, _ in self.unreadable})

    def at(self, place: Place) -> "PlanState":
        """What the search for one process of a facility depends on, and nothing else."""
        facility, _ = place
        return replace(
            self,
            works=tuple(w for w in self.works if (w.piece.facility, w.route.lead.at) == place),
            unreadable=tuple(one for one in self.unreadable if (one[0].facility, one[0].process) == place),
            open=tuple(b for b in self.open if (b.group.facility, b.group.work_centre) == place),
            frozen=tuple(state for state in self.frozen if state.facility == facility),
            worn={key: pieces for key, pieces in self.worn.items() if key[0] == facility},
            densities={key: share for key, share in self.densities.items() if key[0] == facility},
            begun={},
            shop=replace(self.shop, queues={}),
        )


@dataclass(frozen=True, slots=True)
class PlannedBatch:
    """An open batch as it is now. works: most urgent first, as in `formed`. gathered: it has another place in its queue
    than its process gave it, so that orders finish closer together."""

    batch: OpenBatch
    formed: Formed
    works: tuple[Work, ...]
    turn: Turn
    gathered: bool = False

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
