"""What is seen is what is paid: page, cart, order and receipt agree to the cent, whatever is in the cart."""

import random
from collections import Counter as Tally
from dataclasses import asdict
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.blanks.catalogue import Catalogue
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.designs.design import Design
from configurator.designs.pricing import Quote, quote
from configurator.jobs.embedded import EmbeddedJobs
from configurator.money import vat_within
from configurator.orders.cart_store import pieces_in_cart, quoted_cart
from configurator.orders.order_store import WholeOrder, whole_order
from configurator.orders.quoting import LineToQuote, QuotedCart, quoted
from configurator.orders.receipts import receipt
from tests.builders import (
    NOW,
    THURSDAY,
    Counter,
    a_catalogue,
    a_design,
    a_mug,
    a_shop,
    a_tee,
    a_tin,
    put,
    seeded,
    stocked,
)

CATALOGUE = a_catalogue(shop=a_shop(start=1_000_000))
MUG, TEE, TIN = a_mug(), a_tee(), a_tin()
NOBODY = {
    **dict.fromkeys(("number", "name", "company", "street", "postcode", "town", "country"), ""),
    "id": 1,
    "status": "placed",
    "currency": "EUR",
    "placed_at": NOW,
    "promised_on": THURSDAY,
}
Lines = list[tuple[Design, int]]


@cache
def mug(text: str, inside: str, rim: str, lid: bool) -> Design:
    return a_design(MUG, text, inside=inside, rim=rim, extras=frozenset({"lid"} if lid else set()))


@cache
def tee(text: str) -> Design:
    return a_design(TEE, text)


@cache
def tin(text: str, grams: int) -> Design:
    return a_design(TIN, text, grams=grams)


def random_lines(draw: random.Random) -> Lines:
    """One to five different designs in some quantity."""
    lines: dict[str, tuple[Design, int]] = {}
    for _ in range(draw.randint(1, 5)):
        text, kind = draw.choice(["", "Zoë", "محمد", "🎉"]), draw.randrange(3)
        if kind == 0:
            design = mug(text, draw.choice(["white", "coral"]), draw.choice(["plain", "gold"]), draw.random() < 0.5)
        else:
            design = tee(text) if kind == 1 else tin(text, draw.randrange(100, 1001, 25))
        blank = CATALOGUE.blank(design.blank)
        lines[design.hash] = (design, draw.randint(blank.least, blank.most))
    return list(lines.values())


def on_pages(lines: Lines, catalogue: Catalogue) -> list[Quote]:
    """Each line as its own customiser page quotes it: with what else is in the cart."""
    pieces = Tally[str]()
    for design, quantity in lines:
        pieces[design.blank] += quantity
    return [
        quote(
            design,
            catalogue.blank(design.blank),
            catalogue.shop,
            quantity=quantity,
            pooled_with=pieces[design.blank] - quantity,
        )
        for design, quantity in lines
    ]


def as_ordered(cart: QuotedCart) -> WholeOrder:
    """The order that placing writes of a cart, its rows as plain values: 100,000 real rows take minutes."""
    rows = [
        SimpleNamespace(
            title="",
            summary="",
            quantity=line.quantity,
            each=line.each,
            total=line.total,
            vat=line.vat,
            tax_percent=f"{line.tax_percent:f}",
        )
        for line in (quoted.quote for quoted in cart.lines if quoted.quote)
    ]
    order = SimpleNamespace(
        **NOBODY,
        total=cart.totals.total,
        vat=cart.totals.vat,
        shipping=cart.totals.shipping,
        shipping_vat=cart.totals.shipping_vat,
        shipping_percent=f"{cart.totals.shipping_percent:f}",
    )
    return WholeOrder(order, rows, (), (), ())  # type: ignore[arg-type] # receipts only read


