"""One step of a batch, for the scanner: pieces are noted as they come out of it, so that its minutes are known."""

import secrets
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.errors import Refusal
from configurator.production.batch_store import batch_by_number
from configurator.production.scans import ScanIn
from configurator.production.step_scans import NoSuchStep, next_of, scan_at_step, scanned_steps
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.scan_views import shown_scan, taken_back_or_not
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring


@get("/workshop/batches/{number:str}/step", guards=[makers_only], sync_to_thread=True)
def step(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The scanner's screen of one step; ?step= says which, ?scan= shows the answer to a scan."""
    return _screen(number, request, wiring, pages)


@post("/workshop/batches/{number:str}/step/takings-back", guards=[makers_only], sync_to_thread=True)
def taking_back(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The scan that ?scan= names was a mistake; pressed twice it is taken back once. What cannot be undone says why."""
    refusal = taken_back_or_not(request, wiring)
    if refusal:
        return _screen(number, request, wiring, pages, refusal)
    return Redirect(f"/workshop/batches/{quote(number)}/step?{request.url.query}", status_code=303)


def _screen(
    number: str, request: AnyRequest, wiring: Wiring, pages: Pages, refusal: Refusal | None = None
) -> Response[str]:
    name = str(request.query_params.get("step", ""))
    with wiring.database.read() as session:
        batch = batch_by_number(session, number)
        steps = scanned_steps(session, number)
        shown = shown_scan(session, str(request.query_params.get("scan", "")), wiring)
    here = next_of(steps, name)
    if here is None:
        raise NoSuchStep(number, name)
    values: dict[str, Any] = {
        **frame(request, wiring, "batches", batch.facility),
        "batch": batch,
        "steps": [each for each in steps if not each.leads],
        "step": here,
        **shown.values(f"/workshop/batches/{quote(number)}/step/takings-back", request, refusal),
        "scan_id": secrets.token_hex(12),
    }
    return pages.page(request, "workshop/step.html", values, status=refusal.status if refusal else 200)


@post("/workshop/batches/{number:str}/step-scans", guards=[makers_only], sync_to_thread=True)
def through(request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """A piece is through a step. The same scan id twice is one scan."""
    number, name = str(request.path_params["number"]), form.text("step")
    told = ScanIn(
        scan_id=form.text("scan_id") or secrets.token_hex(12),
        station="",
        code=form.text("code"),
        who=person(request).name,
        facility=form.text("facility") or person(request).facility,
        batch=number,
    )
    with wiring.database.write() as session:
        scan_at_step(session, told, name, shop=wiring.catalogue.shop, now=wiring.clock.now())
    query = urlencode({"step": name, "scan": told.scan_id})
    return Redirect(f"/workshop/batches/{number}/step?{query}", status_code=303)


ROUTES = [step, taking_back, through]
