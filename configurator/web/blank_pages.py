"""The workshop's pages about blanks: what each allows, and what a maker should know of its rules."""

from litestar import Response, get

from configurator.designs.blank_reports import BlankReport, blank_report, budget_line, engine_line, undecided_line
from configurator.options.recent import Recent
from configurator.web.guards import makers_only
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

MOST_REPORTS = 200
_reports: Recent[BlankReport] = Recent(MOST_REPORTS)


@get("/workshop/blanks", guards=[makers_only], sync_to_thread=True)
def blanks(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """Every blank: how many products it allows, from the cheapest to the dearest, and how it is made."""
    rows = [(blank, _report(blank.key, wiring)) for blank in wiring.catalogue.blanks.values()]
    values = {**frame(request, wiring, "blanks"), "rows": rows, "remarks": sum(_remarks(report) for _, report in rows)}
    return pages.page(request, "workshop/blanks.html", values)


@get("/workshop/blanks/{key:str}", guards=[makers_only], sync_to_thread=True)
def blank(key: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """One blank: its products in figures, its options, and every rule with what it does."""
    found = wiring.catalogue.blank(key)
    report = _report(key, wiring)
    values = {
        **frame(request, wiring, "blanks"),
        "blank": found,
        "report": report,
        "idle": {rule.number for rule in report.idle},
        "remarks": _remarks(report),
        "engine": engine_line(report.facts),
        "budget": budget_line(report.facts),
        "unclear": undecided_line(report),
    }
    return pages.page(request, "workshop/blank.html", values)


def _report(key: str, wiring: Wiring) -> BlankReport:
    found = wiring.catalogue.blank(key)
    return _reports.get(found.version, lambda: blank_report(found, wiring.catalogue))


def _remarks(report: BlankReport) -> int:
    """How many things a maker may want to look at."""
    return len(report.settled) + len(report.idle) + bool(report.undecided) + bool(report.facts.over_budget)


ROUTES = [blanks, blank]
