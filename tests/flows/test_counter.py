"""The counter terminal through HTTP, without JavaScript, on both databases: scan, pay, hand over, sell and start."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.clock import FixedClock
from configurator.orders.rows import Order, Payment
from configurator.production.batch_store import open_batches, pieces_of
from configurator.production.planning import plan
from configurator.production.promise import FRESH
from configurator.stock.expecting import Expected, expect
from configurator.stock.receiving import Goods
from configurator.stock.rows import ExpectedGoods
from configurator.stock.stock_store import ledger_differences
from configurator.web.wiring import Wiring
from tests.flows.store_story import KEY, MAKER, OTHER_PIN, PIN, STORE, StoreStory
from tests.web.browser import Browser, Button, Page
from tests.web.shop import a_browser

NAME = "<b>Zoë</b> محمد"
MUG = ("mug", "template=club&f.name=Marit&pieces=2")
KEY_RING = ("keyring", "template=cat")
SUBMIT = Button("Hand over those ticked")
ROUTES = (
    *(("GET", path) for path in ("/counter", "/counter/side", "/counter/walk-in", "/counter/walk-in/mug")),
    ("GET", "/counter/receipts/234-567"),
    *(("POST", f"/counter/{noun}") for noun in ("scans", "handovers", "payments", "sales")),
)


@pytest.fixture
def story(wiring: Wiring) -> StoreStory:
    story = StoreStory(wiring)
    story.hire()
    return story


@pytest.fixture
def jana(story: StoreStory, browser: Browser) -> Browser:
    """The browser of the terminal, with Jana at it."""
    return at_the_counter(browser, PIN)


@pytest.fixture
def tariq(story: StoreStory, wiring: Wiring) -> Iterator[Browser]:
    """Another browser of the same store."""
    with a_browser(wiring) as browser:
        yield at_the_counter(browser, OTHER_PIN)


def at_the_counter(browser: Browser, pin: str) -> Browser:
    page = browser.get("/counter/sign-in")
    page = browser.press(page, page.forms[0].action, "Open this terminal", key=KEY)
    page = browser.press(page, page.forms[0].action, "Sign in", pin=pin)
    assert page.path == "/counter"
    return browser


def scan(browser: Browser, code: str) -> Page:
    return browser.press(browser.get("/counter"), "/counter/scans", "Look it up", code=code)


def head(page: Page) -> str:
    """The answer's colour: g or a."""
    return next(
        given["class"].removeprefix("res ") for tag, given in page.tags if given.get("class", "").startswith("res")
    )


def big(page: Page) -> str:
    """The largest thing on the screen: the bin's number."""
    found = re.search(r'class="no">.*?<b[^>]*>([^<]+)<', page.html, re.DOTALL)
    return found[1] if found else ""


def test_scan_pay_and_hand_over(jana: Browser, story: StoreStory, wiring: Wiring) -> None:
    order = story.order(MUG, KEY_RING)
    story.make(order)
    page = scan(jana, order.pickup_code)
    assert (head(page), big(page)) == ("a", "1")
    assert "Take the payment first" in page.text
    assert not [form for form in page.forms if form.action == "/counter/handovers"]
    assert page.html.count("/pictures/") >= 2
    paid = jana.press(page, "/counter/payments", "Paid by card")
    assert head(paid) == "g"
    assert f"{wiring.currency.written(order.total)} booked." in paid.html
    gone = jana.press(paid, "/counter/handovers", "Hand over 3 pieces")
    assert head(gone) == "g"
    assert "Handed over to Marit Haugen" in gone.text
    assert story.stages(order) == ["handed_over"] * 3
    assert story.again(order).status == "finished"


def test_the_same_scan_twice_gives_the_same_answer_and_no_second_effect(jana: Browser, story: StoreStory) -> None:
    order = story.order(MUG)
    story.make(order)
    first, second = scan(jana, order.number), scan(jana, order.number)
    assert first.path == second.path
    assert first.text.replace(str(first.path), "") == second.text.replace(str(second.path), "")
    assert story.stages(order) == ["stored", "stored"]


def test_a_second_clerk_is_told_who_and_when(jana: Browser, tariq: Browser, story: StoreStory) -> None:
    """PAINS 28."""
    order = story.order(MUG, payment_method="invoice")
    story.make(order)
    seen_by_tariq = scan(tariq, order.pickup_code)
    jana.press(scan(jana, order.pickup_code), "/counter/handovers", "Hand over")
    late = tariq.press(seen_by_tariq, "/counter/handovers", "Hand over")
    assert (late.status, head(late)) == (409, "a")
    assert "Already handed over" in late.text
    assert "Today 10:00, by Jana, at this counter" in late.text
    again = scan(tariq, order.pickup_code)
    assert (head(again), big(again)) == ("a", "empty")
    assert "This scan changed nothing." in again.text


