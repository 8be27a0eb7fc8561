"""A facility in the workshop: its week, machines, stand-stills and rules, and the setup matrix; all can be changed."""

from collections.abc import Callable
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.calendar import DAYS
from configurator.blanks.marks import KINDS
from configurator.designs.families import known_families, unheard_of
from configurator.errors import Refusal
from configurator.production.changing_facility import (
    BatchWishes,
    keep_about,
    keep_batch_wishes,
    keep_machines,
    keep_rules,
    keep_setups,
    keep_week,
)
from configurator.production.changing_marks import keep_marks
from configurator.production.opening_facilities import close_facility, open_again, open_facility
from configurator.production.shop_records import Change, revision
from configurator.production.standing_still import named, run_again, standing_still, stop
from configurator.production.tool_store import tool_wear
from configurator.production.tools import change_tool, worn_tools
from configurator.web.facility_forms import (
    Typed,
    about_of,
    centres_of,
    changed_tool,
    minutes,
    opening_of,
    rules_of,
    setups_of,
    stop_of,
    week_of,
    whole,
)
from configurator.web.forms import Form, RowId
from configurator.web.guards import makers_only, person
from configurator.web.mark_forms import LIMITS, marks_of
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.setup_texts import table_written
from configurator.web.shift_texts import shifts_written
from configurator.web.tool_frame import frame
from configurator.web.week_view import week_view
from configurator.web.wiring import Wiring

SPARE_ROWS = 2
"""Empty rows under every list, to be filled."""

Deed = Callable[[Session, Change], object]


