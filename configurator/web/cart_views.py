"""The cart and checkout page's values: lines with prices, ways to get it with dates, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session

from configurator.blanks.shop import Facility, Shop
from configurator.orders.cart_store import quoted_cart
from configurator.orders.checkout import Leaves
from configurator.orders.leaving import AS_READY, TOGETHER, may_choose
from configurator.orders.payment import CounterProvider, Method
from configurator.orders.quoting import NOBODY_JOINS, Joins, QuotedCart, QuotedLine
from configurator.production.filling import filling_batches
from configurator.production.joining import Offer
from configurator.production.promise import Awaited, Promise
from configurator.web.date_choices import (
    LATER,
    SOON,
    DateChoice,
    Place,
    joined_promise,
    joins_of,
    offers_for,
    promises_of,
    wish_of,
)
from configurator.web.leaving_choices import LeavingChoice, leaving_choices
from configurator.web.removed_lines import design_address
from configurator.web.short_carts import short_of_cart
from configurator.web.wiring import Wiring

PROVIDER = CounterProvider()


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the cart. `least`, `most`: how many of it can be ordered; `edit`: the customiser's address;
    on: its own day, if the cart leaves as it is ready.
    """

    id: int
    title: str
    summary: str
    stage: str
    picture: str
    proof: str
    edit: str
    quantity: int
    shown: str
    least: int
    most: int
    each: int
    total: int
    tier: int
    joins: int
    problem: str
    error: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class WayView:
    """A way to get it: parcel, or pick up at one store. `on`: None when it cannot be made at all."""

    key: str
    icon: str
    label: str
    price: int
    note: str
    on: date | None
    chosen: bool


@dataclass(frozen=True)
class CheckoutView:
    """The page. `within`: how long its date holds; `until`: when pieces are released at the latest.

    short: what is not in stock for it now nor expected, in a sentence; empty when everything is. awaits: the last
    delivery that its date waits for. leaves: as of Order; leavings: both, if there is a choice; days: line id -> its
    own day, of a cart that leaves as it is ready.
    """

    cart: QuotedCart
    lines: tuple[LineView, ...]
    ways: tuple[WayView, ...]
    methods: tuple[Method, ...]
    fulfilment: str
    facility: str
    on: date | None
    within: timedelta | None
    now: datetime
    until: datetime | None
    short: str
    dates: tuple[DateChoice, ...] = ()
    joins: Joins = field(default_factory=dict)
    awaits: Awaited | None = None
    leaves: Leaves = "together"
    leavings: tuple[LeavingChoice, ...] = ()
    days: Mapping[int, date] = field(default_factory=dict)

    @property
    def first(self) -> date | None:
        """The day of its first line, if that is sooner than the whole cart's."""
        first = min(self.days.values(), default=self.on)
        return first if first != self.on else None

    @property
    def joined(self) -> frozenset[str]:
        """The batches that it is made with."""
        return frozenset(joining.batch for joining in self.joins.values())

    @property
    def headline(self) -> str:
        """How many pieces there are; the page adds by when."""
        return "1 piece" if self.cart.pieces == 1 else f"{self.cart.pieces} pieces"


@dataclass(frozen=True)
class Filled:
    """The visitor's cart and the checkout form as filled in so far. stores: keys; errors: field -> sentence."""

    token_hash: str
    stores: frozenset[str]
    typed: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def is_known(self) -> bool:
        """Whether the way to get it is one that the page offers."""
        way, _, store = self.typed.get("way", "").partition(":")
        return store in self.stores if way == "pickup" else way == "ship" and not store

    @property
    def place(self) -> Place:
        """How and where it is to be got."""
        return Place(self.fulfilment, self.facility)

    @property
    def waits(self) -> bool:
        """Whether the later date was chosen."""
        return self.typed.get("date") == LATER

    @property
    def leaves(self) -> Leaves:
        """Everything together, as long as nothing else is chosen."""
        return AS_READY if self.typed.get("leaves") == AS_READY else TOGETHER

    @property
    def fulfilment(self) -> str:
        """`ship` or `pickup`; a parcel as long as nothing that we offer is chosen."""
        return "pickup" if self.is_known and self.typed.get("way") != "ship" else "ship"

    @property
    def facility(self) -> str:
        """The store's key; empty for a parcel."""
        return self.typed.get("way", "").partition(":")[2] if self.fulfilment == "pickup" else ""


def checkout_view(session: Session, filled: Filled, wiring: Wiring, now: datetime) -> CheckoutView:
    """The cart as priced now, for the way it is to be got."""
    plain = quoted_cart(session, filled.token_hash, wiring.catalogue, filled.fulfilment)
    soon = promises_for(plain, filled.place, wiring, now)
    offers = offers_for(plain, (filled.place, soon), filling_batches(session), wiring, now) if soon else {}
    later = quoted_cart(session, filled.token_hash, wiring.catalogue, filled.fulfilment, joins_of(offers))
    waits = filled.waits and bool(offers)
    cart = later if waits else plain
    promise = joined_promise(soon, offers if waits else {}) if soon else None
    days = {line: each.on for line, each in promises_of(soon, offers if waits else {}).items()}
    asked = bool(soon) and may_choose(filled.fulfilment, cart.pieces, wiring.catalogue.shop)
    own = days if asked and filled.leaves == AS_READY else {}
    return CheckoutView(
        cart=cart,
        lines=tuple(_line(line, filled, wiring, own.get(line.line.id)) for line in cart.lines),
        ways=_ways(cart, filled, wiring, now),
        methods=PROVIDER.methods(filled.fulfilment),
        fulfilment=filled.fulfilment,
        facility=filled.facility,
        on=promise.on if promise else None,
        within=promise.order_within if promise else None,
        now=now,
        until=now + promise.order_within if promise else None,
        short=short_of_cart(session, cart, filled.place, wiring, now),
        awaits=promise.awaits if promise else None,
        dates=_dates((plain, later), soon, offers, waits=waits) if offers else (),
        joins=joins_of(offers) if waits else NOBODY_JOINS,
        leaves=filled.leaves if asked else TOGETHER,
        leavings=leaving_choices(cart, days, filled.place, filled.leaves) if asked else (),
        days=own,
    )


