"""A maker among many orders and components types a few letters and finds the one that is meant."""

import re
from datetime import UTC, datetime

from configurator.production.rows import PlanChange
from configurator.web.change_views import change_views
from tests.web.browser import Browser
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
    return re.findall(r'href="/orders/\w+">([^<]+)</a>', page.html)


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


def test_a_component_is_found_by_a_part_of_its_name(deniz: Browser) -> None:
    whole, some = deniz.get("/workshop/stock"), deniz.get("/workshop/stock?find=MUG")
    assert 0 < some.html.count("Receive") < whole.html.count("Receive")
    assert "Mug, white outside, coral inside" in some.text
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
