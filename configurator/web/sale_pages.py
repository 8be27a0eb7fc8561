"""Walk-in sales at the counter: the blanks this store makes now, the shop's own customiser, payment and start."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.counter.selling import NotMadeHere, WalkIn, sell, sold_before
from configurator.designs.cutting import cut_areas
from configurator.designs.design import Design
from configurator.designs.looking import look
from configurator.designs.permalink import auto_fields
from configurator.designs.pricing import components
from configurator.designs.sewing import sewing_minutes, sewn_areas, sewn_operations
from configurator.errors import Conflict, Invalid, Refusal
from configurator.money import vat_within
from configurator.orders.cart import Wanted
from configurator.orders.checkout import LONGEST, Customer
from configurator.orders.quoting import Joining
from configurator.orders.warnings import read_ticked
from configurator.production.filling import Filling, filling_batches, lock_batches
from configurator.production.joining import Offer, offer
from configurator.production.promise import Promise, by_the_plan
from configurator.production.routing import route
from configurator.production.rushing import NOBODY, RushTold
from configurator.production.wishes import Wish
from configurator.stock.stock_store import free_at
from configurator.web.counter_frame import frame
from configurator.web.customiser_views import customiser_values
from configurator.web.customising import address_of, before, fresh, shorter
from configurator.web.date_choices import LATER, BatchIsGone
from configurator.web.forms import Form, Pairs, query_pairs
from configurator.web.guards import clerks_only, person
from configurator.web.long_addresses import unfolded
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.samples import Samples
from configurator.web.step_views import Shown
from configurator.web.studio import Step, Studio
from configurator.web.wiring import Wiring


class NobodyNamed(Invalid):
    """The customer's name is missing: it is what the finished piece is called out by."""

    def __init__(self) -> None:
        super().__init__("Write the customer’s name: it is called out when the piece is ready.")


class DesignIsOther(Conflict):
    """The fields were changed after the picture was drawn."""

    def __init__(self) -> None:
        super().__init__("The design has changed since it was shown. Nothing was booked: look at it and take it again.")


class FetchedOtherwise(Conflict):
    """The day on which it can be fetched is another than was shown."""

    def __init__(self) -> None:
        super().__init__("The day to fetch it has changed since it was shown. Nothing was booked: look and decide.")


FETCH = "fetch"
"""Chosen: it is fetched here later, since too few are left."""


@dataclass(frozen=True, slots=True)
class MadeHere:
    """A blank in the list: minutes to make its ready design in this store, how many of it are left."""

    key: str
    name: str
    stage: str
    src: str
    minutes: int
    left: int | None


