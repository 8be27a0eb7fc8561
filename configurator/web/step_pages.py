"""One step of a batch, for the scanner: pieces are noted as they come out of it, so that its minutes are known."""

import secrets
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.production.batch_store import batch_by_number
from configurator.production.rows_floor import Scan
from configurator.production.scans import ScanAnswer, ScanIn
from configurator.production.step_scans import NoSuchStep, next_of, scan_at_step, scanned_steps
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

TONES = {"booked": "ok", "already": "hm"}


@get("/workshop/batches/{number:str}/step", guards=[makers_only], sync_to_thread=True)
def step(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The scanner's screen of one step; ?step= says which, ?scan= shows the answer to a scan."""
    name = str(request.query_params.get("step", ""))
    with wiring.database.read() as session:
        batch = batch_by_number(session, number)
        steps = scanned_steps(session, number)
        found = session.get(Scan, str(request.query_params.get("scan", "")))
    here = next_of(steps, name)
    if here is None:
        raise NoSuchStep(number, name)
    answer = ScanAnswer(**found.answer) if found and found.answer.get("kind") else None
    values: dict[str, Any] = {
        **frame(request, wiring, "batches", batch.facility),
        "batch": batch,
        "steps": [each for each in steps if not each.leads],
        "step": here,
        "answer": answer,
        "tone": TONES.get(answer.kind, "no") if answer else "",
        "scan_id": secrets.token_hex(12),
    }
    return pages.page(request, "workshop/step.html", values)


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


ROUTES = [step, through]
