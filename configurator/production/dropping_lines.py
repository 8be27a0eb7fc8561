"""A line cancelled in the workshop while the rest is being made: what is left may be ready, or all gone, with that."""

from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.orders.cancelling_lines import LineGone, cancel_line
from configurator.orders.order_store import whole_order
from configurator.production.floor_store import missing
from configurator.production.promise_watch import Teller
from configurator.production.readiness import make_ready


def drop_line(session: Session, order_id: int, gone: LineGone, catalogue: Catalogue, teller: Teller) -> None:
    """As `orders.cancelling_lines.cancel_line`; released batches stay as they are, and the rest is ready if it lies
    where it is collected."""
    order = cancel_line(session, order_id, gone, catalogue=catalogue, jobs=teller.jobs, now=teller.now)
    if missing(session, order_id) or order.status != "placed":
        return
    if all(piece.stage == "handed_over" for piece in whole_order(session, order).pieces):
        order.status = "finished"
        session.flush()
    else:
        make_ready(session, order_id, teller)
