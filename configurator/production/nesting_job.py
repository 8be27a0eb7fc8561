"""The durable job "nest": one open batch of contour-cut pieces at a time, laid by its outlines."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import Polygon
from sqlmodel import Session

from configurator.blanks.blank import SheetSpec
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.methods import Method
from configurator.clock import Clock
from configurator.database import Database
from configurator.errors import Refusal
from configurator.jobs.contract import Finish, Handler
from configurator.production.batch_store import pieces_of
from configurator.production.densities import densities, density_of, note_denser
from configurator.production.design_reading import routes
from configurator.production.laying_out import lay_out_batch
from configurator.production.layout_store import Sought, Wanted, keep_layout, next_wanted, outlines_of
from configurator.production.shape_layout import LyingPiece, Outlines, ShapeLayout, fingerprint, shaped_sheet, spot
from configurator.production.shape_nesting import PlacedShape, Shape, nested, sheets_of
from configurator.production.sheet_proving import needed, sheet_faults

SEED, SECONDS = 1, 20
"""Of a search. As it ends by time, its result is kept: a second search may find another."""

_ONE = threading.Lock()
"""Held while this process nests: the other threads are for jobs that somebody waits for."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a search needs, read at once; the transaction is over before it begins."""

    wanted: Wanted
    pieces: tuple[LyingPiece, ...]
    outlines: Outlines


def nesting_handler(database: Database, catalogue: Catalogue, clock: Clock, *, seconds: int = SECONDS) -> Handler:
    """Finds the layout that is wanted first and keeps it, if it is still wanted then.

    Killed at any moment it leaves rectangles, and the next one begins again. seconds: 0 for no search at all.
    """

    def nest(_: Mapping[str, Any]) -> Finish | None:
        if not seconds or not _ONE.acquire(blocking=False):
            return None
        try:
            with database.read() as session:
                task = next_task(session, catalogue)
            sought = by_outlines(task, catalogue.shop.methods, seconds=seconds) if task else None
        finally:
            _ONE.release()

        def finish(session: Session) -> None:
            if task and sought:
                before = densities(session)
                if keep_layout(session, task.wanted, sought, clock.now()):
                    note_denser(session, task.wanted.batch_id, before, clock.now())

        return finish

    return nest


def next_task(session: Session, catalogue: Catalogue) -> Task | None:
    """The batch that closes first among those whose layout is wanted. One that changes just now comes with the plan."""
    wanted = next_wanted(session)
    if wanted is None:
        return None
    rows = pieces_of(session, wanted.batch_id)
    known = routes(session, {row.design_hash for row in rows}, catalogue)
    found = [(row.code, row.design_hash, known[row.design_hash]) for row in rows]
    pieces = tuple((code, design, route) for code, design, route in found if not isinstance(route, Refusal))
    if fingerprint(pieces) != wanted.fingerprint:
        return Task(wanted, (), {})
    return Task(wanted, pieces, outlines_of(session, [(design, route) for _, design, route in pieces]))


def by_outlines(task: Task, methods: Mapping[str, Method], *, seconds: int) -> Sought:
    """The layout, if it takes fewer sheets or less length than rectangles and the checker finds nothing wrong."""
    pieces = task.pieces
    spec = shaped_sheet([route for _, _, route in pieces])
    if spec is None:
        return Sought(None, SEED, seconds)
    placed = nested(_shapes(task), spec, seed=SEED, seconds=seconds)
    routed = [(code, route) for code, _, route in pieces]
    flat = lay_out_batch(routed, methods)
    before = needed(flat, pieces, task.outlines)
    found = ShapeLayout(placed, _used(placed, task, spec), before[0])
    layout = lay_out_batch(routed, methods, found)
    after = needed(layout, pieces, task.outlines)
    if after >= before or sheet_faults(layout, pieces, task.outlines):
        return Sought(None, SEED, seconds, density_of(flat, pieces, spec, before[1]))
    return Sought(found, SEED, seconds, density_of(layout, pieces, spec, after[1]))


def _shapes(task: Task) -> list[Shape]:
    return [
        Shape(spot(code, each.name), task.outlines[design, each.name])
        for code, design, route in task.pieces
        for each in route.on_sheet
    ]


def _used(placed: Sequence[PlacedShape], task: Task, spec: SheetSpec) -> tuple[float, ...]:
    """The share of every sheet that pieces cover."""
    areas = {shape.name: Polygon(shape.outline).area for shape in _shapes(task)}
    covered = dict.fromkeys(range(1, sheets_of(placed) + 1), 0.0)
    for each in placed:
        covered[each.sheet] += areas[each.name]
    return tuple(round(area / (spec.size_mm[0] * spec.size_mm[1]), 4) for area in covered.values())
