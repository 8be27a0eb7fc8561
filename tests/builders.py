"""A small shop in code, and builders of designs, carts and orders for tests. Real rows, real functions."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from configurator.artwork.elements import Element, Text
from configurator.artwork.scene import Finding, Scene
from configurator.blanks.blank import Area, Blank, Detail, Operation, Price, Surface, Tier
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.methods import InkSpec, Method
from configurator.blanks.shop import Component, Facility, Font, Shipping, Shop, WorkCentre
from configurator.designs.design import Design
from configurator.jobs.contract import Jobs
from configurator.options.model import Configuration, Model, Number, OneOf, Option, SomeOf, Value
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.cart_store import quoted_cart
from configurator.orders.checkout import Checkout, Customer, seen_of
from configurator.orders.codes import Draw
from configurator.orders.design_store import Proofed
from configurator.orders.placing import place_order
from configurator.orders.rows import Order
from configurator.stock.receiving import Goods, receive, stock_up

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)
ZOE = "<b>Zoë</b> 🎉 محمد"
CENTRES = {"printer": 2000, "press": 2400, "bench": 1800}


def a_shop(*, start: int = 1000, **changes: Any) -> Shop:
    """Lot One: a plant with every machine, a store without the bench; `start` of every component at both."""
    shop = Shop(
        name="Lot One",
        legal_name="Lot One GmbH",
        address="Werkstraße 1, 28195 Bremen, Germany",
        email="hello@lotone.example",
        vat_id="DE123456789",
        currency="EUR",
        locale="en_IE",
        country="DE",
        timezone="Europe/Berlin",
        taxes={"standard": Decimal(19), "reduced": Decimal(7)},
        shipping=Shipping("Parcel", 490, 10_000, 1),
        facilities=(a_facility("plant", kind="plant"), a_facility("store", centres=("printer", "press"))),
        methods={
            "sublimation": Method(
                "sublimation", "Sublimation", (InkSpec("navy", "Navy", "#12204a", (1, 0.8, 0.2, 0.4)),), 2, 0.2, "print"
            )
        },
        fonts=(Font("Rubik", "Rubik", "rubik", "Rubik.ttf", {}),),
        components={
            key: Component(key, label, "piece", Decimal(90), {"plant": start, "store": start})
            for key, label in COMPONENTS.items()
        },
        changeovers={},
        batch_pieces=24,
        categories={"kitchen": "Kitchen"},
    )
    return replace(shop, **changes)


COMPONENTS = {
    "mug-white": "Mug, white inside",
    "mug-coral": "Mug, coral inside",
    "tee": "T-shirt",
    "lid": "Cork lid",
    "tin": "Gift tin",
}


def a_facility(key: str, *, centres: Iterable[str] = tuple(CENTRES), kind: Any = "store", **changes: Any) -> Facility:
    """A plant or store in Bremen, open 7 to 18 on weekdays."""
    facility = Facility(
        key=key,
        name=f"Lot One {key}",
        kind=kind,
        street="Osterdeich 41",
        postcode="28203",
        town="Bremen",
        timezone="Europe/Berlin",
        opens=time(7),
        closes=time(18),
        workdays=(0, 1, 2, 3, 4),
        cut_off=time(14),
        bins=40,
        centres={name: WorkCentre(name, name.title(), 1, CENTRES[name]) for name in centres},
    )
    return replace(facility, **changes)


def a_blank(key: str, name: str, **changes: Any) -> Blank:
    """A blank without options that can be printed on one area."""
    blank = Blank(
        key=key,
        version=f"{key}-1",
        name=name,
        tagline="",
        category="kitchen",
        stage="mug",
        least=1,
        most=100,
        tax="standard",
        weight_g=340,
        size_mm=(80, 96),
        body=(0, 0, 80, 96),
        barcode="",
        drawing="<svg/>",
        paints={},
        model=Model(()),
        details={},
        uses={},
        areas=(Area("wrap", "All round", (200, 80), 2, 3, "sublimation", Surface("flat"), price=250),),
        templates=(),
        shapes={},
        price=Price(1340, (Tier(10, Decimal(8)), Tier(25, Decimal(15)), Tier(50, Decimal(22)))),
        operations=(
            Operation("Print", "printer", "transfer-paper", 4, 0.5),
            Operation("Press", "press", f"{key}", 6, 2.0, leads=True),
        ),
    )
    return replace(blank, **changes)


def a_mug(**changes: Any) -> Blank:
    """13.40, 2.50 for print; coral inside +0.40; gold rim +3.20, gilded at the bench; a cork lid 2.90."""
    inside = OneOf((Value("white", "White"), Value("coral", "Coral", 40)), "white")
    rim = OneOf((Value("plain", "Plain"), Value("gold", "Gold", 320)), "plain")
    mug = a_blank(
        "mug",
        "Mug, 330 ml",
        model=Model(
            (
                Option("inside", "Inside", "taste", inside),
                Option("rim", "Rim", "taste", rim),
                Option("extras", "With it", "equipment", SomeOf((Value("lid", "Cork lid", 290),), 0, 1)),
            )
        ),
        details={
            ("inside", "white"): Detail(uses={"mug-white": 1}),
            ("inside", "coral"): Detail(uses={"mug-coral": 1}),
            ("rim", "gold"): Detail(adds=("gild",)),
            ("extras", "lid"): Detail(uses={"lid": 1}),
        },
        operations=(
            Operation("Print", "printer", "transfer-paper", 4, 0.5),
            Operation("Press", "press", "mug-{inside}", 6, 2.0, leads=True),
            Operation("Gild", "bench", "gilding", 0, 3.0, key="gild"),
        ),
    )
    return replace(mug, **changes)


def a_tee(**changes: Any) -> Blank:
    """19.90, at least 2 and at most 30 of a line."""
    return replace(
        a_blank("tee", "T-shirt", price=Price(1990, (Tier(10, Decimal(10)),)), uses={"tee": 1}, least=2, most=30),
        **changes,
    )


def a_tin(**changes: Any) -> Blank:
    """Food at the reduced rate: 0.0725 a gram and no tiers."""
    grams = Number(100, 1000, 25, "g", 500, price_each=3)
    model = Model((Option("grams", "Grams", "taste", grams),))
    return replace(
        a_blank("tin", "Tin of muesli", tax="reduced", model=model, uses={"tin": 1}, price=Price(333)), **changes
    )


def a_catalogue(*blanks: Blank, shop: Shop | None = None) -> Catalogue:
    """A catalogue of these blanks, or of mug, tee and tin."""
    return Catalogue(shop or a_shop(), {blank.key: blank for blank in blanks or (a_mug(), a_tee(), a_tin())})


def a_text(text: str = "Zoë") -> Text:
    """A text in the middle of the area `wrap`."""
    return Text("wrap", text, "Rubik", 9, "navy", 100, 40)


def a_design(blank: Blank | None = None, text: str = "Zoë", **configuration: Any) -> Design:
    """A design with one text and the blank's defaults but for `configuration`."""
    blank = blank or a_mug()
    elements: tuple[Element, ...] = (a_text(text),) if text else ()
    return Design(blank.key, blank.version, "fonts-1", {**_defaults(blank), **configuration}, elements)


