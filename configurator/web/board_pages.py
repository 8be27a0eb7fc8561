"""The workshop's board: what is to be made, what needs somebody, the day's plan and the batches that fill."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.shop import Facility
from configurator.orders.planning_wanted import subject, want_plans
from configurator.production.batch_store import (
    BatchRow,
    UnplannedPiece,
    batch_by_number,
    batches_since,
    open_batches,
    plan_figures,
    unplanned,
)
from configurator.production.causes import places_with_work
from configurator.production.change_store import moves_since
from configurator.production.company_store import Wait, waits_at
from configurator.production.economics import PieceCost, cost_full, cost_now
from configurator.production.hours import Hours
from configurator.production.piece_store import PieceCounts, piece_counts
from configurator.production.plan_store import places_needing
from configurator.production.promise_watch import Breaking, Teller, breaking, tell_later
from configurator.production.releasing import release
from configurator.production.rows import PlanChange, PlanFigures, StandStill
from configurator.production.rush_notes import RushNoted, rushes_since
from configurator.production.standing_still import named, standing_still
from configurator.production.step_store import StepRow, steps_between
from configurator.web.forms import Form
from configurator.web.gantt import Gantt, day_shown, family_colours, gantt, next_day_with_work
from configurator.web.guards import makers_only, person
from configurator.web.load_view import LoadView, load_days, load_view
from configurator.web.machines_now import MachineNow, machines_now
from configurator.web.rendering import AnyRequest, Pages, wants_fragment
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

FAR = timedelta(days=1000)
LATELY = timedelta(hours=24)
"""How long the board still tells what has moved."""

WORTH_WAITING = 0.05
"""Share of a piece's cost that a full batch must save for the board to advise waiting."""


@dataclass(frozen=True)
class Filling:
    """An open batch as its card shows it: colour of its family, cost now and when full, whether to release now."""

    batch: BatchRow
    colour: int
    now: PieceCost
    full: PieceCost
    label: str

    @property
    def saves(self) -> int:
        """What a full batch would save a piece, minor units; 0 when that rounds to nothing."""
        return max(0, self.now.total - self.full.total)

    @property
    def worth_releasing(self) -> bool:
        """Whether waiting for more pieces would save next to nothing a piece."""
        return self.batch.pieces > 0 and self.saves <= self.now.total * WORTH_WAITING


@dataclass(frozen=True)
class Board:
    """All figures of the board, read in one transaction so that they agree with each other."""

    counts: PieceCounts
    figures: PlanFigures | None
    gantt: Gantt
    machines: Sequence[MachineNow]
    load: LoadView
    open: Sequence[Filling]
    left_out: Sequence[Sequence[UnplannedPiece]]
    moves: Sequence[PlanChange]
    rushes: Sequence[RushNoted]
    still: Sequence[tuple[StandStill, str]]
    failed: int
    planning: datetime | None
    breaking: Sequence[Breaking]
    cut_off: datetime
    waits: Mapping[str, tuple[Wait, ...]]

    @property
    def needing(self) -> int:
        """How many things somebody must look at: promises that break, late pieces, pieces in no batch, and so on."""
        return len(self.breaking) + (self.counts.late > 0) + len(self.left_out) + len(self.still) + self.failed


