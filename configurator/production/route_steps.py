"""The steps of a batch: those of all its pieces in one order, and the minutes that each piece takes at each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from configurator.blanks.blank import Operation
from configurator.production.loads import LoadPiece, LoadStep
from configurator.production.routing import Route

LEAD = ""
"""The lead operation goes by this name: pieces of two versions of a blank may call it differently."""


class Due(Protocol):
    """A piece that is to be made by some time."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def due_at(self) -> datetime:
        """When it must be finished."""

    @property
    def order_id(self) -> int:
        """Whose it is."""


class Making(Protocol):
    """A piece with how it is made: waiting, or being released."""

    @property
    def piece(self) -> Due:
        """The piece."""

    @property
    def route(self) -> Route:
        """How it is made."""


def load_steps(works: Sequence[Making]) -> tuple[LoadStep, ...]:
    """Every operation that any piece needs, once. A later piece's own operations stand where its route has them."""
    order: list[Operation] = []
    names: list[str] = []
    for route in {id(work.route): work.route for work in works}.values():
        at = 0
        for step in route.operations:
            name = _name(step, route)
            if name in names:
                at = names.index(name) + 1
            else:
                names.insert(at, name)
                order.insert(at, step)
                at += 1
    return tuple(
        LoadStep(
            step.name,
            step.at,
            step.family,
            step.setup_min,
            name == LEAD,
            step.tool or "",
            step.tool_lasts or 0,
            step.wait_min,
            step.tray,
        )
        for name, step in zip(names, order, strict=True)
    )


def load_pieces(works: Sequence[Making], steps: Sequence[LoadStep]) -> tuple[LoadPiece, ...]:
    """The pieces with their minutes at these steps; the first of a family that is not the step's sets up once more."""
    seen = {(step.name, step.family) for step in steps}
    later: dict[int, tuple[float, ...]] = {}
    pieces = []
    for work in works:
        route = work.route
        runs = later.get(id(route))
        if runs is None:
            # The next ones of this route find everything set up.
            runs, later[id(route)] = _runs(route, steps, seen), _runs(route, steps, seen)
        piece = work.piece
        pieces.append(LoadPiece(piece.id, piece.due_at, route.lead.run_min, runs, piece.order_id))
    return tuple(pieces)


def _runs(route: Route, steps: Sequence[LoadStep], seen: set[tuple[str, str]]) -> tuple[float, ...]:
    """The minutes of one piece at each step; the families that it sets up there are seen from now on."""
    own = {_name(step, route): step for step in route.operations}
    runs = []
    for step in steps:
        operation = own.get(LEAD if step.leads else step.name)
        again = operation is not None and not step.leads and (step.name, operation.family) not in seen
        if operation is not None:
            seen.add((step.name, operation.family))
        runs.append((operation.run_min if operation else 0.0) + (step.setup_min if again else 0.0))
    return tuple(runs)


def _name(step: Operation, route: Route) -> str:
    return LEAD if step is route.lead else step.name
