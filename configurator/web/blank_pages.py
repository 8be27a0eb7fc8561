"""The workshop's pages about blanks: what each allows, how it is made (and can be), what to know of its rules."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.blanks.blank import Blank
from configurator.blanks.rerouting import planned_steps
from configurator.designs.blank_reports import BlankReport, blank_report, budget_line, engine_line, undecided_line
from configurator.errors import Refusal
from configurator.options.model import Rule
from configurator.options.recent import Recent
from configurator.production.changing_routes import NewRoute, keep_route
from configurator.production.paces_lately import TakenPace, paces_lately, take_pace
from configurator.production.shop_records import Change
from configurator.web.facility_forms import Typed
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.route_forms import steps_of
from configurator.web.route_views import route_view
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

MOST_REPORTS = 200
MOST_RULES = 20
"""Of more rules the others are folded."""
_reports: Recent[BlankReport] = Recent(MOST_REPORTS)


@get("/workshop/blanks", guards=[makers_only], sync_to_thread=True)
def blanks(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """Every blank: how many products it allows, from the cheapest to the dearest, and how it is made."""
    rows = [(blank, _report(blank.key, wiring)) for blank in wiring.catalogue.blanks.values()]
    values = {**frame(request, wiring, "blanks"), "rows": rows, "remarks": sum(_remarks(report) for _, report in rows)}
    return pages.page(request, "workshop/blanks.html", values)


@get("/workshop/blanks/{key:str}", guards=[makers_only], sync_to_thread=True)
def blank(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """One blank: its products in figures, its options, how it is made, and every rule with what it does."""
    return _page(request, wiring, pages)


@post("/workshop/blanks/{key:str}/route", guards=[makers_only], sync_to_thread=True)
def route(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Make it otherwise from now on, or as its blank.toml says again."""
    key, here = str(request.path_params["key"]), form.text("facility")
    start, shop = wiring.premises.start.blank(key), wiring.catalogue.shop
    change = Change(here, form.number("revision") or 0, person(request).name, wiring.clock.now())
    try:
        known = planned_steps(start, shop.routes.get(key, ()))
        wanted = NewRoute(key, () if form.text("back") else steps_of(form, known))
        with wiring.database.write() as session:
            keep_route(session, change, wanted, catalogue=wiring.premises.start, jobs=wiring.jobs)
    except Refusal as refusal:
        return _page(request, wiring, pages, form, refusal)
    wiring.premises.forget()
    return Redirect(f"/workshop/blanks/{key}?at={here}#route", status_code=303)


@post("/workshop/blanks/{key:str}/pace", guards=[makers_only], sync_to_thread=True)
def pace(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Plan a step with the minutes that its last batches were scanned with."""
    key, here = str(request.path_params["key"]), form.text("facility")
    change = Change(here, form.number("revision") or 0, person(request).name, wiring.clock.now())
    taken = TakenPace(key, form.text("step"), form.text("minutes"))
    try:
        with wiring.database.write() as session:
            take_pace(session, change, taken, catalogue=wiring.premises.start, jobs=wiring.jobs)
    except Refusal as refusal:
        return _page(request, wiring, pages, None, refusal)
    wiring.premises.forget()
    return Redirect(f"/workshop/blanks/{key}?at={here}#route", status_code=303)


def _page(
    request: AnyRequest, wiring: Wiring, pages: Pages, form: Form | None = None, refusal: Refusal | None = None
) -> Response[str]:
    """The page; after a refusal with everything that was typed."""
    key = str(request.path_params["key"])
    found, report = wiring.catalogue.blank(key), _report(key, wiring)
    take = "" if form else str(request.query_params.get("take", ""))
    with wiring.database.read() as session:
        start, shop = wiring.premises.start.blank(key), wiring.catalogue.shop
        making = route_view(session, start, shop, take)
        paces = paces_lately(session, start, shop, wiring.clock.now())
    values = {
        **frame(request, wiring, "blanks", form.text("facility") if form else None),
        **making,
        "paces": paces,
        "blank": found,
        "report": report,
        "idle": {rule.number for rule in report.idle},
        "rules": _rules(found, report),
        "remarks": _remarks(report),
        "engine": engine_line(report.facts),
        "budget": budget_line(report.facts),
        "unclear": undecided_line(report),
        "problem": refusal,
        "pace_refused": refusal is not None and form is None,
        "typed": Typed(form).text if form else making["taken"].get,
    }
    return pages.page(request, "workshop/blank.html", values, status=refusal.status if refusal else 200)


def _rules(blank: Blank, report: BlankReport) -> dict[str, list[tuple[int, Rule]]]:
    """The rules with their numbers; of many those first that a maker may want to change, and most of the others folded.

    shown, folded: what their page calls them.
    """
    numbered = list(enumerate(blank.model.rules, start=1))
    if len(numbered) > MOST_RULES:
        told = {rule.number for rule in report.idle} | set(report.undecided)
        numbered.sort(key=lambda each: each[0] not in told)
    return {"shown": numbered[:MOST_RULES], "folded": numbered[MOST_RULES:]}


def _report(key: str, wiring: Wiring) -> BlankReport:
    found = wiring.catalogue.blank(key)
    return _reports.get(found.version, lambda: blank_report(found, wiring.catalogue))


def _remarks(report: BlankReport) -> int:
    """How many things a maker may want to look at."""
    return len(report.settled) + len(report.idle) + bool(report.undecided) + bool(report.facts.over_budget)


ROUTES = [blanks, blank, route, pace]
