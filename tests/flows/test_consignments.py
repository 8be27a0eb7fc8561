"""Goods on consignment through HTTP, without JavaScript, on both databases: given out, settled, on the shelf again."""

from datetime import date
from random import Random

import sqlalchemy as sa
from sqlmodel import col

from configurator.stock.rows_consignment import Consignment, ConsignmentLine
from configurator.stock.stock_store import item_figures, ledger_differences
from configurator.web.routes import ROUTES
from configurator.web.wiring import Wiring
from tests.flows.store_story import MAKER, STORE, StoreStory
from tests.flows.test_counter import NAME, head, jana, scan, story, tariq
from tests.web.browser import Browser, Page
from tests.web.test_any_input import broken

__all__ = ["jana", "story", "tariq"]

GIVE, NEW = "/counter/consignments/givings", "/counter/consignments/new"
ZOE = {"name": NAME, "contact": "0421 4471", "kind": "commission"}


def give(browser: Browser, **typed: str) -> Page:
    """Give mugs with a coral inside out; `n:…` and so on as they are typed."""
    fields = {**ZOE, "n:mug-coral": "4", **typed}
    return browser.press(browser.get(NEW), GIVE, "Give it out", **fields)


def free(wiring: Wiring, component: str = "mug-coral") -> int:
    with wiring.database.read() as session:
        assert ledger_differences(session) == ()
        (item,) = [each for each in item_figures(session) if (each.facility, each.component) == (STORE, component)]
        return item.free


def numbers(wiring: Wiring) -> list[str]:
    with wiring.database.read() as session:
        return list(session.execute(sa.select(col(Consignment.number)).order_by(col(Consignment.id))).scalars())


def line_of(wiring: Wiring) -> int:
    with wiring.database.read() as session:
        return int(session.execute(sa.select(sa.func.max(col(ConsignmentLine.id)))).scalar_one())


def reckon(browser: Browser, wiring: Wiring, page: Page, **typed: str) -> Page:
    """Write what became of the newest line, and have it reckoned up."""
    fields = {f"{name}:{line_of(wiring)}" if name != "reason" else name: value for name, value in typed.items()}
    return browser.press(page, "settle", "Reckon up", **fields)


def test_goods_go_out_are_partly_sold_and_the_rest_is_back_on_the_shelf(jana: Browser, wiring: Wiring) -> None:
    before = free(wiring)
    form = jana.get(NEW)
    assert ("p:mug-coral", "13.40") in form.form(GIVE).fields, "what the mug costs without a print"
    page = give(jana)
    (number,) = numbers(wiring)
    assert (head(page), page.path) == ("g", f"/counter/consignments/{number}?done=given")
    assert "Given out to <bdi>&lt;b&gt;Zoë&lt;/b&gt; محمد</bdi>" in page.html
    assert "4 worth €\u00a053.60 at the prices agreed" in page.html
    assert free(wiring) == before - 4
    page = reckon(jana, wiring, scan(jana, number), back="1", sold="2")
    assert "€\u00a026.80 to pay, incl. €\u00a04.28 VAT" in page.html.replace('<span class="small mute">', " ")
    assert free(wiring) == before - 4, "reckoning books nothing"
    page = jana.press(page, "/settlements", "Paid by card")
    assert (head(page), free(wiring)) == ("g", before - 3)
    assert "26.80 by card" in page.text
    assert "1 still out" in page.text
    paper = jana.follow(page, "Print the receipt")
    assert (paper.status, "C2026-" in paper.text, "Card terminal" in paper.text) == (200, True, True)
    assert number in paper.text
    page = jana.press(jana.get(f"/counter/consignments/{number}"), "all-back", "All of it is back")
    assert (free(wiring), "Nothing is out any more" in page.text) == (before - 2, True)
    assert "Nothing is out" in jana.get("/counter/consignments").text