def test_a_button_tapped_twice_is_one_hand_over_and_no_alarm(jana: Browser, story: StoreStory) -> None:
    order = story.order(MUG, payment_method="invoice")
    story.make(order)
    page = scan(jana, order.pickup_code)
    first, second = (jana.press(page, "/counter/handovers", "Hand over") for _ in range(2))
    assert (first.path, first.text) == (second.path, second.text)
    assert head(second) == "g"


def test_only_some_pieces_leave_and_the_bin_keeps_the_rest(jana: Browser, story: StoreStory) -> None:
    order = story.order(MUG, KEY_RING, payment_method="invoice")
    story.make(order)
    page = jana.follow(scan(jana, order.pickup_code), "Only some")
    ids = page.form("some").options["piece"]
    assert len(ids) == 3
    nothing = jana.send(page, page.form("some"), SUBMIT, {})
    assert (nothing.status, story.stages(order)) == (422, ["stored"] * 3)
    assert "Tick the pieces that leave now." in nothing.text
    part = jana.send(page, page.form("some"), SUBMIT, {"piece": [ids[0], ids[2]]})
    assert "1 piece still in the bin." in part.text
    assert story.stages(order) == ["handed_over", "stored", "handed_over"]
    rest = jana.press(scan(jana, order.pickup_code), "/counter/handovers", "Hand over 1 piece")
    assert head(rest) == "g"
    assert story.again(order).status == "finished"


def test_an_order_that_is_not_complete_is_amber(jana: Browser, story: StoreStory) -> None:
    order = story.order(MUG, payment_method="invoice")
    assert "Not begun yet" in scan(jana, order.pickup_code).text
    story.make(order, stored=1)
    page = scan(jana, order.pickup_code)
    assert head(page) == "a"
    assert "1 here, 1 still to come." in page.text
    assert story.stages(order)[1] == "released"


def test_a_payment_form_sent_twice_books_once_and_too_much_is_refused(
    jana: Browser, story: StoreStory, wiring: Wiring
) -> None:
    order = story.order(MUG)
    page = scan(jana, order.number)
    wrong = jana.press(page, "/counter/payments", "Paid in cash", amount="1e99")
    assert wrong.status == 422
    assert "is no price" in wrong.text
    too_much = jana.press(page, "/counter/payments", "Paid in cash", amount="999.00")
    assert too_much.status == 409
    assert "is still to pay. Nothing was booked." in too_much.text
    for _ in range(2):
        jana.press(page, "/counter/payments", "Paid in cash", amount=f"{order.total // 100},{order.total % 100:02d}")
    with wiring.database.read() as session:
        assert session.execute(sa.select(col(Payment.amount), col(Payment.method))).all() == [(order.total, "cash")]


def test_a_cancelled_order_that_was_paid_is_given_back(jana: Browser, story: StoreStory, wiring: Wiring) -> None:
    order = story.order(MUG)
    jana.press(scan(jana, order.number), "/counter/payments", "Paid in cash")
    jana.press(jana.get(f"/orders/{order.token}"), "/cancellations", "Cancel")
    page = scan(jana, order.number)
    assert "This order was cancelled" in page.text
    back = jana.press(page, "/counter/payments", "Given back in cash")
    assert back.status == 200
    with wiring.database.read() as session:
        assert sum(session.execute(sa.select(col(Payment.amount))).scalars()) == 0


def test_the_receipt_adds_up(jana: Browser, story: StoreStory, wiring: Wiring) -> None:
    order = story.order(MUG, KEY_RING, name=NAME)
    page = jana.press(scan(jana, order.number), "/counter/payments", "Paid by card")
    slip = jana.follow(page, "Print the receipt")
    assert slip.text.startswith("Receipt") or "Receipt" in slip.text
    assert wiring.currency.written(order.total) in slip.html
    assert wiring.currency.written(order.total - order.vat) in slip.html
    assert "Card terminal" in slip.text
    assert "<b>Zoë" not in slip.html


