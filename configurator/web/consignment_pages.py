"""Goods out on consignment at the counter: what is out, giving out, settling, the slip and receipts."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.counter.consigning import give_out, rates
from configurator.counter.settlement_receipts import received, settlement_receipt
from configurator.counter.settling import Reckoned, SettledElsewhere, reckon, settle
from configurator.counter.settling_back import Undoing, undo
from configurator.errors import Refusal
from configurator.orders.receipts import rows_of_address
from configurator.stock.consignment_store import WholeConsignment, consignment_by_number
from configurator.stock.rows_consignment import KINDS
from configurator.stock.stock_store import item_figures
from configurator.web.consignment_forms import WORDS, giving_of, settling_of, shelved, usual_day
from configurator.web.counter_frame import frame
from configurator.web.forms import Form, RowId
from configurator.web.guards import clerks_only, person
from configurator.web.qr_pictures import qr_picture
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.wiring import Wiring

JUST_NOW = timedelta(minutes=1)
REASONS = ("pressed by mistake", "counted wrongly", "the wrong person’s goods", "another reason")
NOTHING = Form(pairs=())


@dataclass(frozen=True)
class Written:
    """A form of the page that was refused, or only looked at: with all that was typed."""

    form: Form = NOTHING
    refusal: Refusal | None = None
    reckoned: Reckoned | None = None

    @property
    def status(self) -> int:
        """Of the answer."""
        return self.refusal.status if self.refusal else 200


@dataclass(frozen=True)
class LendingDesk:
    """The terminal's pages about consignments, for one request."""

    request: AnyRequest
    wiring: Wiring
    pages: Pages

    def form(self, written: Written, status: int | None = None) -> Response[str]:
        """The form for what goes out, with all that was typed."""
        who, wiring = person(self.request), self.wiring
        with wiring.database.read() as session:
            values = frame(self.request, wiring, session) | {"lending": True}
            items = tuple(item for item in item_figures(session) if item.facility == who.facility)
        rows, more = shelved(written.form, items, wiring)
        values |= {
            "written": written.form,
            "problem": written.refusal.sentence if written.refusal else "",
            "rows": rows,
            "more": more,
            "rates": rates(wiring.catalogue.shop),
            "kinds": [(kind, WORDS[kind]) for kind in KINDS],
            "due": written.form.text("due") or usual_day(values["today"]),
            "key": secrets.token_urlsafe(18),
        }
        return self.pages.page(self.request, "counter/give_out.html", values, status=status or written.status)

    def one(
        self, number: str, written: Written, *, fragment: str | None = None, status: int | None = None
    ) -> Response[str]:
        """A consignment with the form that settles it, and what became of it so far."""
        who, wiring, now = person(self.request), self.wiring, self.wiring.clock.now()
        with wiring.database.read() as session:
            values = frame(self.request, wiring, session) | {"lending": True}
            whole = consignment_by_number(session, number)
        values |= {
            "whole": whole,
            "kind": WORDS[whole.consignment.kind],
            "late": whole.days_late(values["today"]),
            "mine": whole.consignment.facility == who.facility,
            "owner": wiring.catalogue.shop.facility(whole.consignment.facility),
            "written": written.form,
            "reckoned": written.reckoned,
            "problem": written.refusal.sentence if written.refusal else "",
            "done": self._done(whole, now),
            "back_since": now - wiring.catalogue.shop.take_back.hand_overs,
            "reasons": REASONS,
            "key": secrets.token_urlsafe(18),
        }
        template = "counter/consignment.html"
        return self.pages.page(self.request, template, values, fragment=fragment, status=status or written.status)

    def _done(self, whole: WholeConsignment, now: datetime) -> str:
        """What an address says to have been done, if it was, just now: an old page tells nothing twice."""
        done = str(self.request.query_params.get("done", ""))
        given = done == "given" and now - whole.consignment.at < JUST_NOW
        settled = done == "settled" and any(now - each.at < JUST_NOW for each, _ in whole.settlements)
        return done if given or settled else ""

    def reckoned(self, number: str, form: Form) -> Written:
        """What the numbers written come to; why not, if they cannot be."""
        try:
            with self.wiring.database.read() as session:
                whole = consignment_by_number(session, number)
            wanted = settling_of(form, whole, person(self.request))
            return Written(form, None, reckon(whole.lines, wanted.fates))
        except Refusal as refusal:
            return Written(form, refusal)

    def refused(self, number: str, form: Form, refusal: Refusal) -> Response[Any]:
        """The consignment as it is now, what was written and what that comes to, and why nothing was booked."""
        again = self.reckoned(number, form)
        return self.one(number, Written(form, refusal, again.reckoned))