@get("/workshop", guards=[makers_only], sync_to_thread=True)
def board(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The board of one facility."""
    values = frame(request, wiring, "board")
    found = _board(wiring, values["facility"], values["now"], _day(request, values["now"].date()))
    centres = {key: centre.label for key, centre in values["facility"].centres.items()}
    return pages.page(request, "workshop/board.html", {**values, "board": found, "centres": centres})


@post("/workshop/plans", guards=[makers_only], sync_to_thread=True)
def plan_now(wiring: Wiring, form: Form) -> Redirect:
    """Have a facility planned again; the board says when that is done."""
    key = _place(wiring, form)
    with wiring.database.write() as session:
        found = {place for place in places_needing(session) if place[0] == key}
        want_plans(session, wiring.jobs, found.union(places_with_work(session, key)))
    return Redirect(f"/workshop?at={key}", status_code=303)


@get("/workshop/planning", guards=[makers_only], sync_to_thread=True)
def planning(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """Whether a plan is being made: the board asks again and again, and then offers what has come of it."""
    values = frame(request, wiring, "board")
    if not wants_fragment(request.headers):
        return Redirect(f"/workshop?at={values['facility'].key}", status_code=303)
    with wiring.database.read() as session:
        figures = plan_figures(session, values["facility"].key)
        values["planning"] = wiring.jobs.since(session, "plan", subject(values["facility"].key))
    values |= {"made_at": figures[0].made_at if figures else None, "anew": True}
    return pages.page(request, "workshop/_planning.html", values)


@post("/workshop/batches/{number:str}/release", guards=[makers_only], sync_to_thread=True)
def release_batch(number: str, request: AnyRequest, wiring: Wiring) -> Redirect:
    """Freeze a batch; its package is written in the background."""
    with wiring.database.write() as session:
        found = batch_by_number(session, number)
        release(
            session,
            found.id,
            who=person(request).name,
            catalogue=wiring.catalogue,
            jobs=wiring.jobs,
            now=wiring.clock.now(),
        )
    return Redirect(f"/workshop/batches/{found.number}", status_code=303)


@post("/workshop/orders/{number:str}/delays", guards=[makers_only], sync_to_thread=True)
def told_later(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Tell an order's customer that it comes later, and when; once."""
    teller = Teller(person(request).name, wiring.catalogue.shop, wiring.jobs, wiring.clock.now())
    with wiring.database.write() as session:
        tell_later(session, number, teller, form.number("line") or 0)
    return Redirect(f"/workshop?at={_place(wiring, form)}#breaking", status_code=303)


def _day(request: AnyRequest, today: date) -> date | None:
    """The day asked for with ?day=; None when it is none, or nothing can have been planned on it."""
    try:
        day = date.fromisoformat(str(request.query_params.get("day", "")))
    except ValueError:
        return None
    return day if abs(day - today) < FAR else None


def _board(wiring: Wiring, facility: Facility, now: datetime, day: date | None) -> Board:
    midnight = now.astimezone(ZoneInfo(facility.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    with wiring.database.read() as session:
        since = min(midnight, midnight + (day - midnight.date())) if day else midnight
        lately = batches_since(session, since, facility.key)
        filling = open_batches(session, facility.key)
        steps = _steps(session, facility, now, day)
        shown = day or next_day_with_work(facility, lately, steps, load_days(facility, now))
        figures, colours = plan_figures(session, facility.key), family_colours(lately)
        return Board(
            counts=piece_counts(session, now=now, until=midnight + timedelta(days=1), facility=facility.key),
            figures=figures[0] if figures else None,
            gantt=gantt(facility, lately, steps, now, shown),
            machines=machines_now(facility, lately, steps, colours, now),
            load=load_view(facility, steps, now),
            open=[_filling(batch, colours, facility) for batch in filling],
            left_out=_together(unplanned(session, facility.key)),
            moves=moves_since(session, facility.key, now - LATELY),
            rushes=rushes_since(session, facility.key, now - LATELY),
            still=[
                (row, named(row, facility))
                for row in standing_still(session, facility.key, now)
                if row.starts_at <= now
            ],
            failed=len(wiring.jobs.failed(session)),
            breaking=breaking(session, wiring.catalogue.shop, now, facility.key),
            planning=wiring.jobs.since(session, "plan", subject(facility.key)),
            cut_off=Hours.of(facility).cut_off_after(now),
            waits=waits_at(session, facility.key),
        )


def _together(pieces: Iterable[UnplannedPiece]) -> list[list[UnplannedPiece]]:
    """Pieces of one order with following numbers that lack the same, in one row."""

    def alike(numbered: tuple[int, UnplannedPiece]) -> tuple[str, str, str, int]:
        place, piece = numbered
        return piece.order_number, piece.title, piece.reason, _number(piece) - place

    return [[piece for _, piece in row] for _, row in groupby(enumerate(pieces), alike)]


def _number(piece: UnplannedPiece) -> int:
    return int(piece.code.rpartition("-")[2])


def _steps(session: Session, facility: Facility, now: datetime, day: date | None) -> Sequence[StepRow]:
    """The steps of the day that is drawn and of those whose load is."""
    days = [day_shown(facility, now, day), *load_days(facility, now)]
    midnight = time(0)
    since, until = (Hours.of(facility).at(each, midnight) for each in (min(days), max(days) + timedelta(days=1)))
    return steps_between(session, facility.key, since, until)


def _filling(batch: BatchRow, colours: Mapping[str, int], facility: Facility) -> Filling:
    return Filling(
        batch=batch,
        colour=colours.get(batch.family, 1),
        now=cost_now(batch, batch.pieces),
        full=cost_full(batch, batch.pieces),
        label=facility.centres[batch.work_centre].label,
    )


def _place(wiring: Wiring, form: Form) -> str:
    """The facility the form came from, if there is one of that name."""
    keys = {facility.key for facility in wiring.catalogue.shop.facilities}
    return form.text("facility") if form.text("facility") in keys else next(iter(sorted(keys)))


ROUTES = [board, plan_now, planning, told_later, release_batch]