def test_the_same_tap_twice_gives_out_once_and_settles_once(jana: Browser, wiring: Wiring) -> None:
    before, form = free(wiring), jana.get(NEW)
    for _ in range(2):
        page = jana.press(form, GIVE, "Give it out", **ZOE, **{"n:mug-coral": "4"})
        assert page.status == 200
    assert (len(numbers(wiring)), free(wiring)) == (1, before - 4)
    page = reckon(jana, wiring, page, sold="1")
    for _ in range(2):
        booked = jana.press(page, "/settlements", "Paid in cash")
    assert ("3 still out" in booked.text, free(wiring)) == (True, before - 4)


def test_what_is_refused_is_told_and_all_that_was_typed_stays(jana: Browser, wiring: Wiring) -> None:
    before = free(wiring)
    page = give(jana, **{"n:mug-coral": "400", "v:mug-coral": "7", "p:mug-coral": "12,5"})
    assert page.status == 409
    assert f"Only {before} of “Mug, white outside, inside Coral” are free here, 400 were to go out." in page.text
    fields = page.form(GIVE).fields
    typed = ("n:mug-coral", "400"), ("v:mug-coral", "7"), ("p:mug-coral", "12,5"), ("contact", "0421 4471")
    assert set(typed) < set(fields)
    for wrong, told in (
        ({"n:mug-coral": "four"}, "“four” is no whole number of things."),
        ({"n:mug-coral": ""}, "Write how many of something go out."),
        ({"p:mug-coral": ""}, "Write the price agreed for one “Mug, white outside, inside Coral”"),
        ({"p:mug-coral": "cheap"}, "“cheap” is no price."),
        ({"due": "soon"}, "Choose a day from today on, within a year"),
        ({"name": " "}, "Write who takes the goods"),
    ):
        page = give(jana, **wrong)
        assert (page.status, told in page.text) == (422, True), told
    assert (numbers(wiring), free(wiring)) == ([], before)


def test_what_is_looked_for_on_the_shelf_is_shown_below_what_was_chosen(jana: Browser, wiring: Wiring) -> None:
    page = jana.press(jana.get(NEW), GIVE, "Find", **ZOE, **{"n:mug-coral": "4", "find": "LID"})
    names = [name for name, _ in page.form(GIVE).fields if name.startswith("n:")]
    assert names == ["n:mug-coral", "n:lid-cork"]
    assert ("name", NAME) in page.form(GIVE).fields
    assert (
        "Nothing that lies here free is called"
        in jana.press(page, GIVE, "Find", **{"n:mug-coral": "", "find": "zz"}).text
    )
    assert numbers(wiring) == []


def test_more_than_is_out_and_another_sum_than_was_seen_are_refused(jana: Browser, wiring: Wiring) -> None:
    page = give(jana)
    line = line_of(wiring)
    told = reckon(jana, wiring, page, back="3", sold="2")
    assert "Only 4 of “Mug, white outside, inside Coral” are still out, 5 were written." in told.text
    page = reckon(jana, wiring, page, sold="1")
    other = jana.press(page, "/settlements", "Paid in cash", **{f"sold:{line}": "2"})
    assert other.status == 409
    assert "The price has changed since it was shown. Nothing was booked" in other.text
    assert "26.80" in other.text, "what it comes to now"
    lost = reckon(jana, wiring, page, sold="", lost="1")
    assert jana.press(lost, "/settlements", "Book it").status == 422
    assert jana.press(lost, "/settlements", "Book it", reason="broken").status == 200


def test_a_settlement_by_mistake_is_taken_back_on_the_same_page(jana: Browser, tariq: Browser, wiring: Wiring) -> None:
    before = free(wiring)
    page = give(jana)
    page = jana.press(reckon(jana, wiring, page, sold="2"), "/settlements", "Paid in cash")
    back = tariq.get(page.path.partition("?")[0])
    back = tariq.press(back, "/takings-back", "Give €", reason="counted wrongly")
    assert "by Tariq: counted wrongly. €\u00a026.80 was given back." in back.html
    assert "has 4" in back.text
    again = jana.press(page, "/takings-back", "Give €")
    assert (again.status, "Taken back already by Tariq" in again.text) == (409, True)
    assert free(wiring) == before - 4


