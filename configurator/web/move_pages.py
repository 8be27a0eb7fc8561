"""Moving an open batch: what it would cost, keeping it there, letting the plan choose again; holding it open."""

from datetime import datetime, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.designs.form import counted
from configurator.errors import Invalid
from configurator.production.batch_store import BatchRow, batch_by_number
from configurator.production.hours import Hours
from configurator.production.loads import Pin
from configurator.production.moving import (
    Mover,
    cost_of_move,
    hold_batch,
    let_batch_go,
    machines,
    pin_batch,
    pin_seen,
    unpin_batch,
)
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

FAR = timedelta(days=366)
"""A batch pinned for later than that is a slip of the finger, and a plan of years of empty days."""


class NoTime(Invalid):
    """The time cannot be read, or is an age away."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” is no time. Choose a day and a time, like 2026-11-26T10:30.")


@get("/workshop/batches/{number:str}/move", guards=[makers_only], sync_to_thread=True)
def move(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What it would cost to make a batch on another machine or at another time."""
    with wiring.database.read() as session:
        found = batch_by_number(session, number)
        values = frame(request, wiring, "batches", found.facility)
        now = values["now"]
        pin = _asked(request, wiring, found, now)
        values |= {
            "batch": found,
            "pin": pin,
            "cost": cost_of_move(session, found.number, pin, wiring.premises.start, now),
            "machines": machines(session, found.number, wiring.premises.start, now),
            "seen": pin_seen(found.pinned_machine, found.pinned_at),
            "local_at": Hours.of(values["facility"]).local(pin.not_before),
        }
    return pages.page(request, "workshop/move.html", values)


@post("/workshop/batches/{number:str}/pin", guards=[makers_only], sync_to_thread=True)
def pin(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Keep it there."""
    with wiring.database.write() as session:
        found = batch_by_number(session, number)
        at = _time(form.text("at"), wiring, found)
        pin_batch(session, found.number, Pin(form.number("machine") or 0, at), _mover(request, wiring, form))
    return _to(found.number)


@post("/workshop/batches/{number:str}/pin/end", guards=[makers_only], sync_to_thread=True)
def unpin(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Let the plan choose again."""
    with wiring.database.write() as session:
        found = batch_by_number(session, number)
        unpin_batch(session, found.number, _mover(request, wiring, form))
    return _to(found.number)


@post("/workshop/batches/{number:str}/hold", guards=[makers_only], sync_to_thread=True)
def hold(number: str, request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """Do not close it by itself."""
    with wiring.database.write() as session:
        found = batch_by_number(session, number)
        hold_batch(session, found.number, form.text("reason"), _mover(request, wiring))
    return _to(found.number)


@post("/workshop/batches/{number:str}/hold/end", guards=[makers_only], sync_to_thread=True)
def let_go(number: str, request: AnyRequest, wiring: Wiring) -> Redirect:
    """Let it close again."""
    with wiring.database.write() as session:
        found = batch_by_number(session, number)
        let_batch_go(session, found.number, _mover(request, wiring))
    return _to(found.number)


def _asked(request: AnyRequest, wiring: Wiring, batch: BatchRow, now: datetime) -> Pin:
    """Machine and time of the address; where it is now, where the address says nothing. To five minutes."""
    asked: dict[str, Any] = dict(request.query_params)
    machine = counted(str(asked.get("machine", ""))) or batch.machine
    at = _time(str(asked["at"]), wiring, batch) if asked.get("at") else batch.starts_at or now
    if at - now > FAR:
        raise NoTime(str(asked["at"]))
    rounded = at - timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    count = wiring.catalogue.shop.facility(batch.facility).centres[batch.work_centre].count
    return Pin(min(max(machine, 1), count), max(rounded, now))


def _time(typed: str, wiring: Wiring, batch: BatchRow) -> datetime:
    """A local time of the batch's facility."""
    try:
        local = datetime.fromisoformat(typed)
        return Hours.of(wiring.catalogue.shop.facility(batch.facility)).at(local.date(), local.time())
    except (ValueError, OverflowError):
        raise NoTime(typed) from None


def _mover(request: AnyRequest, wiring: Wiring, form: Form | None = None) -> Mover:
    """Who moves; with a form that says where they saw the batch pinned."""
    known = form is not None and any(name == "seen" for name, _ in form.pairs)
    seen = form.text("seen") if form is not None and known else None
    return Mover(person(request).name, wiring.premises.start, wiring.jobs, wiring.clock.now(), seen)


def _to(number: str) -> Redirect:
    return Redirect(f"/workshop/batches/{number}", status_code=303)


ROUTES = [move, pin, unpin, hold, let_go]