def test_a_walk_in_is_sold_started_and_first_in_the_stores_next_batch(
    jana: Browser, story: StoreStory, wiring: Wiring
) -> None:
    ordinary = story.order(MUG)
    tiles = jana.get("/counter/walk-in")
    assert "min" in tiles.text
    assert "left" in tiles.text
    assert "/counter/walk-in/muesli" not in tiles.html
    page = jana.get("/counter/walk-in/mug")
    page = jana.press(page, "design", "Show", f_0_name="Emil", inside="teal", till_name=NAME)
    assert dict(page.form("design").fields)["till_name"] == NAME
    seen = re.search(r'class="figure tot">([^<]+)<', page.html)
    assert re.search(r"ready 10:\d\d", page.text)
    assert "Delays 1 order, no promise breaks" in page.text
    assert ordinary.number in page.text
    sold = jana.press(page, "design", "Card")
    assert seen and f"{seen[1]} booked" in sold.html
    assert "<b>Zoë" not in sold.html
    with wiring.database.write() as session:
        order = session.execute(sa.select(Order).where(col(Order.fulfilment) == "counter")).scalar_one()
        number, rush, facility, due = order.number, order.rush, order.facility, order.total
        plan(session, catalogue=wiring.catalogue, now=wiring.clock.now())
    assert (rush, facility, wiring.currency.written(due)) == (True, STORE, seen[1])
    with wiring.database.read() as session:
        here = [batch for batch in open_batches(session) if batch.facility == STORE]
        assert [piece.code for piece in pieces_of(session, here[0].id)] == [f"{number}-01"]
        assert (here[0].rush, here[0].sequence) == (True, 1)
    assert ordinary.number != number


def test_two_taps_on_take_payment_are_one_sale(jana: Browser, wiring: Wiring) -> None:
    page = jana.get("/counter/walk-in/keyring")
    first, second = (jana.press(page, "design", "Cash", till_name="Noor") for _ in range(2))
    assert first.path == second.path
    with wiring.database.read() as session:
        assert len(session.execute(sa.select(col(Order.id))).all()) == 1
        assert len(session.execute(sa.select(col(Payment.id))).all()) == 1


def test_a_design_changed_after_it_was_shown_is_shown_before_it_is_paid(jana: Browser, wiring: Wiring) -> None:
    page = jana.get("/counter/walk-in/mug")
    other = jana.press(page, "design", "Cash", f_0_name="Emil", till_name="Emil")
    assert other.status == 409
    assert "The design has changed since it was shown." in other.text
    with wiring.database.read() as session:
        assert not session.execute(sa.select(col(Order.id))).all()
    assert "Started for Emil" in jana.press(other, "design", "Cash").text


def test_a_sale_without_a_name_is_asked_for_it_and_keeps_the_design(jana: Browser) -> None:
    page = jana.press(jana.get("/counter/walk-in/mug"), "design", "Show", inside="teal")
    nameless = jana.press(page, "design", "Cash")
    assert nameless.status == 422
    assert "Write the customer’s name" in nameless.text
    assert dict(nameless.form("design").fields)["inside"] == "teal"
    focused = [given.get("id") for tag, given in nameless.tags if tag == "input" and "autofocus" in given]
    assert focused == ["customer"], "what is missing is typed next"


def test_a_blank_this_store_cannot_make_has_no_button_and_is_refused(jana: Browser, wiring: Wiring) -> None:
    page = jana.get("/counter/walk-in/muesli")
    assert "cannot make this while the customer waits" in page.text
    assert not [button for button in page.form("design").buttons if button.text in ("Cash", "Card")]
    fields = dict(page.form("design").fields) | {"till_name": "Kofi", "_csrf_token": token(jana)}
    forced = Page(jana.client.post("/counter/sales?method=cash", data=fields))
    assert forced.status == 409
    assert "cannot make this now" in forced.text
    with wiring.database.read() as session:
        assert not session.execute(sa.select(col(Order.id))).all()


def test_what_is_left_in_the_store_is_said_and_no_more_is_sold(jana: Browser, wiring: Wiring) -> None:
    shown = re.search(r"(\d+) left", jana.get("/counter/walk-in/mug").text)
    only_in_bremen(wiring)
    page = jana.press(jana.get("/counter/walk-in/mug"), "design", "Show", pieces="100")
    assert shown and f"Only {shown[1]} left in this store." in page.text
    assert not [button for button in page.form("design").buttons if button.text in ("Cash", "Card")]
    fields = dict(page.form("design").fields) | {"till_name": "Kofi", "_csrf_token": token(jana)}
    forced = Page(jana.client.post("/counter/sales?method=cash", data=fields))
    assert forced.status == 409
    with wiring.database.read() as session:
        assert not session.execute(sa.select(col(Order.id))).all()


def only_in_bremen(wiring: Wiring) -> None:
    """Nothing lies anywhere but in the store."""
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 0 where facility <> 'store-bremen'"))
    wiring.clock.at += FRESH * 2


