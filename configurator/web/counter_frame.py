"""What every counter page shows round its middle: who is there, what is being made, who has something to collect."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from configurator.counter.consigning import today_at
from configurator.counter.watching import in_the_making, to_pick_up
from configurator.designs.sewing import sewn_operations
from configurator.orders.design_store import sewn_of, stored_design
from configurator.orders.order_store import WholeOrder
from configurator.production.promise import promised
from configurator.production.wishes import Wish
from configurator.stock.consignment_store import out_at
from configurator.web.guards import person
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import Wiring

FITS = 3
LONG_WAIT_DAYS = 5


def frame(request: AnyRequest, wiring: Wiring, session: Session) -> dict[str, Any]:
    """Values for templates/counter/_terminal.html and its sides."""
    who = person(request)
    making, waiting = in_the_making(session, who.facility), to_pick_up(session, who.facility)
    return {
        "who": who,
        "facility": wiring.catalogue.shop.facility(who.facility),
        "now": wiring.clock.now(),
        "making": making[:FITS],
        "making_more": max(0, len(making) - FITS),
        "waiting": waiting,
        "long_wait": LONG_WAIT_DAYS,
        "lent": out_at(session, who.facility),
        "today": today_at(wiring.catalogue.shop, who.facility, wiring.clock.now()),
    }


def told_ready(session: Session, whole: WholeOrder, wiring: Wiring) -> datetime | None:
    """When a walk-in customer was told that it is ready: worked out again from the time of the sale."""
    order, line = whole.order, whole.lines[0]
    blank = wiring.catalogue.blanks.get(line.blank)
    if blank is None:
        return None
    design, sewn = stored_design(session, line.design_hash), sewn_of(session, line.design_hash)
    steps = sewn_operations(design, blank, wiring.catalogue.shop, sewn)
    found = promised(Wish(steps, line.quantity, "counter", order.facility), {}, wiring.catalogue.shop, order.placed_at)
    return found.ready_at if found else None
