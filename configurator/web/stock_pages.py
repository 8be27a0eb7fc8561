"""The workshop's stock: what lies where, what is on its way, and goods that come in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.shop import Component
from configurator.errors import Invalid, Refusal
from configurator.orders.order_store import folded
from configurator.orders.planning_wanted import want_plans
from configurator.production.awaiting import arrived, came_in, reserve_again
from configurator.stock.consignment_store import out_by_component
from configurator.stock.expecting import Expected, comes_on, expect, expected_at, will_not_come
from configurator.stock.receiving import Goods
from configurator.stock.stock_store import item_figures
from configurator.web.forms import Form, RowId
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

FAR = timedelta(days=1000)
"""A day further away is a slip of the finger."""


class NoSuchComponent(Invalid):
    """Goods of an unknown kind, or for an unknown place."""

    def __init__(self) -> None:
        super().__init__("This component is not kept there. Load the stock page again and choose it from the list.")


class NoDay(Invalid):
    """The day cannot be read."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” is no day a delivery can come on. Choose when it is expected, like 2026-11-26.")


@get("/workshop/stock", guards=[makers_only], sync_to_thread=True)
def stock(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """What lies where, what of it is promised, what runs out and what is on its way."""
    return _shown(request, wiring, pages)


@dataclass(frozen=True)
class Refused:
    """A form of the page that was refused, with all that was typed into it. form: the end of its address."""

    form: str
    typed: Form
    refusal: Refusal

    @property
    def place(self) -> str:
        """Where its form stands: receipts/mug-white, expected or expected/7."""
        if self.form == "receipts":
            return f"receipts/{self.typed.text('component')}"
        return self.form.rpartition("/")[0] or self.form


def _shown(request: AnyRequest, wiring: Wiring, pages: Pages, refused: Refused | None = None) -> Response[str]:
    values = frame(request, wiring, "stock", refused.typed.text("facility") or None if refused else None)
    key, find = values["facility"].key, request.query_params.get("find", "").strip()[:100]
    with wiring.database.read() as session:
        items = [item for item in item_figures(session) if item.facility == key]
        values["expected"] = expected_at(session, key)
        values["lent"] = out_by_component(session, key)
    components = wiring.catalogue.shop.components
    items.sort(key=lambda item: (item.free > 0, item.free > 20, _label(item.component, components)))
    values["out"] = sum(item.free <= 0 for item in items)
    values["items"] = [item for item in items if folded(find) in folded(_label(item.component, components))]
    values |= {"components": components, "find": find, "refused": refused}
    places = {"expected", *(f"receipts/{component}" for component in components)}
    places |= {f"expected/{row.id}" for row in values["expected"]}
    # Another may have ended meanwhile what the form was about.
    values["refused_at"] = refused.place if refused and refused.place in places else "top"
    return pages.page(request, "workshop/stock.html", values, status=refused.refusal.status if refused else 200)


def _label(component: str, components: Mapping[str, Component]) -> str:
    return components[component].label if component in components else component


@post("/workshop/stock/receipts", guards=[makers_only], sync_to_thread=True)
def goods_in(request: AnyRequest, wiring: Wiring, form: Form, pages: Pages) -> Response[Any]:
    """Goods have arrived; the same form sent twice is booked once."""

    def book(session: Session) -> str:
        goods = _goods(form, wiring, note=f"by {person(request).name}")
        # The job's key makes the form count once; what it does beside that is to run the facility's clock.
        place = {"facility": goods.facility, "process": ""}
        if wiring.jobs.enqueue(session, "plan", f"plan:goods:{form.text('key')}", place):
            now, shop = wiring.clock.now(), wiring.catalogue.shop
            want_plans(session, wiring.jobs, came_in(session, goods, shop=shop, now=now))
        return goods.facility

    return _done((request, wiring, pages), form, book)


@post("/workshop/stock/expected", guards=[makers_only], sync_to_thread=True)
def expected(request: AnyRequest, wiring: Wiring, form: Form, pages: Pages) -> Response[Any]:
    """Something is on its way: pieces that wait for it say until when."""

    def note(session: Session) -> str:
        goods, day = _goods(form, wiring, note=form.text("note")), _day(form, wiring)
        expect(session, Expected(goods, day, person(request).name), now=wiring.clock.now())
        _plan_anew(session, wiring)
        return goods.facility

    return _done((request, wiring, pages), form, note)


@post("/workshop/stock/expected/{number:int}/arrivals", guards=[makers_only], sync_to_thread=True)
def has_come(number: RowId, request: AnyRequest, wiring: Wiring, form: Form, pages: Pages) -> Response[Any]:
    """It is here: booked once, and what waited for it is planned."""

    def book(session: Session) -> str:
        goods, served = arrived(session, number, who=person(request).name, now=wiring.clock.now())
        want_plans(session, wiring.jobs, served)
        _plan_anew(session, wiring)
        return goods.facility

    return _done((request, wiring, pages), form, book)


@post("/workshop/stock/expected/{number:int}/days", guards=[makers_only], sync_to_thread=True)
def another_day(number: RowId, request: AnyRequest, wiring: Wiring, form: Form, pages: Pages) -> Response[Any]:
    """It comes later, or sooner, than was thought; the board says whose promise is in danger by that."""

    def note(session: Session) -> str:
        facility = comes_on(session, number, _day(form, wiring))
        _plan_anew(session, wiring)
        return facility

    return _done((request, wiring, pages), form, note)


@post("/workshop/stock/expected/{number:int}/removals", guards=[makers_only], sync_to_thread=True)
def not_coming(number: RowId, request: AnyRequest, wiring: Wiring, form: Form, pages: Pages) -> Response[Any]:
    """It will not come."""

    def note(session: Session) -> str:
        facility = will_not_come(session, number)
        _plan_anew(session, wiring)
        return facility

    return _done((request, wiring, pages), form, note)


def _done(shop: tuple[AnyRequest, Wiring, Pages], form: Form, deed: Callable[[Session], str]) -> Response[Any]:
    """The stock of the facility that a deed returns; refused, the page as it was, with why and what was typed."""
    request, wiring, pages = shop
    try:
        with wiring.database.write() as session:
            facility = deed(session)
    except Refusal as refusal:
        return _shown(request, wiring, pages, Refused(request.url.path.removeprefix("/workshop/stock/"), form, refusal))
    return Redirect(f"/workshop/stock?at={facility}", status_code=303)


def _goods(form: Form, wiring: Wiring, *, note: str) -> Goods:
    facility, component = form.text("facility"), form.text("component")
    shop = wiring.catalogue.shop
    if component not in shop.components or facility not in {known.key for known in shop.facilities}:
        raise NoSuchComponent
    return Goods(facility, component, form.number("count") or 0, note=note)


def _day(form: Form, wiring: Wiring) -> date:
    try:
        day = date.fromisoformat(form.text("on"))
    except ValueError:
        raise NoDay(form.text("on")) from None
    if abs(day - wiring.clock.now().date()) > FAR:
        raise NoDay(form.text("on"))
    return day


def _plan_anew(session: Session, wiring: Wiring) -> None:
    changed = reserve_again(session, now=wiring.clock.now(), shop=wiring.catalogue.shop)
    want_plans(session, wiring.jobs, changed)


ROUTES = [stock, goods_in, expected, another_day, has_come, not_coming]
