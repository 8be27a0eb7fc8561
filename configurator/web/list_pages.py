"""The workshop's lists: orders and failed jobs."""

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.counter.handing_over import send_parcel
from configurator.orders.order_store import order_by_number, orders_found, recent_orders
from configurator.web.forms import RowId
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring


@get("/workshop/orders", guards=[makers_only], sync_to_thread=True)
def orders(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The newest orders, or those that what was typed names, and which parcels can go."""
    find = request.query_params.get("find", "").strip()[:100]
    with wiring.database.read() as session:
        rows = orders_found(session, find) if find else recent_orders(session, limit=100)
    ready = [row for row in rows if row.ready_at and row.status == "placed"]
    values = {**frame(request, wiring, "orders"), "orders": rows, "ready": ready, "find": find}
    return pages.page(request, "workshop/orders.html", values)


@post("/workshop/orders/{number:str}/parcels", guards=[makers_only], sync_to_thread=True)
def parcel(number: str, request: AnyRequest, wiring: Wiring) -> Redirect:
    """An order leaves with the carrier."""
    with wiring.database.write() as session:
        order = order_by_number(session, number)
        send_parcel(session, order.id or 0, who=person(request).name, now=wiring.clock.now())
    return Redirect("/workshop/orders", status_code=303)


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


ROUTES = [orders, parcel, jobs, try_again]
