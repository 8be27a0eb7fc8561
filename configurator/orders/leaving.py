"""Whether an order leaves at once or piece by piece as it is ready: chosen at the checkout, changed later."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.changing import AlreadyCancelled, lock_pieces
from configurator.orders.checkout import Leaves
from configurator.orders.events import Happening, happened
from configurator.orders.more_pieces import postpone
from configurator.orders.order_store import whole_order
from configurator.orders.payment import locked_order
from configurator.orders.planning_wanted import want_plans_of
from configurator.orders.rows import Order, OrderLine

TOGETHER: Leaves = "together"
AS_READY: Leaves = "as_ready"


class NothingToChoose(Conflict):
    """Everything has left or can leave, or the order is one piece."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Of order {number} nothing is left to wait for, so it leaves as it is. Nothing was changed.")


class HasBegunToLeave(Conflict):
    """Its customer has some of it already."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"You have a part of order {number} already, so how the rest comes is changed by us. Answer one of our "
            "mails, or ask at the counter."
        )


class OneParcelOnly(Conflict):
    """The shop sends an order at once."""

    def __init__(self) -> None:
        super().__init__("This shop sends an order at once. Nothing was changed.")


class NoSuchLeaving(Invalid):
    """Neither together nor as it is ready."""

    def __init__(self) -> None:
        super().__init__("Choose whether everything comes together, or what is ready first.")


def may_choose(fulfilment: str, pieces: int, shop: Shop) -> bool:
    """Whether somebody who orders so many pieces is asked; who waits at a counter takes them along."""
    return pieces > 1 and fulfilment != "counter" and not (fulfilment == "ship" and shop.shipping.one_parcel)


@dataclass(frozen=True, slots=True)
class Way:
    """How an order is to leave, and who says so: a clerk or maker, who may after a part has left too; empty: its
    customer."""

    leaves: str
    who: str = ""


def leave(session: Session, order_id: int, way: Way, *, shop: Shop, jobs: Jobs, now: datetime) -> bool:  # noqa: PLR0913 promise 8
    """Have an order leave together, or as it is ready; False if it does so already.

    No day that was promised gets any later when parts may leave; when everything is to leave together, all of it is
    promised for the order's last day. Raises NothingToChoose, HasBegunToLeave, OneParcelOnly, NoSuchLeaving.
    """
    lock_pieces(session, order_id)
    order = locked_order(session, order_id)
    _check(session, order, way, shop)
    if order.leaves == way.leaves:
        return False
    order.leaves = way.leaves
    if order.leaves == TOGETHER:
        lines = session.exec(select(OrderLine).where(col(OrderLine.order_id) == order_id)).all()
        postpone(session, order, lines, order.promised_on, shop)
    sentence = _SENTENCES[order.fulfilment == "ship", order.leaves]
    happened(session, order_id, Happening("changed", sentence, way.who), now=now)
    want_plans_of(session, jobs, order_id)
    session.flush()
    return True


_SENTENCES = {
    (True, "together"): "Everything is sent at once.",
    (True, "as_ready"): "What is ready is sent at once, the rest later.",
    (False, "together"): "You are told once everything is ready.",
    (False, "as_ready"): "You are told as soon as something is ready.",
}


def _check(session: Session, order: Order, way: Way, shop: Shop) -> None:
    if way.leaves not in (TOGETHER, AS_READY):
        raise NoSuchLeaving
    if order.status == "cancelled":
        raise AlreadyCancelled(order.number)
    if way.leaves == AS_READY and order.fulfilment == "ship" and shop.shipping.one_parcel:
        raise OneParcelOnly
    whole = whole_order(session, order)
    if not whole.may_leave_otherwise:
        raise NothingToChoose(order.number)
    if not way.who and whole.has_left:
        raise HasBegunToLeave(order.number)
