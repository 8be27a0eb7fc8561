"""A walk-in order changed at its counter as long as nothing of it is made: another name, or cancelled."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from configurator.counter.selling import is_walk_in
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.orders.changing import cancel, changeable_order
from configurator.orders.checkout import name_fault
from configurator.orders.events import Happening, happened
from configurator.orders.order_store import order_of
from configurator.orders.rows import Order


class NotAWalkIn(Conflict):
    """An order of the shop, or of another counter: its customer changes it on its own page."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} was not sold at this counter. Its customer changes it on the order's page.")


class NoSuchName(Invalid):
    """A name that cannot be printed or called out."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who changes it, at which store."""

    name: str
    facility: str


def rename(session: Session, order_id: int, name: str, clerk: Clerk, *, now: datetime) -> Order:
    """Call it out by another name; the same name again changes nothing. Raises NotAWalkIn, NoSuchName, TooLate."""
    _check(session, order_id, clerk)
    wrong = name_fault(name)
    if wrong:
        raise NoSuchName(wrong, fields={"name": wrong})
    order = changeable_order(session, order_id)
    if order.name != name.strip():
        order.name = name.strip()
        happened(session, order_id, Happening("changed", "The name was changed.", clerk.name), now=now)
        session.flush()
    return order


def cancel_sale(session: Session, order_id: int, clerk: Clerk, *, jobs: Jobs, now: datetime) -> Order:
    """Cancel it; what was paid is to be given back at the till. Twice is once. Raises NotAWalkIn, TooLate."""
    _check(session, order_id, clerk)
    return cancel(session, order_id, jobs=jobs, now=now, who=clerk.name)


def _check(session: Session, order_id: int, clerk: Clerk) -> None:
    order = order_of(session, order_id)
    if not is_walk_in(order) or order.facility != clerk.facility:
        raise NotAWalkIn(order.number)