def _dates(
    carts: tuple[QuotedCart, QuotedCart], soon: Mapping[int, Promise], offers: Mapping[int, Offer], *, waits: bool
) -> tuple[DateChoice, ...]:
    """Both dates with what the cart costs then: carts as always, and made with batches that fill."""
    titles = tuple(dict.fromkeys(line.line.title for line in carts[0].lines if line.line.id in offers))
    promises = joined_promise(soon, {}), joined_promise(soon, offers)
    totals = [cart.totals.total for cart in carts]
    return tuple(
        DateChoice(
            key=key,
            on=promise.on,
            within=promise.order_within,
            total=total,
            saved=totals[0] - total,
            titles=titles,
            several=len(offers) < len(soon),
            chosen=waits == (key == LATER),
        )
        for key, promise, total in zip((SOON, LATER), promises, totals, strict=True)
    )


def promise_for(cart: QuotedCart, place: Place, wiring: Wiring, now: datetime) -> Promise | None:
    """The promise for the whole cart: its slowest line's date, and the time that all of its dates hold."""
    found = promises_for(cart, place, wiring, now)
    return joined_promise(found, {}) if found else None


def promises_for(cart: QuotedCart, place: Place, wiring: Wiring, now: datetime) -> Mapping[int, Promise]:
    """Line id -> its promise after those of the lines before; nothing as long as one of them cannot be made."""
    lines, ahead = [line for line in cart.lines if line.quote], wiring.promises.ahead(now)
    found = {line.line.id: wiring.promises.promise(wish_of(line, place, wiring), now, ahead) for line in lines}
    promises = {line: promise for line, promise in found.items() if promise}
    return promises if len(promises) == len(found) else {}


def _line(quoted: QuotedLine, filled: Filled, wiring: Wiring, on: date | None) -> LineView:
    line, quote = quoted.line, quoted.quote
    blank = wiring.catalogue.blanks.get(line.design.blank)
    error = filled.errors.get(f"pieces-{line.id}", "")
    return LineView(
        id=line.id,
        title=line.title,
        summary=line.summary,
        stage=blank.stage if blank else "mug",
        picture=f"/pictures/{line.design.hash}.svg",
        proof=f"/proofs/{line.design.hash}.pdf",
        edit=f"{design_address(line)}&line={line.id}" if blank else "",
        quantity=line.quantity,
        shown=filled.typed.get(f"pieces-{line.id}", str(line.quantity)) if error else str(line.quantity),
        least=blank.least if blank else 1,
        most=blank.most if blank else line.quantity,
        each=quote.each if quote else 0,
        total=quote.total if quote else 0,
        tier=int(quote.tier) if quote else 0,
        joins=quoted.joining.saved // line.quantity if quoted.joining else 0,
        problem=quoted.problem or "",
        error=error,
        on=on,
    )


def _ways(cart: QuotedCart, filled: Filled, wiring: Wiring, now: datetime) -> tuple[WayView, ...]:
    shop = wiring.catalogue.shop
    stores = [facility for facility in shop.facilities if facility.kind == "store"]
    parcel = promise_for(cart, Place("ship", ""), wiring, now)
    ship = WayView(
        key="ship",
        icon="truck",
        label="Parcel",
        price=_shipping(cart, shop),
        note=f"{shop.shipping.label}, to your door",
        on=parcel.on if parcel else None,
        chosen=filled.fulfilment == "ship",
    )
    return (ship, *(_pick_up(cart, filled, store, wiring, now) for store in stores))


def _pick_up(cart: QuotedCart, filled: Filled, store: Facility, wiring: Wiring, now: datetime) -> WayView:
    promise = promise_for(cart, Place("pickup", store.key), wiring, now)
    return WayView(
        key=f"pickup:{store.key}",
        icon="store",
        label=f"Pick up in {store.town}",
        price=0,
        note=f"{store.street}, open {store.opens:%H:%M} to {store.closes:%H:%M}, with a code",
        on=promise.on if promise else None,
        chosen=filled.fulfilment == "pickup" and filled.facility == store.key,
    )


def _shipping(cart: QuotedCart, shop: Shop) -> int:
    free_from = shop.shipping.free_from
    return 0 if free_from is not None and cart.totals.goods >= free_from else shop.shipping.price


def typed_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The checkout form's fields, the last of each name, the token left out."""
    return {name: value for name, value in pairs if name != "_csrf_token"}
