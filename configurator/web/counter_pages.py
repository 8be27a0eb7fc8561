"""The counter terminal: one field, an answer in green or amber, hand-over, payment, receipt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.counter.answering import CounterAnswer, answer
from configurator.counter.changing_walk_ins import cancel_sale, rename
from configurator.counter.recognising import BlankMeant, ConsignmentMeant, OrderMeant, OrdersNamed, recognise
from configurator.errors import Refusal
from configurator.orders.order_store import order_by_number, order_of, whole_order
from configurator.orders.receipts import receipt
from configurator.production.parts_ready import leave_otherwise
from configurator.production.promise_watch import Teller
from configurator.staff.sessions import Person
from configurator.staff.throttle import Limit, spend
from configurator.web.counter_desk import Desk
from configurator.web.counter_frame import frame
from configurator.web.forms import Form
from configurator.web.guards import clerks_only
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.wiring import Wiring

CODES_AN_HOUR = 600
LONGEST = 120


@get("/counter", guards=[clerks_only], sync_to_thread=True)
def counter(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The terminal; ?order= shows one order, as a scan has found it."""
    desk = Desk(request, wiring, pages)
    number = str(request.query_params.get("order", ""))[:LONGEST]
    if not number:
        return desk.screen()
    try:
        return desk.order(number)
    except Refusal as refusal:
        return desk.screen(refusal=refusal)


@get("/counter/side", guards=[clerks_only], sync_to_thread=True)
def side(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """What stands at the side, fetched again while nobody touches the terminal."""
    with wiring.database.read() as session:
        values = frame(request, wiring, session)
    return pages.page(request, "counter/_side.html", values)


@post("/counter/scans", guards=[clerks_only], sync_to_thread=True)
def scanned(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Something was scanned or typed. Nothing is booked: the same scan twice shows the same."""
    desk, typed = Desk(request, wiring, pages), form.text("code")[:LONGEST]
    try:
        spend(wiring.database, (_limit(desk.who),), wiring.clock.now())
    except Refusal as refusal:
        return desk.screen(refusal=refusal)
    with wiring.database.read() as session:
        meant = recognise(session, typed, catalogue=wiring.catalogue, facility=desk.who.facility)
        number = order_of(session, meant.order_id).number if isinstance(meant, OrderMeant) else ""
    if isinstance(meant, OrderMeant):
        piece = {"piece": str(meant.piece_id)} if meant.piece_id else {}
        return Redirect(f"/counter?{urlencode({'order': number, **piece})}", status_code=303)
    if isinstance(meant, ConsignmentMeant):
        return Redirect(f"/counter/consignments/{meant.number}", status_code=303)
    if isinstance(meant, BlankMeant):
        return Redirect(f"/counter/walk-in/{quote(meant.key)}", status_code=303)
    if isinstance(meant, OrdersNamed):
        return desk.screen(
            lambda session: {"choices": _choices(session, meant, wiring, desk.who)}, typed=typed, status=200
        )
    return desk.screen(lambda _: {"unknown": typed, "scanned": True}, typed=typed, status=200)


@post("/counter/handovers", guards=[clerks_only], sync_to_thread=True)
def handed_over(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """The pieces that were shown, or those ticked, leave with their customer; once."""
    desk = Desk(request, wiring, pages)
    try:
        return desk.handed_over(form.text("order"), form.ids("piece"))
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)


@post("/counter/takings-back", guards=[clerks_only], sync_to_thread=True)
def taken_back(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """It was handed to the wrong person, or by mistake: the pieces are here again, and the record says so."""
    desk = Desk(request, wiring, pages)
    try:
        return desk.taken_back(form)
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)


@post("/counter/leavings", guards=[clerks_only], sync_to_thread=True)
def leaving(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Everything together, or what is ready first, as the customer asks for at the counter."""
    desk = Desk(request, wiring, pages)
    teller = Teller(desk.who.name, wiring.catalogue.shop, wiring.jobs, wiring.clock.now())
    return _changed(desk, form, lambda session, order: leave_otherwise(session, order, form.text("leaves"), teller))


@post("/counter/names", guards=[clerks_only], sync_to_thread=True)
def renamed(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A walk-in that is not begun is called out by another name."""
    desk, now = Desk(request, wiring, pages), wiring.clock.now()
    return _changed(desk, form, lambda session, order: rename(session, order, form.text("name"), desk.clerk, now=now))


@post("/counter/cancellations", guards=[clerks_only], sync_to_thread=True)
def cancelled(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A walk-in that is not begun is cancelled; what was paid is given back next."""
    desk, jobs, now = Desk(request, wiring, pages), wiring.jobs, wiring.clock.now()
    return _changed(desk, form, lambda session, order: cancel_sale(session, order, desk.clerk, jobs=jobs, now=now))


def _changed(desk: Desk, form: Form, change: Callable[[Session, int], object]) -> Response[Any]:
    try:
        with desk.wiring.database.write() as session:
            order = order_by_number(session, form.text("order"))
            number = order.number
            change(session, order.id or 0)
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)
    return Redirect(f"/counter?{urlencode({'order': number})}", status_code=303)


@post("/counter/payments", guards=[clerks_only], sync_to_thread=True)
def paid(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Money was taken, in cash or at the card terminal; recorded by hand, once a form."""
    desk = Desk(request, wiring, pages)
    try:
        return desk.paid(form)
    except Refusal as refusal:
        return _refused(desk, form.text("order"), refusal)


@get("/counter/receipts/{number:str}", guards=[clerks_only], sync_to_thread=True)
def receipt_page(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The receipt, to be printed."""
    with wiring.database.read() as session:
        whole = whole_order(session, order_by_number(session, number))
    paper = {"receipt": receipt(whole, wiring.catalogue.shop), "payments": whole.payments}
    values = {**paper, "of": "Order", "back": f"/counter?{urlencode({'order': whole.order.number})}"}
    return pages.page(request, "counter/receipt.html", values)


def _refused(desk: Desk, number: str, refusal: Refusal) -> Response[Any]:
    """The order as it is now, with the refusal at its head; without an order only the refusal."""
    try:
        return desk.order(number, refusal=refusal)
    except Refusal:
        return desk.screen(refusal=refusal)


def _limit(who: Person) -> Limit:
    return Limit(f"codes at terminal {who.terminal_id}", CODES_AN_HOUR, timedelta(hours=1))


def _choices(session: Session, meant: OrdersNamed, wiring: Wiring, who: Person) -> tuple[CounterAnswer, ...]:
    shop = wiring.catalogue.shop
    return tuple(answer(session, order_id, shop=shop, facility=who.facility) for order_id in meant.order_ids)


ROUTES = [counter, side, scanned, handed_over, taken_back, renamed, cancelled, leaving, paid, receipt_page]