@get("/counter/consignments", guards=[clerks_only], sync_to_thread=True)
def consignments(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What is out, with whom and until when; what is overdue first."""
    with wiring.database.read() as session:
        values = frame(request, wiring, session) | {"lending": True}
    late = sum(each.days_late(values["today"]) > 0 for each in values["lent"])
    return pages.page(request, "counter/consignments.html", {**values, "late": late, "words": WORDS})


@get("/counter/consignments/new", guards=[clerks_only], sync_to_thread=True)
def new(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The form for what goes out."""
    return LendingDesk(request, wiring, pages).form(Written())


@post("/counter/consignments/drafts", guards=[clerks_only], sync_to_thread=True)
def draft(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[str]:
    """The same with what is looked for on the shelf; nothing is booked, and nothing typed is lost."""
    return LendingDesk(request, wiring, pages).form(Written(form), status=200)


@post("/counter/consignments/givings", guards=[clerks_only], sync_to_thread=True)
def given(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """It goes out; two taps are one."""
    desk, shop, now = LendingDesk(request, wiring, pages), wiring.catalogue.shop, wiring.clock.now()
    try:
        wanted = giving_of(form, person(request), wiring)
        with wiring.database.write() as session:
            number = give_out(session, wanted, shop=shop, now=now, draw=secrets.randbelow).number
    except Refusal as refusal:
        return desk.form(Written(form, refusal))
    return _back_to(number, "given")


@get("/counter/consignments/{number:str}", guards=[clerks_only], sync_to_thread=True)
def consignment(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """One of them, as its slip's code shows it too."""
    return LendingDesk(request, wiring, pages).one(number, Written())


@post("/counter/consignments/{number:str}/reckonings", guards=[clerks_only], sync_to_thread=True)
def reckoning(number: str, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """What the numbers typed so far come to. Nothing is booked."""
    desk = LendingDesk(request, wiring, pages)
    return desk.one(number, desk.reckoned(number, form), fragment="counter/_settle_sums.html", status=200)


@post("/counter/consignments/{number:str}/settlements", guards=[clerks_only], sync_to_thread=True)
def settled(number: str, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Booked: back on the shelf, paid, or written off; once a form."""
    desk, shop, now = LendingDesk(request, wiring, pages), wiring.catalogue.shop, wiring.clock.now()
    try:
        with wiring.database.write() as session:
            wanted = settling_of(form, consignment_by_number(session, number), person(request))
            settle(session, wanted, shop=shop, jobs=wiring.jobs, now=now)
    except Refusal as refusal:
        return desk.refused(number, form, refusal)
    return _back_to(number, "settled")


@post("/counter/consignments/{number:str}/takings-back", guards=[clerks_only], sync_to_thread=True)
def taken_back(number: str, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """A settlement was a mistake: the goods are out again, and the record keeps both."""
    desk, who, now = LendingDesk(request, wiring, pages), person(request), wiring.clock.now()
    wanted = Undoing(number, form.number("settlement") or 0, who.facility, who.name, form.text("reason"))
    try:
        with wiring.database.write() as session:
            undo(session, wanted, shop=wiring.catalogue.shop, now=now)
    except Refusal as refusal:
        return desk.one(number, Written(NOTHING, refusal))
    return _back_to(number)


@get("/counter/consignments/{number:str}/slip", guards=[clerks_only], sync_to_thread=True)
def slip(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What whoever takes the goods signs: what it is, what it is worth, when it is to be back."""
    shop = wiring.catalogue.shop
    whole = _of_this_store(request, wiring, number)
    values = {
        "whole": whole,
        "kind": WORDS[whole.consignment.kind],
        "owner": shop.facility(whole.consignment.facility),
        "seller": (shop.legal_name, *rows_of_address(shop.address)),
        "qr": qr_picture(number),
    }
    return pages.page(request, "counter/slip.html", values)


@get("/counter/consignments/{number:str}/receipts/{settlement:int}", guards=[clerks_only], sync_to_thread=True)
def sold(number: str, settlement: RowId, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The receipt of what was sold out of it."""
    whole = _of_this_store(request, wiring, number)
    paper = settlement_receipt(whole, settlement, wiring.catalogue.shop)
    payments = [paid for each, _ in whole.settlements if each.id == settlement for paid in received(each)]
    values = {"receipt": paper, "payments": payments, "of": "Consignment", "back": f"/counter/consignments/{number}"}
    return pages.page(request, "counter/receipt.html", values)


def _of_this_store(request: AnyRequest, wiring: Wiring, number: str) -> WholeConsignment:
    """Papers are printed where the goods went out. Raises SettledElsewhere."""
    with wiring.database.read() as session:
        whole = consignment_by_number(session, number)
    if whole.consignment.facility != person(request).facility:
        raise SettledElsewhere(wiring.catalogue.shop.facility(whole.consignment.facility).name)
    return whole


def _back_to(number: str, done: str = "") -> Redirect:
    return Redirect(f"/counter/consignments/{number}{f'?done={done}' if done else ''}", status_code=303)


ROUTES = [consignments, new, draft, given, consignment, reckoning, settled, taken_back, slip, sold]