def agree(lines: Lines, fulfilment: str) -> None:
    """Assert that page, cart, order and receipt of these lines name the same amounts."""
    pages = on_pages(lines, CATALOGUE)
    cart = quoted([LineToQuote(n, *line) for n, line in enumerate(lines)], CATALOGUE, fulfilment)
    paper = receipt(as_ordered(cart), CATALOGUE.shop)
    assert [line.quote for line in cart.lines] == pages
    for page, on_paper in zip(pages, paper.lines, strict=False):
        assert page.each * page.quantity == page.total == on_paper.total == on_paper.each * on_paper.quantity
        assert page.each == sum(minor for _, minor in page.parts)
        assert page.vat == vat_within(page.total, page.tax_percent)
    shipping = cart.totals.shipping
    assert sum(page.total for page in pages) + shipping == cart.totals.total == paper.total
    assert sum(line.total for line in paper.lines) == sum(row.gross for row in paper.vat_rows) == paper.total
    assert sum(row.vat for row in paper.vat_rows) == paper.vat == cart.totals.vat
    assert all(row.net + row.vat == row.gross for row in paper.vat_rows)
    assert paper.net + paper.vat == paper.total


def many(carts: int, seed: str) -> None:
    draw = random.Random(seed)
    for _ in range(carts):
        agree(random_lines(draw), draw.choice(["ship", "pickup"]))


def test_prices_agree_over_2_000_random_carts() -> None:
    many(2_000, "every time")


@pytest.mark.slow
def test_prices_agree_over_100_000_random_carts() -> None:
    many(100_000, "issue 2")


@given(st.integers(0, 2**32), st.sampled_from(["ship", "pickup"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_prices_agree_over_carts_somebody_tries_to_break(seed: int, fulfilment: str) -> None:
    agree(random_lines(random.Random(seed)), fulfilment)


def test_prices_agree_through_the_database_over_100_random_carts(database: Database, clock: FixedClock) -> None:
    counter = Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())
    draw = random.Random("database")
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
    for n in range(100):
        lines, fulfilment = random_lines(draw), draw.choice(["ship", "pickup"])
        with database.write() as session:
            put(session, f"visitor {n}", lines, CATALOGUE)
        with database.read() as session:
            cart = quoted_cart(session, f"visitor {n}", CATALOGUE, fulfilment)
            for line, page in zip(cart.lines, on_pages(lines, CATALOGUE), strict=True):
                others = pieces_in_cart(session, f"visitor {n}", line.line.design.blank, but_line=line.line.id)
                assert line.quote == page == _on_its_page(line.line, others)
        with database.write() as session:
            order = counter.order(session, [], visitor=f"visitor {n}", fulfilment=fulfilment)
        with database.read() as session:
            paper = receipt(whole_order(session, order), CATALOGUE.shop)
        assert amounts(cart) == {key: value for key, value in asdict(paper).items() if key in ("total", "vat")}
        assert [line.total for line in paper.lines][: len(cart.lines)] == [q.quote.total for q in cart.lines if q.quote]
        assert sum(row.gross for row in paper.vat_rows) == order.total
        assert sum(row.vat for row in paper.vat_rows) == order.vat


def amounts(cart: QuotedCart) -> dict[str, Any]:
    return {"total": cart.totals.total, "vat": cart.totals.vat}


def _on_its_page(line: LineToQuote, others: int) -> Quote:
    blank = CATALOGUE.blank(line.design.blank)
    return quote(line.design, blank, CATALOGUE.shop, quantity=line.quantity, pooled_with=others)


def test_pain_11_three_colours_pool_for_the_quantity_tier() -> None:
    lines = [(a_design(MUG, text), 4) for text in ("Ann", "Bob", "Cem")]
    assert [page.tier for page in on_pages(lines, CATALOGUE)] == [8, 8, 8]
    assert [page.tier for page in on_pages([*lines[:2], (lines[2][0], 1)], CATALOGUE)] == [0, 0, 0]


def test_pain_11_other_blanks_do_not_pool() -> None:
    assert [page.tier for page in on_pages([(a_design(MUG), 9), (a_design(TEE), 9)], CATALOGUE)] == [0, 0]


def test_pain_15_every_price_contains_its_vat() -> None:
    (page,) = on_pages([(a_design(MUG), 1)], CATALOGUE)
    cart = quoted([LineToQuote(1, a_design(MUG), 1)], CATALOGUE, "pickup")
    assert (page.total, page.vat) == (cart.totals.total, cart.totals.vat) == (1590, 254)