@dataclass(frozen=True)
class SaleDesk:
    """The walk-in customiser, for one request."""

    request: AnyRequest
    wiring: Wiring
    studio: Studio
    pages: Pages

    def page(self, blank: Blank, pairs: Pairs, *, refusal: Refusal | None = None) -> Response[Any]:
        """The customiser with the till's bar; for htmx only what changes."""
        step = self.studio.step(blank, pairs)
        now = self.wiring.clock.now()
        who = person(self.request)
        looks = look(blank, tuple(step.typed.items()))
        shown = Shown(step, looks.view, looks.turn, now)
        path = _path(blank)
        address = address_of(path, step, self.wiring)
        values = customiser_values(shown, self.wiring, self.studio)
        with self.wiring.database.read() as session:
            values |= frame(self.request, self.wiring, session)
            values["left"] = left_of(session, who.facility, step.design, blank)
        values |= {
            "blank": blank,
            "autos": auto_fields(step.designed.answer),
            "bar": "counter/_sale_bar.html",
            "line": 0,
            "home": path,
            "address": address,
            # Those of the customer before are nobody else's business.
            "pictures": [],
            "undo": before(self.request, path, address),
            "refusal": refusal.sentence if refusal else "",
            "walking_in": True,
            "customer": step.typed.get("till_name", ""),
            "warnings": list(dict.fromkeys(found.sentence for found in step.findings if found.level == "warning")),
            "warned": step.typed.get("till_warned", "") == step.design.hash,
            "ready": self.promise(step, now),
            "fetch": self.fetched(step, now),
            **self._dates(step, now),
            "told": self.told(step, now),
            "reason": step.typed.get("till_reason", ""),
            "key": secrets.token_urlsafe(18),
        }
        status = refusal.status if refusal else 200
        response = self.pages.page(
            self.request, "counter/walk_in.html", values, fragment="shop/_design.html", status=status
        )
        response.headers["HX-Push-Url"] = address
        return response

    def _dates(self, step: Step, now: datetime) -> dict[str, Any]:
        """The later date with its price, if there is one, and what is to pay for the date that is chosen."""
        later = self.later(step, self.wiring.promises.filling(now), now)
        waits = later is not None and step.typed.get("till_date") == LATER
        total = step.quote.total - (later.saved if later and waits else 0)
        vat = vat_within(total, step.quote.tax_percent)
        return {"later": later, "waits": waits, "till_total": total, "till_vat": vat}

    def promise(self, step: Step, now: datetime) -> Promise | None:
        """When it is ready if it is started now in this store; None when its machines stand elsewhere.

        How many are left is said beside it, so stock is not asked here.
        """
        facility = person(self.request).facility
        shop = self.wiring.catalogue.shop
        steps = sewn_operations(step.design, step.blank, shop, sewn_areas(step.scenes))
        found = self.wiring.promises.promise(Wish(steps, step.quote.quantity, "counter", facility), now)
        here = found if found and found.facility == facility else None
        return here and by_the_plan(here, self.told(step, now).ready_at, shop.facility(facility))

    def later(self, step: Step, filling: Sequence[Filling], now: datetime) -> Offer | None:
        """What the customer can have instead of waiting: fetched here, made with a batch that fills already."""
        facility, shop = person(self.request).facility, self.wiring.catalogue.shop
        steps = sewn_operations(step.design, step.blank, shop, sewn_areas(step.scenes))
        needs, vat = components(step.design, step.blank), shop.taxes[step.blank.tax]
        wish = Wish(steps, step.quote.quantity, "pickup", facility, needs, step.blank.key, vat)
        quick = self.wiring.promises.promise(wish, now)
        return offer(wish, quick, filling, shop, now) if quick else None

    def fetched(self, step: Step, now: datetime) -> Promise | None:
        """When it can be fetched here although too few are left: from elsewhere, or once more has come in."""
        shop = self.wiring.catalogue.shop
        steps = sewn_operations(step.design, step.blank, shop, sewn_areas(step.scenes))
        needs, facility = components(step.design, step.blank), person(self.request).facility
        wish = Wish(steps, step.quote.quantity, "pickup", facility, needs)
        return self.wiring.promises.promise(wish, now) if self.wiring.promises.has(wish, now) else None

    def joined(self, session: Session, step: Step, form: Form, now: datetime) -> Offer:
        """The batch that the sale joins, kept as it is until the sale is booked. Raises BatchIsGone."""
        seen = self.later(step, filling_batches(session), now)
        lock_batches(session, [seen.batch] if seen else [])
        found = self.later(step, filling_batches(session), now)
        if found is None or found.promise.on.isoformat() > form.text("till_on"):
            raise BatchIsGone
        return found

    def told(self, step: Step, now: datetime) -> RushTold:
        """Whom it delays if it is started now in this store; nobody when it cannot be made here."""
        shop, here = self.wiring.catalogue.shop, person(self.request).facility
        try:
            found = route(
                step.design,
                step.blank,
                sewing_minutes(step.blank, shop, sewn_areas(step.scenes)),
                cut_areas(step.scenes),
            )
        except Invalid:
            return NOBODY
        if not shop.facility(here).makes({operation.at for operation in found.operations}):
            return NOBODY
        return self.wiring.rushes.told(here, found, step.quote.quantity, now)

    def sold(self, blank: Blank, form: Form) -> str:
        """Book the sale; the order's number."""
        step, now, who = self.studio.step(blank, design_pairs(form)), self.wiring.clock.now(), person(self.request)
        name = form.text("till_name")[: LONGEST["name"]]
        if not name:
            raise NobodyNamed
        if step.asked.faults or step.designed.answer.dropped or form.text("till_shown") != step.design.hash:
            raise DesignIsOther
        promise = self.promise(step, now)
        if promise is None:
            here = self.wiring.catalogue.shop.facility(who.facility)
            raise NotMadeHere(f"{here.name} cannot make this now. Choose something else, or order it in the shop.")
        sale = WalkIn(
            wanted=Wanted(self.studio.proofed(step), step.asked.quantity, step.address),
            customer=Customer(name),
            facility=who.facility,
            clerk=who.name,
            clerk_id=who.id,
            method=str(self.request.query_params.get("method", "")),
            seen=form.number("till_seen") or 0,
            key=form.text("till_key")[:40],
            promised_on=promise.on,
            ticked=read_ticked(form.text("till_warned")),
            told=self.told(step, now),
            reason=form.text("till_reason")[: LONGEST["name"]],
        )
        with self.wiring.database.write() as session:
            if form.text("till_date") == LATER and not sold_before(session, sale):
                found = self.joined(session, step, form, now)
                joining = Joining(found.batch, found.saved)
                sale = replace(sale, promised_on=found.promise.on, joining=joining)
            if form.text("till_date") == FETCH:
                sale = _later(sale, self.fetched(step, now), form.text("till_fetch"))
            catalogue, jobs = self.wiring.catalogue, self.wiring.jobs
            return sell(session, sale, catalogue=catalogue, jobs=jobs, now=now, draw=secrets.randbelow).number