def test_the_slip_has_what_it_is_worth_when_it_is_to_be_back_and_a_code_that_opens_it(
    jana: Browser, wiring: Wiring
) -> None:
    paper = jana.follow(give(jana, due="2026-12-24", **{"n:board-oak": "1", "n:lid-cork": "2"}), "Print the slip")
    (number,) = numbers(wiring)
    for told in (number, "Back by Thursday 24 Dec 2026.", "85.40", "The goods stay ours until they are sold", "<svg"):
        assert told in paper.html
    lines = [paper.text.index(label) for label in ("inside Coral", "Cork lid", "Board, Oak")]
    assert lines == sorted(lines), "as the shop lists its components"
    assert scan(jana, number.lower().replace("-", " ")).path == f"/counter/consignments/{number}"


def test_stock_says_how_many_are_out_and_the_side_who_is_overdue(
    jana: Browser, browser: Browser, wiring: Wiring
) -> None:
    give(jana)
    with wiring.database.write() as session:
        session.execute(sa.update(Consignment).values(due_on=date(2026, 11, 20)))
    assert "3 days overdue" in jana.get("/counter/side").text.replace("\u00a0", " ")
    assert "1 overdue of 1 consignment" in jana.get("/counter/consignments").text.replace("\u00a0", " ")
    page = browser.get("/workshop")
    browser.press(page, page.forms[0].action, "Sign in", email=MAKER[0], password=MAKER[2])
    assert "and 4 out on consignment" in browser.get(f"/workshop/stock?at={STORE}").text


def test_only_clerks_see_what_is_out(browser: Browser, story: StoreStory) -> None:
    own = [route for route in ROUTES for path in route.paths if path.startswith("/counter/consignments")]
    assert len(own) == 10
    for route in own:
        (path,) = route.paths
        address = path.replace("{number:str}", "C-222-222").replace("{settlement:int}", "1")
        (method,) = route.http_methods - {"HEAD"}
        answer = browser.client.request(method, address, follow_redirects=False, headers={"x-csrftoken": "x"})
        assert answer.status_code in (303, 403), address


def test_nothing_that_a_clerk_sends_breaks_any_address(jana: Browser, wiring: Wiring) -> None:
    give(jana)
    assert broken(jana, Random(5)) == []
    number = numbers(wiring)[0]
    line = line_of(wiring)
    for odd in ("-1", "1e9", "²", "99999999999", "\x00", "½", " 1 ", "--"):
        for name in (f"back:{line}", "settlement", "seen", "reason"):
            for noun in ("reckonings", "settlements", "takings-back"):
                sent = {name: odd, f"sold:{line}": "1", "_csrf_token": jana.client.cookies.get("csrftoken") or ""}
                answer = jana.client.post(f"/counter/consignments/{number}/{noun}", data=sent)
                assert answer.status_code < 500, (name, odd, noun)
        give(jana, **{"n:mug-coral": odd})
        give(jana, **{"p:mug-coral": odd})
        assert give(jana, **{"n:nothing": odd, "p:nothing": "1"}).status < 500


def test_another_store_may_look_but_not_settle(jana: Browser, story: StoreStory, wiring: Wiring) -> None:
    page = give(jana)
    with wiring.database.write() as session:
        session.execute(sa.update(Consignment).values(facility="store-hamburg"))
    (number,) = numbers(wiring)
    assert (
        "Lot One Hamburg has given this out: it comes back there." in jana.get(f"/counter/consignments/{number}").text
    )
    refused = jana.press(page, "all-back", "All of it is back")
    assert (refused.status, "so it is settled there" in refused.text) == (409, True)
    assert jana.get(f"/counter/consignments/{number}/slip").status == 409
    assert jana.get("/counter/consignments/C-222-222").status == 404
