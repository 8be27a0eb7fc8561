"""What somebody wishes for, and by the hours alone when a facility has made it and it is with its customer; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from configurator.blanks.blank import Operation
from configurator.blanks.shop import Facility, Shop
from configurator.orders.due import Handover, reached
from configurator.production.ahead import Ahead, Work
from configurator.production.backlog import Backlog
from configurator.production.hours import Hours

CHECK_MIN = 60.0
"""Open minutes for checking, collecting and packing after the last operation."""

COUNTER_MIN = 5.0
"""The same for a customer who waits at the counter."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be promised: the steps of one piece, how many, how it is handed over, where (None: anywhere).

    needs: component -> how many of it one piece takes. blank: its key, vat: per cent, for joining a batch. maker: the
    facility that makes it whatever others could, as it makes the rest of the order; empty: whoever can. again: so many
    may fail their check and be made again before the date is missed.
    """

    operations: Sequence[Operation]
    quantity: int
    fulfilment: str
    facility: str | None
    needs: Mapping[str, int] = field(default_factory=dict)
    blank: str = ""
    vat: Decimal = Decimal(0)
    maker: str = ""
    again: int = 0


def route_done(wish: Wish, facility: Facility, start: datetime, waiting: Backlog, ahead: Ahead) -> datetime:
    """When the last step of the route is done, each by the hours of its own work centre and after what waits there.

    A step begins when the one before is done with all pieces, and has dried or cured as long as it must, and when its
    machine has made what it makes of the order's lines ahead.
    """
    plain, done = Hours.of(facility), start
    for step in wish.operations:
        hours = _hours(facility, step.at, plain)
        centre, count = (facility.key, step.at), facility.centres[step.at].count
        queue = waiting.get(centre, 0.0) / count
        free = hours.fit(start, queue).closes if queue else start
        work = Work(hours, max(done, free), step.setup_min, step.run_min * wish.quantity)
        done = ahead.run(centre, count, step.family, work).closes + timedelta(minutes=step.wait_min)
    return done


def arrives(wish: Wish, maker: Facility, made: datetime, shop: Shop) -> date:
    """When what is finished then is with its customer."""
    handover = Handover("ship" if wish.facility is None else wish.fulfilment, wish.facility or "")
    return reached(made, maker, handover, shop)


def _hours(facility: Facility, centre: str, plain: Hours) -> Hours:
    """A work centre's hours; most have those of their facility, which know their days already."""
    own = bool(facility.centres[centre].shifts) or any(down.work_centre == centre for down in facility.down)
    return Hours.of(facility, centre) if own else plain