def a_proof(design: Design, blank: Blank, *, error: str = "", warnings: Sequence[str] = ()) -> Proofed:
    """The design as seen by its customer: an empty scene an area, with what preflight has to say if it is given."""
    findings = (*((Finding("error", 0, error),) if error else ()), *(Finding("warning", 0, each) for each in warnings))
    scenes = tuple(
        Scene(area.key, *area.size_mm, area.bleed_mm, area.safe_mm, (), {}, {}, (), findings, blank.name)
        for area in blank.areas
    )
    return Proofed(
        design,
        blank,
        scenes,
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><desc>{design.hash}</desc></svg>',
    )


def wanted(design: Design, catalogue: Catalogue, quantity: int = 1, **more: Any) -> Wanted:
    """A design to be put into a cart."""
    return Wanted(a_proof(design, catalogue.blank(design.blank)), quantity, more.pop("address", "?mug"), **more)


def put(session: Session, token_hash: str, designs: Sequence[tuple[Design, int]], catalogue: Catalogue) -> None:
    """Fill a visitor's cart."""
    for design, quantity in designs:
        add_to_cart(session, token_hash, wanted(design, catalogue, quantity), now=NOW)


ZOES = Customer(ZOE, "zoe@example.com", "", "Osterdeich 41", "28203", "Bremen", "DE")


def a_checkout(session: Session, token_hash: str, catalogue: Catalogue, **changes: Any) -> Checkout:
    """A checkout that has seen the visitor's cart as it is now: a parcel to Zoë, by invoice."""
    fulfilment = changes.get("fulfilment", "ship")
    checkout = Checkout(
        token_hash=token_hash,
        seen=seen_of(quoted_cart(session, token_hash, catalogue, fulfilment)),
        fulfilment=fulfilment,
        facility="plant" if fulfilment == "ship" else "store",
        customer=ZOES,
        payment_method="invoice",
        rights_declared=True,
        promised_on=THURSDAY,
        checkout_key=f"key of {token_hash}",
    )
    return replace(checkout, **changes)


def seeded(seed: object = 0) -> Draw:
    """A random source that draws the same every time."""
    return random.Random(str(seed)).randrange


@dataclass(frozen=True)
class Counter:
    """What placing orders takes, put together for a test."""

    catalogue: Catalogue
    jobs: Jobs
    draw: Draw

    def place(self, session: Session, checkout: Checkout, *, now: datetime = NOW) -> Order:
        """Place the order of a checkout."""
        return place_order(session, checkout, catalogue=self.catalogue, jobs=self.jobs, now=now, draw=self.draw)

    def order(
        self, session: Session, designs: Sequence[tuple[Design, int]], *, visitor: str = "visitor", **changes: Any
    ) -> Order:
        """Fill a cart, look at it and order it, in one go."""
        put(session, visitor, designs, self.catalogue)
        return self.place(session, a_checkout(session, visitor, self.catalogue, **changes))


def stocked(session: Session, shop: Shop) -> None:
    """Book the shop's opening stock."""
    stock_up(session, shop.components.values(), now=NOW)


def delivered(session: Session, needs: Mapping[str, int], facility: str = "plant") -> None:
    """Book goods that have come in."""
    for component, count in needs.items():
        receive(session, Goods(facility, component, count), now=NOW)


def _defaults(blank: Blank) -> Configuration:
    return {option.key: option.domain.default for option in blank.model.options}
