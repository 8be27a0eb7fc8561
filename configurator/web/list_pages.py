"""The workshop's lists: orders, stock and failed jobs."""

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.counter.handing_over import send_parcel
from configurator.errors import Invalid
from configurator.orders.order_store import order_by_number, recent_orders
from configurator.orders.planning_wanted import want_plans
from configurator.production.holding import reserve_again
from configurator.stock.receiving import Goods, receive
from configurator.stock.stock_store import item_figures
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring


class NoSuchComponent(Invalid):
    """Goods of an unknown kind, or for an unknown place."""

    def __init__(self) -> None:
        super().__init__("This component is not kept there. Load the stock page again and choose it from the list.")


@get("/workshop/orders", guards=[makers_only], sync_to_thread=True)
def orders(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The newest orders, and which parcels can go."""
    with wiring.database.read() as session:
        rows = recent_orders(session, limit=100)
    ready = [row for row in rows if row.ready_at and row.status == "placed"]
    values = {**frame(request, wiring, "orders"), "orders": rows, "ready": ready}
    return pages.page(request, "workshop/orders.html", values)


@post("/workshop/orders/{number:str}/parcels", guards=[makers_only], sync_to_thread=True)
def parcel(number: str, request: AnyRequest, wiring: Wiring) -> Redirect:
    """An order leaves with the carrier."""
    with wiring.database.write() as session:
        order = order_by_number(session, number)
        send_parcel(session, order.id or 0, who=person(request).name, now=wiring.clock.now())
    return Redirect("/workshop/orders", status_code=303)


@get("/workshop/stock", guards=[makers_only], sync_to_thread=True)
def stock(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What lies where, what of it is promised, and what runs out."""
    values = frame(request, wiring, "stock")
    with wiring.database.read() as session:
        items = [item for item in item_figures(session) if item.facility == values["facility"].key]
    items.sort(key=lambda item: (item.free > 0, item.free > 20, item.component))
    components = wiring.catalogue.shop.components
    return pages.page(request, "workshop/stock.html", {**values, "items": items, "components": components})


@post("/workshop/stock/receipts", guards=[makers_only], sync_to_thread=True)
def goods_in(request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Goods have arrived; the same form sent twice is booked once."""
    facility, component = form.text("facility"), form.text("component")
    shop = wiring.catalogue.shop
    if component not in shop.components or facility not in {known.key for known in shop.facilities}:
        raise NoSuchComponent
    goods = Goods(facility, component, form.number("count") or 0, note=f"by {person(request).name}")
    with wiring.database.write() as session:
        # The job's key makes the form count once; what it does beside that is to run the facility's clock.
        first = wiring.jobs.enqueue(
            session, "plan", f"plan:goods:{form.text('key')}", {"facility": facility, "process": ""}
        )
        if first:
            receive(session, goods, now=wiring.clock.now())
            want_plans(session, wiring.jobs, reserve_again(session, now=wiring.clock.now()))
    return Redirect(f"/workshop/stock?at={facility}", status_code=303)


@get("/workshop/jobs", guards=[makers_only], sync_to_thread=True)
def jobs(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What could not be done in the background: what, why, try again."""
    with wiring.database.read() as session:
        failed = wiring.jobs.failed(session)
    return pages.page(request, "workshop/jobs.html", {**frame(request, wiring, "jobs"), "failed": failed})


@post("/workshop/jobs/{job_id:int}/tries", guards=[makers_only], sync_to_thread=True)
def try_again(job_id: int, wiring: Wiring) -> Redirect:
    """A job that was given up is tried again."""
    with wiring.database.write() as session:
        wiring.jobs.retry(session, job_id)
    return Redirect("/workshop/jobs", status_code=303)


ROUTES = [orders, parcel, stock, goods_in, jobs, try_again]
