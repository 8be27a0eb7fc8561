"""Letting an order go first: whom it would delay, shown before it is decided; why, where a promise would break."""

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.orders.order_store import order_by_number
from configurator.production.rush_notes import Hurrier, hurry, told_of
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring


@get("/workshop/orders/{number:str}/rush", guards=[makers_only], sync_to_thread=True)
def rush(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """Whom it would delay if this order were made first."""
    with wiring.database.read() as session:
        order = order_by_number(session, number)
        values = frame(request, wiring, "orders", order.facility)
        told = told_of(session, order.number, wiring.premises.start, values["now"])
    return pages.page(request, "workshop/rush.html", {**values, "order": order, "told": told})


@post("/workshop/orders/{number:str}/rushes", guards=[makers_only], sync_to_thread=True)
def rushed(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Make it first; whom that delays is kept with the order."""
    now = wiring.clock.now()
    hurrier = Hurrier(person(request).name, form.text("reason"), wiring.premises.start, wiring.jobs, now)
    with wiring.database.write() as session:
        order = order_by_number(session, number)
        hurry(session, order.number, hurrier)
        facility = order.facility
    return Redirect(f"/workshop?at={facility}#rushes", status_code=303)


ROUTES = [rush, rushed]