def test_of_what_is_too_little_here_the_rest_is_made_elsewhere_and_fetched_here(jana: Browser, wiring: Wiring) -> None:
    page = jana.press(jana.get("/counter/walk-in/mug"), "design", "Show", pieces="100")
    assert "but fetched here on" in page.text
    done = jana.press(page, "design", "Cash", till_name="Kofi")
    assert "done=sold" in done.path or done.status == 200
    with wiring.database.read() as session:
        (order,) = session.execute(sa.select(Order)).scalars()
        assert (order.fulfilment, order.rush) == ("pickup", False)
        assert order.promised_on > wiring.clock.now().date()
        assert ledger_differences(session) == ()


def test_what_is_sold_out_is_fetched_here_once_more_has_come(jana: Browser, wiring: Wiring) -> None:
    only_in_bremen(wiring)
    with wiring.database.write() as session:
        session.execute(sa.text("update stock_item set on_hand = 0 where component = 'mug-white'"))
        on = wiring.clock.now().date() + timedelta(days=7)
        goods = Goods("store-bremen", "mug-white", 12)
        expect(session, Expected(goods, on, "Deniz"), now=wiring.clock.now())
    wiring.clock.at += FRESH * 2
    page = jana.press(jana.get("/counter/walk-in/mug"), "design", "Show", inside="white", pieces="3")
    assert "None left in this store" in page.text
    assert "12 more are expected on" in page.text
    jana.press(page, "design", "Cash", till_name="Kofi")
    with wiring.database.read() as session:
        (order,) = session.execute(sa.select(Order)).scalars()
        assert order.promised_on > on
        assert session.execute(sa.select(col(ExpectedGoods.promised))).scalar_one() == 3


def test_a_blanks_barcode_opens_its_customiser(jana: Browser, wiring: Wiring) -> None:
    barcode = wiring.catalogue.blank("keyring").barcode
    assert barcode
    page = scan(jana, barcode)
    assert page.path == "/counter/walk-in/keyring"


def test_a_name_that_several_have_is_asked_back_and_never_stands_in_an_address(
    jana: Browser, story: StoreStory
) -> None:
    orders = [story.order(MUG, name=NAME), story.order(KEY_RING, name=NAME), story.order(MUG, name="Jonas")]
    page = scan(jana, "zoe")
    assert (page.status, page.path) == (200, "/counter/scans")
    assert all(order.number in page.text for order in orders[:2])
    assert {href for _, href in page.links if "order=" in href} == {f"/counter?order={o.number}" for o in orders[:2]}
    assert "<b>Zoë" not in page.html
    one = scan(jana, "jonas")
    assert one.path == f"/counter?order={orders[2].number}"


@pytest.mark.parametrize("code", ["<script>alert(1)</script>", "' or 1=1 --", "\u202eevil", "%", "a" * 500, "QX 0000"])
def test_unknown_and_hostile_codes_are_amber_and_escaped(jana: Browser, code: str) -> None:
    page = scan(jana, code)
    assert head(page) == "a"
    assert "is unknown" in page.text
    assert "<script>alert" not in page.html


def test_hostile_names_are_escaped_on_every_counter_page(jana: Browser, story: StoreStory) -> None:
    order = story.order(MUG, name=NAME, payment_method="invoice")
    story.make(order)
    for page in (jana.get("/counter"), jana.get("/counter/side"), scan(jana, order.number), scan(jana, "zoe")):
        assert "Zoë" in page.text
        assert "<b>Zoë" not in page.html


def test_the_field_has_focus_and_the_sides_show_who_waits(jana: Browser, story: StoreStory, wiring: Wiring) -> None:
    order = story.order(MUG, payment_method="invoice")
    story.make(order)
    page = jana.get("/counter")
    assert [given["name"] for tag, given in page.tags if "autofocus" in given] == ["code"]
    assert "Waiting for pick-up 1 Marit Haugen bin 1, 2\u00a0pieces".replace("\u00a0", " ") in page.text.replace(
        "\u00a0", " "
    )
    assert not [given for _, given in page.tags if "style" in given]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_strangers_and_makers_are_sent_to_the_counters_sign_in(
    browser: Browser, story: StoreStory, method: str, path: str
) -> None:
    def ask() -> str:
        data = {"_csrf_token": token(browser)} if method == "POST" else None
        answer = browser.client.request(method, path, data=data, follow_redirects=False)
        assert answer.status_code == 303
        return answer.headers["location"]

    assert ask().startswith("/counter/sign-in")
    form = browser.get("/workshop/sign-in")
    browser.press(form, form.forms[0].action, "Sign in", email=MAKER[0], password=MAKER[2])
    assert browser.get("/workshop").status == 200
    assert ask().startswith("/counter/sign-in")


