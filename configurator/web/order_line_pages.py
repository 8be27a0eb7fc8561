"""One line of an order cancelled by a maker: what it comes to, shown before it is done."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.errors import Refusal
from configurator.orders.cancelling_lines import LineGone, line_is_waiting, without
from configurator.orders.order_store import order_by_number, whole_order
from configurator.production.dropping_lines import drop_line
from configurator.production.promise_watch import Teller
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring


@get("/workshop/orders/{number:str}/lines", guards=[makers_only], sync_to_thread=True)
def lines(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The order's lines; ?without= shows what it comes to without one."""
    return _page(number, request, wiring, pages)


@post("/workshop/orders/{number:str}/cancellations", guards=[makers_only], sync_to_thread=True)
def cancelled(number: str, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A line is cancelled, at the total that was shown; pressed twice it is cancelled once."""
    who = person(request).name
    gone = LineGone(form.number("line") or 0, form.number("seen") or 0, who)
    teller = Teller(who, wiring.catalogue.shop, wiring.jobs, wiring.clock.now())
    try:
        with wiring.database.write() as session:
            order = order_by_number(session, number)
            drop_line(session, order.id or 0, gone, wiring.catalogue, teller)
            number = order.number
    except Refusal as refusal:
        return _page(number, request, wiring, pages, refusal)
    return Redirect(f"/workshop/orders/{number}/lines", status_code=303)


def _page(
    number: str, request: AnyRequest, wiring: Wiring, pages: Pages, refusal: Refusal | None = None
) -> Response[Any]:
    asked = str(request.query_params.get("without", ""))
    with wiring.database.read() as session:
        whole = whole_order(session, order_by_number(session, number))
        open_ = whole.lines if whole.order.status == "placed" else ()
        waiting = {line.id for line in open_ if line_is_waiting(session, line.id or 0)}
        wanted = [line.id or 0 for line in whole.lines if line.id in waiting and str(line.id) == asked]
        less = without(session, whole.order, wanted[0], wiring.catalogue) if wanted and len(whole.lines) > 1 else None
    values = {**frame(request, wiring, "orders", whole.order.facility), "order": whole.order, "lines": whole.lines}
    values |= {"waiting": waiting, "less": less, "refusal": refusal.sentence if refusal else ""}
    return pages.page(request, "workshop/order_lines.html", values, status=refusal.status if refusal else 200)


ROUTES = [lines, cancelled]
