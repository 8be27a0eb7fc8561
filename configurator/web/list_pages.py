"""The workshop's lists: orders and failed jobs."""

from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.counter.handing_over import PARCEL, send_parcel
from configurator.counter.parcels_back import parcels_left, take_parcel_back
from configurator.counter.taking_back import AlreadyTakenBack, Taking, moment
from configurator.errors import Refusal
from configurator.orders.leaving import may_choose
from configurator.orders.order_store import OrderRow, order_by_number, orders_found, orders_to_send, recent_orders
from configurator.production.parts_ready import leave_otherwise, lying_parts
from configurator.production.promise_watch import Teller
from configurator.web.forms import Form, RowId
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

JUST_NOW = timedelta(minutes=1)
REASONS = ("it is still here", "the wrong parcel", "pressed by mistake", "another reason")


@get("/workshop/orders", guards=[makers_only], sync_to_thread=True)
def orders(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What a carrier can take, however old, then the newest orders; or those that what was typed names."""
    return _listed(request, wiring, pages)


def _listed(request: AnyRequest, wiring: Wiring, pages: Pages, refusal: Refusal | None = None) -> Response[str]:
    find = request.query_params.get("find", "").strip()[:100]
    with wiring.database.read() as session:
        parts = lying_parts(session)
        ready = () if find else orders_to_send(session, parts)
        left = parcels_left(session, wiring.clock.now() - wiring.catalogue.shop.take_back.parcels)
        rows = orders_found(session, find) if find else _behind(ready, recent_orders(session, limit=100))
    choosing = {row.id for row in rows if _may_choose(row, wiring)}
    values = {**frame(request, wiring, "orders"), "orders": rows, "ready": ready, "find": find}
    values |= {"parts": parts, "choosing": choosing, "left": left, "reasons": REASONS}
    values |= {"long": wiring.catalogue.shop.take_back.parcels_min, "problem": refusal.sentence if refusal else ""}
    return pages.page(request, "workshop/orders.html", values, status=refusal.status if refusal else 200)


@post("/workshop/orders/{number:str}/parcels", guards=[makers_only], sync_to_thread=True)
def parcel(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """An order leaves with the carrier, or the part of it that the page showed."""
    shown = form.ids("piece")
    with wiring.database.write() as session:
        order = order_by_number(session, number)
        send_parcel(session, order.id or 0, _teller(request, wiring), shown)
    return Redirect("/workshop/orders", status_code=303)


@post("/workshop/orders/{number:str}/takings-back", guards=[makers_only], sync_to_thread=True)
def taking_back(number: str, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """The parcel that was shown has not left; clicked twice it is taken back once. A refusal stands over the list."""
    try:
        _take_back(number, form, _teller(request, wiring), wiring)
    except Refusal as refusal:
        return _listed(request, wiring, pages, refusal)
    return Redirect("/workshop/orders", status_code=303)


def _take_back(number: str, form: Form, teller: Teller, wiring: Wiring) -> None:
    given_at, pieces, reason = moment(form.text("given")), form.ids("piece"), form.text("reason")
    try:
        with wiring.database.write() as session:
            order_id = order_by_number(session, number).id or 0
            take_parcel_back(session, Taking(order_id, teller.who, PARCEL, "", given_at, pieces, reason), teller)
    except AlreadyTakenBack as second:
        if second.returned.clerk != teller.who or teller.now - second.returned.at >= JUST_NOW:
            raise


def _teller(request: AnyRequest, wiring: Wiring) -> Teller:
    return Teller(person(request).name, wiring.catalogue.shop, wiring.jobs, wiring.clock.now())


@post("/workshop/orders/{number:str}/leavings", guards=[makers_only], sync_to_thread=True)
def leaving(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Everything together, or what is ready first, as its customer has asked for."""
    with wiring.database.write() as session:
        order = order_by_number(session, number)
        leave_otherwise(session, order.id or 0, form.text("leaves"), _teller(request, wiring))
    return Redirect("/workshop/orders", status_code=303)


def _behind(first: tuple[OrderRow, ...], others: tuple[OrderRow, ...]) -> tuple[OrderRow, ...]:
    """The first ones, then those of the others that are not among them."""
    known = {row.id for row in first}
    return (*first, *(row for row in others if row.id not in known))


def _may_choose(row: OrderRow, wiring: Wiring) -> bool:
    open_ = row.status == "placed" and row.ready_at is None
    return open_ and may_choose(row.fulfilment, row.pieces, wiring.catalogue.shop)


@get("/workshop/jobs", guards=[makers_only], sync_to_thread=True)
def jobs(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What could not be done in the background: what, why, try again."""
    with wiring.database.read() as session:
        failed, failing = wiring.jobs.failed(session), wiring.jobs.failing(session)
    values = {**frame(request, wiring, "jobs"), "failed": failed, "failing": failing}
    return pages.page(request, "workshop/jobs.html", values)


@post("/workshop/jobs/{job_id:int}/tries", guards=[makers_only], sync_to_thread=True)
def try_again(job_id: RowId, wiring: Wiring) -> Redirect:
    """A job that failed is tried again now."""
    with wiring.database.write() as session:
        wiring.jobs.retry(session, job_id)
    return Redirect("/workshop/jobs", status_code=303)


ROUTES = [orders, parcel, taking_back, leaving, jobs, try_again]