@get("/counter/walk-in", guards=[clerks_only], sync_to_thread=True)
def made_here(request: AnyRequest, wiring: Wiring, pages: Pages, samples: Samples) -> Response[Any]:
    """The blanks that this store can make while a customer waits."""
    with wiring.database.read() as session:
        values = frame(request, wiring, session) | {"tiles": _tiles(session, request, wiring, samples)}
    return pages.page(request, "counter/walk_ins.html", {**values, "walking_in": True})


@get("/counter/walk-in/{key:str}", guards=[clerks_only], sync_to_thread=True)
def walk_in(key: str, request: AnyRequest, wiring: Wiring, studio: Studio, pages: Pages) -> Response[Any]:
    """The customiser of a blank with the till's bar."""
    blank = wiring.catalogue.blank(key)
    pairs = unfolded(query_pairs(request.url.query), wiring.storage) or fresh(blank)
    if short := shorter(request, _path(blank), lambda: studio.step(blank, pairs), wiring):
        return Redirect(short, status_code=303)
    return SaleDesk(request, wiring, studio, pages).page(blank, pairs)


@post("/counter/sales", guards=[clerks_only], sync_to_thread=True)
def sold(request: AnyRequest, wiring: Wiring, studio: Studio, pages: Pages, form: Form) -> Response[Any]:
    """Payment taken and the making started, in one transaction; two taps are one sale."""
    desk, blank = SaleDesk(request, wiring, studio, pages), wiring.catalogue.blank(form.text("till_blank"))
    try:
        number = desk.sold(blank, form)
    except Refusal as refusal:
        return desk.page(blank, design_pairs(form), refusal=refusal)
    return Redirect(f"/counter?order={number}&done=sold", status_code=303)


def _later(sale: WalkIn, found: Promise | None, seen: str) -> WalkIn:
    """The sale as one that is fetched on the day that was shown. Raises FetchedOtherwise."""
    if found is None or found.on.isoformat() > seen:
        raise FetchedOtherwise
    awaits = found.awaits.on if found.awaits else None
    return replace(sale, promised_on=found.on, fetched=True, awaits=awaits, told=NOBODY, reason="")


def design_pairs(form: Form) -> Pairs:
    """The fields that the customiser reads; the customer's name and the tick, which come back to the page."""
    own = ("_csrf_token", "till_blank", "till_key", "till_seen", "till_shown", "till_on", "till_fetch")
    return tuple(pair for pair in form.pairs if pair[0] not in own)


def _path(blank: Blank) -> str:
    return f"/counter/walk-in/{blank.key}"


def left_of(session: Session, facility: str, design: Design, blank: Blank) -> int | None:
    """How many of a design a store has components for; None when nothing of it is counted."""
    needs = components(design, blank)
    free = free_at(session, facility, needs)
    return min((max(0, free.get(key, 0)) // count for key, count in needs.items() if count), default=None)


def _tiles(session: Session, request: AnyRequest, wiring: Wiring, samples: Samples) -> list[MadeHere]:
    here, tiles = person(request).facility, []
    for blank in wiring.catalogue.blanks.values():
        sample = samples.sample(blank)
        if here in sample.minutes:
            left = left_of(session, here, sample.design, blank)
            tile = MadeHere(blank.key, blank.name, blank.stage, samples.address(blank), sample.minutes[here], left)
            tiles.append(tile)
    return sorted(tiles, key=lambda tile: tile.minutes)


ROUTES = [made_here, walk_in, sold]
