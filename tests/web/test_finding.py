"""A maker among many orders and components types a few letters and finds the one that is meant."""

import re
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import select

from configurator.orders.rows import Order, Piece
from configurator.production.rows import PlanChange
from configurator.web.change_views import change_views
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.test_workshop import ORDER, ordered

__all__ = ["ordered"]
AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


def order_named(browser: Browser, name: str, email: str) -> str:
    cart = browser.press(browser.get("/blanks/mug"), "design", "Add to cart")
    page = browser.press(cart, "checkout", "Pay", **{**ORDER, "name": name, "email": email})
    found = re.search(r"[2-9A-Y]{3}-[2-9A-Y]{3}", page.text)
    assert found
    return found[0]


def numbers(browser: Browser, typed: str) -> list[str]:
    page = browser.get(f"/workshop/orders?find={typed}")
    return listed(page)


def listed(page: Page) -> list[str]:
    return re.findall(r'<td class="code"><a class="go" href="/orders/\w+">([^<]+)</a>', page.html)


def test_an_order_is_found_by_its_number_a_piece_a_name_or_an_email(deniz: Browser) -> None:
    zoe = order_named(deniz, "<b>Zoë</b> Åkerman", "z@harbour.example")
    marit = order_named(deniz, "Marit Haugen", "marit@harbour.example")
    assert numbers(deniz, "") == [marit, zoe]
    assert numbers(deniz, zoe.lower().replace("-", "")) == [zoe]
    assert numbers(deniz, f"{marit}-01") == [marit]
    assert numbers(deniz, "ZOE") == numbers(deniz, "akerm") == numbers(deniz, "z@harb") == [zoe]
    assert numbers(deniz, "harbour") == [marit, zoe]
    nothing = deniz.get("/workshop/orders?find=nobody")
    assert "No order is called that" in nothing.text
    assert 'href="/workshop/orders"' in nothing.html


def test_a_parcel_that_waits_to_leave_stands_first_however_many_were_ordered_after_it(
    deniz: Browser, wiring: Wiring
) -> None:
    old = order_named(deniz, "Marit Haugen", "marit@harbour.example")
    with wiring.database.write() as session:
        known = session.exec(select(Order)).one()
        known.ready_at = AT
        session.execute(sa.update(Piece).values(stage="stored"))
        session.add_all([Order(**later(known, number)) for number in range(120)])
    page = deniz.get("/workshop/orders")
    assert (listed(page)[0], len(listed(page))) == (old, 101)
    assert "1 order ready to leave" in page.text
    assert "What can leave, the oldest first, then the newest 100 orders" in page.text.replace("\u00a0", " ")
    sent = deniz.press(page, f"/workshop/orders/{old}/parcels", "Parcel has left")
    assert old not in numbers(deniz, "") and "No order waits to leave" in sent.text


def later(order: Order, number: int) -> dict[str, object]:
    """An order placed after this one, of which nothing is ready."""
    own = {
        "id": None,
        "number": f"X{number:03}-222",
        "token": f"t{number}",
        "pickup_code": f"XX {number:04}",
        "checkout_key": f"k{number}",
        "ready_at": None,
    }
    return {**order.model_dump(), **own}


def test_a_component_is_found_by_a_part_of_its_name(deniz: Browser) -> None:
    whole, some = deniz.get("/workshop/stock"), deniz.get("/workshop/stock?find=MUG")
    assert 0 < some.html.count("Receive") < whole.html.count("Receive")
    assert "Mug, white outside, inside Coral" in some.text
    assert "Nothing here is called “granite”" in deniz.get("/workshop/stock?find=granite").text


def change(piece: str, what: str, why: str = "no open batch of paper had room") -> PlanChange:
    return PlanChange(at=AT, facility="plant", batch="B-001", piece=piece, what=what, why=why)


def test_pieces_that_did_the_same_at_once_are_told_in_one_line() -> None:
    lines = change_views(
        [change("B-02", "opened B-001"), change("B-01", "opened B-001"), change("A-01", "joined B-001")]
    )
    assert [(line.named, line.what) for line in lines] == [("B-01, B-02", "opened B-001"), ("A-01", "joined B-001")]


def test_of_many_pieces_the_first_are_named_and_the_others_counted() -> None:
    (line,) = change_views([change(f"A-{number:02}", "opened B-001") for number in range(24, 0, -1)])
    assert line.named == "A-01, A-02, A-03 and 21 more"
    (four,) = change_views([change(f"A-{number:02}", "opened B-001") for number in (1, 2, 3, 4)])
    assert four.named == "A-01, A-02, A-03, A-04"


def test_what_happened_to_the_batch_itself_is_not_lumped_with_its_pieces() -> None:
    assert [line.pieces for line in change_views([change("", "moved"), change("A-01", "moved")])] == [(), ("A-01",)]