def test_a_clerk_is_sent_from_the_workshop_to_its_sign_in_and_back_afterwards(jana: Browser) -> None:
    assert jana.get("/workshop/stock").path == "/workshop/sign-in?next=%2Fworkshop%2Fstock"


@pytest.mark.parametrize("noun", ["scans", "handovers", "payments", "sales"])
def test_every_change_needs_the_forms_token(jana: Browser, noun: str) -> None:
    assert jana.client.post(f"/counter/{noun}", data={"code": "x"}).status_code == 403


def test_codes_cannot_be_tried_without_end(jana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("configurator.web.counter_pages.CODES_AN_HOUR", 3)
    tried = [scan(jana, f"QX 000{n}") for n in range(4)]
    assert [page.status for page in tried] == [200, 200, 200, 429]
    assert "Tried too often. Try again in 60 minutes." in tried[-1].text


def test_signing_out_ends_it_and_the_next_clerk_needs_a_pin_only(jana: Browser) -> None:
    page = jana.get("/counter")
    out = jana.press(page, "/counter/sign-out", "Sign Jana out")
    assert out.path == "/counter/sign-in"
    assert "Who is at the counter?" in out.text
    assert jana.get("/counter").path.startswith("/counter/sign-in")
    back = jana.press(out, out.forms[0].action, "Sign in", pin=OTHER_PIN)
    assert "Tariq" in back.text


def token(browser: Browser) -> str:
    browser.get("/counter/sign-in")
    return browser.client.cookies["csrftoken"]


def test_a_customer_in_no_hurry_fetches_it_later_with_a_batch_for_less(
    jana: Browser, story: StoreStory, wiring: Wiring, clock: FixedClock
) -> None:
    story.order(MUG)
    with wiring.database.write() as session:
        plan(session, catalogue=wiring.catalogue, now=wiring.clock.now())
    clock.at += FRESH
    page = jana.get("/counter/walk-in/mug?template=club&f.name=Noor")
    assert page.form("design").options["till_date"] == ["soon", "later"]
    later = jana.press(page, "design", "Show", till_date="later", till_name="Noor")
    assert "to fetch here" in later.text
    done = jana.press(later, "design", "Cash")
    assert done.path.startswith("/counter?order=")
    with wiring.database.read() as session:
        order = session.execute(sa.select(Order).order_by(col(Order.id).desc()).limit(1)).scalar_one()
        (batch,) = [each for each in open_batches(session) if not each.rush]
    assert (order.fulfilment, order.facility, order.rush) == ("pickup", STORE, False)
    assert order.total < 1590
    assert order.promised_on >= wiring.clock.now().date()
    assert batch.pieces == 2


def test_a_hand_over_to_the_wrong_person_is_taken_back_with_a_reason_and_made_again(
    jana: Browser, tariq: Browser, story: StoreStory
) -> None:
    order = story.order(MUG, payment_method="invoice")
    story.make(order)
    gone = jana.press(scan(jana, order.pickup_code), "/counter/handovers", "Hand over")
    seen_by_tariq = scan(tariq, order.pickup_code)
    back = jana.press(gone, "/counter/takings-back", "Take", reason="handed to the wrong person")
    assert (back.status, head(back), big(back)) == (200, "g", "1")
    assert "taken back Mon 23 Nov, 10:00 by Jana: handed to the wrong person" in back.text.replace("\u00a0", " ")
    assert story.stages(order) == ["stored"] * 2
    again = jana.press(gone, "/counter/takings-back", "Take", reason="handed to the wrong person")
    assert (again.status, again.text) == (200, back.text)
    late = tariq.press(seen_by_tariq, "/counter/takings-back", "Take", reason="the wrong pieces")
    assert late.status == 409
    assert "Taken back already by Jana at" in late.text
    assert head(jana.press(back, "/counter/handovers", "Hand over")) == "g"
    assert story.stages(order) == ["handed_over"] * 2


def test_a_taking_back_that_names_nothing_known_is_refused(jana: Browser, story: StoreStory) -> None:
    order = story.order(MUG, payment_method="invoice")
    story.make(order)
    gone = jana.press(scan(jana, order.pickup_code), "/counter/handovers", "Hand over")
    for told in ({"given": "yesterday"}, {"given": "0001-01-01T00:00:00"}, {"piece": "99999"}):
        refused = jana.press(gone, "/counter/takings-back", "Take", reason="the wrong pieces", **told)
        assert refused.status == 409
        assert "There is no such hand-over of this order." in refused.text
    assert jana.press(gone, "/counter/takings-back", "Take", reason="").status == 422
    assert story.stages(order) == ["handed_over"] * 2
