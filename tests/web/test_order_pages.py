"""The order's page: a sentence, five lanes, every piece where it is, and what has happened."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from configurator.clock import FixedClock
from configurator.orders.events import Happening, happened
from configurator.orders.rows import STAGES, Order, Piece
from configurator.web.order_views import LANES, in_words
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page

ADDRESS = {
    "email": "marit@harbour.example",
    "name": "Marit Haugen",
    "street": "Osterdeich 41",
    "postcode": "28203",
    "town": "Bremen",
    "rights": "yes",
}


def an_order(browser: Browser, *, pieces: int, way: str = "ship") -> Page:
    page = browser.get(f"/blanks/mug?template=club&f.name=Marit&pieces={pieces}")
    cart = browser.press(page, "design", "Add to cart")
    cart = browser.press(cart, "checkout", "Show the sum", way=way)
    order = browser.press(cart, "checkout", "Pay", **ADDRESS)
    assert order.path.startswith("/orders/")
    return order


def put(wiring: Wiring, *stages: str) -> None:
    """The pieces, in their order, at these stages."""
    with wiring.database.write() as session:
        pieces = session.exec(select(Piece).order_by(Piece.number)).all()  # type: ignore[arg-type] # a column at runtime
        for piece, stage in zip(pieces, stages, strict=True):
            piece.stage = stage


def lanes(page: Page) -> dict[str, int]:
    found = re.findall(r'<div class="hd"><b>([^<]+)</b><span class="n">(\d+)</span>', page.html)
    return {label: int(count) for label, count in found}


def headline(page: Page) -> str:
    found = re.search(r"<h1>([^<]+)</h1>", page.html)
    assert found
    return found[1]


def test_every_stage_but_the_ended_ones_has_its_lane() -> None:
    shown = {stage for _, _, _, stages in LANES for stage in stages}
    assert shown == set(STAGES) - {"rejected", "cancelled"}


def test_every_piece_stands_in_the_lane_where_it_is(browser: Browser, wiring: Wiring) -> None:
    order = an_order(browser, pieces=6)
    put(wiring, "waiting", "released", "picked", "made", "checked", "stored")
    page = browser.get(order.path)
    assert lanes(page) == {"Waiting": 1, "Being made": 2, "Made": 1, "Checked": 1, "Packed": 1}
    assert headline(page) == "Three of six are made. Tuesday holds."
    assert page.html.count('class="pc"') == 6


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        (("waiting", "waiting"), "Thank you. Two pieces, all by Tuesday."),
        (("released", "waiting"), "One of two is being made. Tuesday holds."),
        (("made", "released"), "One of two is made. Tuesday holds."),
        (("handed_over", "handed_over"), "Both are on the way."),
    ],
)
def test_the_first_sentence_answers_when_it_comes(
    browser: Browser, wiring: Wiring, stages: tuple[str, ...], sentence: str
) -> None:
    order = an_order(browser, pieces=2)
    put(wiring, *stages)
    assert headline(browser.get(order.path)) == sentence


def test_a_promise_that_cannot_be_kept_is_not_claimed(browser: Browser, wiring: Wiring, clock: FixedClock) -> None:
    order = an_order(browser, pieces=2)
    put(wiring, "made", "released")
    clock.at += timedelta(days=3)
    assert headline(browser.get(order.path)) == "One of two is made. We are late, and sorry."


def test_a_hundred_pieces_are_shown_by_design_not_one_by_one(browser: Browser, wiring: Wiring) -> None:
    order = an_order(browser, pieces=40)
    assert order.html.count('class="pc"') == 1
    assert "40 pieces" in order.text
    put(wiring, *["made"] * 12, *["waiting"] * 28)
    page = browser.get(order.path)
    assert page.html.count('class="pc"') == 12 + 1


def test_the_page_no_longer_says_that_a_day_holds_when_its_customer_was_told_another(
    browser: Browser, wiring: Wiring
) -> None:
    order = an_order(browser, pieces=2)
    put(wiring, "made", "picked")
    assert "holds." in browser.get(order.path).text
    told = "It takes longer than we promised: you have it on Friday 27 November instead of Thursday 26 November."
    with wiring.database.write() as session:
        piece = session.exec(select(Piece)).first()
        assert piece is not None
        happened(session, piece.order_id, Happening("later", told), now=wiring.clock.now())
    page = browser.get(order.path).text
    assert f"One of two is made. {told}" in page
    assert "holds." not in page
    assert "promised for Tuesday 24 Nov. What holds now is told above." in page


def test_a_piece_made_again_is_told_plainly(browser: Browser, wiring: Wiring) -> None:
    order = an_order(browser, pieces=2)
    with wiring.database.write() as session:
        first, second = session.exec(select(Piece)).all()
        first.stage, second.remake_of = "rejected", first.id
        told = Happening("remade", "A piece had a chip at the rim. We are making it again at no cost.")
        happened(session, first.order_id, told, now=wiring.clock.now())
    page = browser.get(order.path)
    assert "made again" in page.text
    assert "had a chip at the rim" in page.text
    assert sum(lanes(page).values()) == 1


def test_who_did_it_is_for_the_staff_and_not_on_the_customers_page(browser: Browser, wiring: Wiring) -> None:
    order = an_order(browser, pieces=1)
    with wiring.database.write() as session:
        placed = session.exec(select(Order)).one()
        happened(session, placed.id or 0, Happening("checked", "Checked.", "Secret Colleague"), now=wiring.clock.now())
    page = browser.get(order.path)
    assert "Checked." in page.text
    assert "Secret Colleague" not in page.html


def test_pick_up_shows_the_code_the_store_and_its_hours(browser: Browser, wiring: Wiring) -> None:
    page = an_order(browser, pieces=1, way="pickup:store-bremen")
    with wiring.database.read() as session:
        placed = session.exec(select(Order)).one()
    assert placed.pickup_code in page.text
    assert "open 10:00 to 19:00" in page.text


def test_the_code_of_an_order_is_never_in_another_ones_page(browser: Browser, wiring: Wiring) -> None:
    first, second = an_order(browser, pieces=1), an_order(browser, pieces=1)
    with wiring.database.read() as session:
        codes = [order.number for order in session.exec(select(Order)).all()]
    assert [code in first.html for code in codes].count(True) == 1
    assert [code in second.html for code in codes].count(True) == 1


def test_counts_are_written_in_words_up_to_twenty() -> None:
    assert [in_words(count) for count in (1, 9, 14, 20, 21)] == ["one", "nine", "fourteen", "twenty", "21"]