@get("/workshop/facility", guards=[makers_only], sync_to_thread=True)
def facility(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """One facility."""
    return _page(request, wiring, pages)


@post("/workshop/facility/week", guards=[makers_only], sync_to_thread=True)
def week(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Opening hours, shifts, holidays, cut-off."""

    def keep(session: Session, change: Change) -> None:
        keep_week(session, change, week_of(form), catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/about", guards=[makers_only], sync_to_thread=True)
def about(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """What it is called, where it is, what it holds."""

    def keep(session: Session, change: Change) -> None:
        keep_about(session, change, about_of(form), catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/machines", guards=[makers_only], sync_to_thread=True)
def machines(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Work centres: how many machines, what an hour costs, hours of their own."""

    def keep(session: Session, change: Change) -> None:
        centres = centres_of(form, wiring.catalogue.shop.facility(change.facility))
        keep_machines(session, change, centres, catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/marks", guards=[makers_only], sync_to_thread=True)
def marks(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """The marks by which cutters find what was printed before."""

    def keep(session: Session, change: Change) -> None:
        wanted = marks_of(form, wiring.catalogue.shop.facility(change.facility))
        keep_marks(session, change, wanted, catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/rules", guards=[makers_only], sync_to_thread=True)
def rules(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """How batches fill and close."""

    def keep(session: Session, change: Change) -> None:
        keep_rules(session, change, rules_of(form), catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/batch", guards=[makers_only], sync_to_thread=True)
def batch_size(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """How many pieces fill a batch that no rule is about, and what waiting is worth, at all facilities."""

    def keep(session: Session, change: Change) -> None:
        pieces = whole(form, "pieces", "How many pieces fill a batch") or 0
        wishes = BatchWishes(pieces, minutes(form, "together", "What an hour of waiting is worth"))
        keep_batch_wishes(session, change, wishes, catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/setups", guards=[makers_only], sync_to_thread=True)
def setups(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """The setup matrix, which all facilities share."""

    def keep(session: Session, change: Change) -> None:
        keep_setups(session, change, setups_of(form), catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/openings", guards=[makers_only], sync_to_thread=True)
def opening(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Another plant or store."""

    def keep(session: Session, change: Change) -> str:
        wanted = opening_of(form, wiring.catalogue.shop)
        return open_facility(session, change, wanted, catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/closings", guards=[makers_only], sync_to_thread=True)
def closing(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A plant or store that has nothing left to do is closed."""

    def keep(session: Session, change: Change) -> None:
        close_facility(session, change, catalogue=wiring.premises.start)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/reopenings", guards=[makers_only], sync_to_thread=True)
def reopening(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A closed one is opened again."""

    def keep(session: Session, change: Change) -> None:
        open_again(session, change, catalogue=wiring.premises.start, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/stops", guards=[makers_only], sync_to_thread=True)
def stops(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A machine breaks down, or will be looked after."""

    def keep(session: Session, change: Change) -> None:
        shop = wiring.catalogue.shop
        wanted = stop_of(form, shop.facility(change.facility), change.who, change.now)
        stop(session, wanted, shop=shop, jobs=wiring.jobs, now=change.now)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/tools", guards=[makers_only], sync_to_thread=True)
def tools(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A tool is changed before its time."""

    def keep(session: Session, change: Change) -> None:
        here = wiring.catalogue.shop.facility(change.facility)
        change_tool(session, changed_tool(form, here, change.who, change.now), here, jobs=wiring.jobs)

    return _changed(request, wiring, pages, form, keep)


@post("/workshop/facility/stops/{number:int}/end", guards=[makers_only], sync_to_thread=True)
def runs_again(number: RowId, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A machine runs again."""

    def keep(session: Session, change: Change) -> None:
        run_again(session, number, shop=wiring.catalogue.shop, jobs=wiring.jobs, now=change.now)

    return _changed(request, wiring, pages, form, keep)


def _changed(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form, deed: Deed) -> Response[Any]:
    """Do it, or show the page again with why not; what it made has a key."""
    key = frame(request, wiring, "facility", form.text("facility"))["facility"].key
    change = Change(key, form.number("revision") or 0, person(request).name, wiring.clock.now())
    try:
        with wiring.database.write() as session:
            made = deed(session, change)
    except Refusal as refusal:
        if request.headers.get("HX-Request") == "true":
            raise
        return _page(request, wiring, pages, form, refusal)
    wiring.premises.forget()
    at, part = (made, "about") if isinstance(made, str) else (key, _part(request.url.path))
    return Redirect(f"/workshop/facility?at={at}&kept={part}#{part}", status_code=303)


def _part(path: str) -> str:
    """The id of the part of the page whose form was sent to an address."""
    deed = _deed(path)
    return {"batch": "rules", "openings": "new", "closings": "closing", "reopenings": "about"}.get(deed, deed)


def _deed(path: str) -> str:
    return path.removeprefix("/workshop/facility").strip("/").partition("/")[0]


def _refused_at(path: str, *, closed: bool, tools: bool) -> str:
    """Where the sentence of a refusal stands: at its form; on top where that is, or has gone meanwhile."""
    deed = _deed(path)
    gone = deed == "reopenings" or (deed == "closings" and closed) or (deed == "tools" and not tools)
    return "top" if gone else deed if deed == "batch" else _part(path)


def _page(
    request: AnyRequest, wiring: Wiring, pages: Pages, form: Form | None = None, refusal: Refusal | None = None
) -> Response[str]:
    """The page; after a refusal with everything that was typed."""
    values, typed = frame(request, wiring, "facility", form.text("facility") if form else None), Typed(form)
    here, now = values["facility"], values["now"]
    with wiring.database.read() as session:
        worn = tool_wear(session)
        still = standing_still(session, here.key, now)
        values |= {
            "revision": revision(session, f"facility:{here.key}"),
            "setups_revision": revision(session, "setups"),
            "batch_revision": revision(session, "batch"),
        }
    families = known_families(wiring.catalogue.blanks.values())
    values |= {
        "families": [family for family in families if "*" not in family],
        "unheard": unheard_of(wiring.catalogue.shop.setups, families),
        "problem": refusal.sentence if refusal else "",
        "kept": request.query_params.get("kept", ""),
        "typed": typed.text,
        "on": typed.on,
        # Of two who changed the same, the second must load the page again: what was refused is refused again.
        "seen": lambda action, kept: typed.text("revision", kept) if request.url.path.endswith(f"/{action}") else kept,
        "shifts_written": shifts_written,
        "table_written": table_written,
        "still": [(row, named(row, here)) for row in still],
        "down_now": sum(row.starts_at <= now for row in still),
        "week": week_view(here, now),
        "weekdays": [(n, day[:2].title(), day.title()) for n, day in enumerate(DAYS)],
        "setups": wiring.catalogue.shop.setups,
        "spare": range(SPARE_ROWS),
        "mark_kinds": KINDS,
        "mark_limits": LIMITS,
        "batch_pieces": wiring.catalogue.shop.batch_pieces,
        "together_min": wiring.catalogue.shop.together_min,
        "tools": worn_tools(here, worn, wiring.catalogue.blanks.values()),
    }
    where = _refused_at(request.url.path, closed=here.closed, tools=bool(values["tools"]))
    values["refused_at"] = where if refusal else ""
    return pages.page(request, "workshop/facility.html", values, status=refusal.status if refusal else 200)


ROUTES = [facility, week, about, machines, marks, rules, batch_size, setups, stops, runs_again, tools]
ROUTES += [opening, closing, reopening]
