"""A checkout as filled in, and what its form still lacks: every field's sentence says what to do."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from configurator.blanks.shop import Shop
from configurator.orders.payment import PaymentProvider
from configurator.orders.quoting import Joins, QuotedCart

Leaves = Literal["together", "as_ready"]
FULFILMENTS = ("ship", "pickup", "counter")
LONGEST = {"name": 100, "company": 100, "street": 120, "postcode": 12, "town": 80, "email": 254}

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@<>()\[\],;:\"\\]+\.[^\s@<>()\[\],;:\"\\.]{2,}")
_MISSING = {
    "name": "Write a name, so that we know whose it is.",
    "email": "Write a mail address: the confirmation and the address of your order page go there.",
    "street": "Write the street and house number the parcel goes to.",
    "postcode": "Write the postcode.",
    "town": "Write the town.",
}


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as the customer saw it on the checkout page."""

    line_id: int
    design_hash: str
    quantity: int
    total: int


@dataclass(frozen=True, slots=True)
class Seen:
    """The prices that the customer saw, minor units; an order is placed at these or not at all."""

    lines: tuple[SeenLine, ...]
    shipping: int
    total: int


@dataclass(frozen=True, slots=True)
class Customer:
    """Who it is for, word for word as typed."""

    name: str
    email: str = ""
    company: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Everything an order is placed from. facility: the store for pickup and counter; ship: any, the plant sends.

    token_hash: the visitor's cart. checkout_key: made with the form, so that two clicks are one order. ticked: hashes
    of the designs that are to be made in spite of preflight's warnings. joins: cart line id -> the batch it joins.
    awaits: the day of the last delivery that the promised date reckons with; None: everything was there. leaves: as of
    Order; days: cart line id -> the day promised for it alone, of an order that leaves as it is ready.
    """

    token_hash: str
    seen: Seen
    fulfilment: str
    facility: str
    customer: Customer
    payment_method: str
    rights_declared: bool
    promised_on: date
    checkout_key: str
    ticked: frozenset[str] = frozenset()
    joins: Joins = field(default_factory=dict)
    awaits: date | None = None
    leaves: Leaves = "together"
    days: Mapping[int, date] = field(default_factory=dict)


def seen_of(cart: QuotedCart) -> Seen:
    """What a page that shows this cart lets its customer see."""
    lines = tuple(
        SeenLine(q.line.id, q.line.design.hash, q.line.quantity, q.quote.total) for q in cart.lines if q.quote
    )
    return Seen(lines, cart.totals.shipping, cart.totals.total)


def seen_written(seen: Seen) -> str:
    """`seen` for a hidden form field."""
    lines = ",".join(f"{line.line_id}:{line.design_hash}:{line.quantity}:{line.total}" for line in seen.lines)
    return f"{lines};{seen.shipping};{seen.total}"


def read_seen(text: str) -> Seen:
    """The other way; a field that was tampered with reads as nothing seen, which no order matches."""
    try:
        lines, shipping, total = text.split(";")
        return Seen(tuple(_seen_line(line) for line in lines.split(",") if line), int(shipping), int(total))
    except ValueError:
        return Seen((), -1, -1)


def customer_of(form: Mapping[str, str], shop: Shop) -> Customer:
    """The customer of a form: outer blanks cut, everything else word for word."""
    return Customer(**{field: _typed(form, field) for field in LONGEST}, country=shop.country)


def faults(form: Mapping[str, str], shop: Shop, provider: PaymentProvider) -> Mapping[str, str]:
    """Field -> what is wrong with it and what to do, as they stand on the page; empty when an order can be placed."""
    found = {
        "fulfilment": None if _typed(form, "fulfilment") in FULFILMENTS else "Choose how you get it.",
        "facility": _facility_fault(form, shop),
        **_customer_faults(form),
        "payment": _payment_fault(form, provider),
        "rights": None if form.get("rights") else "Tick that the words and pictures are yours to use.",
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def address_faults(form: Mapping[str, str]) -> Mapping[str, str]:
    """As `faults`, for a parcel's address alone."""
    fields = ("name", "company", "street", "postcode", "town")
    found = {field: _text_fault(form, field, needed=field != "company") for field in fields}
    found["street"] = found["street"] or _house_number_fault(form)
    return {field: sentence for field, sentence in found.items() if sentence}


def name_fault(name: str) -> str | None:
    """What is wrong with a customer's name; None: nothing."""
    return _text_fault({"name": name}, "name", needed=True)


def _customer_faults(form: Mapping[str, str]) -> dict[str, str | None]:
    fulfilment = _typed(form, "fulfilment")
    found = {
        "email": _text_fault(form, "email", needed=fulfilment != "counter") or _email_fault(form),
        "name": _text_fault(form, "name", needed=True),
        "company": _text_fault(form, "company", needed=False),
    }
    return found | dict(address_faults(form)) if fulfilment == "ship" else found


def _text_fault(form: Mapping[str, str], field: str, *, needed: bool) -> str | None:
    text = _typed(form, field)
    if not text:
        return _MISSING[field] if needed else None
    if len(text) > LONGEST[field]:
        return f"Shorten this to {LONGEST[field]} characters; it has {len(text)}."
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        return "Take out the line breaks and control characters."
    return None


def _email_fault(form: Mapping[str, str]) -> str | None:
    text = _typed(form, "email")
    if text and (not _EMAIL.fullmatch(text) or ".." in text):
        return "This is no mail address we can write to. Write it like name@example.com."
    return None


def _house_number_fault(form: Mapping[str, str]) -> str | None:
    if any(sign.isnumeric() for sign in _typed(form, "street")):
        return None
    return "Add the house number, the parcel service needs it."


def _facility_fault(form: Mapping[str, str], shop: Shop) -> str | None:
    if _typed(form, "fulfilment") not in ("pickup", "counter"):
        return None
    stores = {facility.key for facility in shop.facilities if facility.kind == "store"}
    return None if _typed(form, "facility") in stores else "Choose the store where you pick it up."


def _payment_fault(form: Mapping[str, str], provider: PaymentProvider) -> str | None:
    methods = provider.methods(_typed(form, "fulfilment"))
    if _typed(form, "payment") in {method.key for method in methods}:
        return None
    return f"Choose how you pay: {' or '.join(method.label for method in methods)}."


def _typed(form: Mapping[str, str], field: str) -> str:
    return form.get(field, "").strip()


def _seen_line(text: str) -> SeenLine:
    line_id, design_hash, quantity, total = text.split(":")
    return SeenLine(int(line_id), design_hash, int(quantity), int(total))
