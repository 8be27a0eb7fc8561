"""A walk-in's design is made like in the shop: a picture of theirs, Undo, a tick under what preflight warns of."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from configurator.clock import FixedClock
from configurator.orders.rows import OrderLine
from configurator.web.wiring import Wiring
from tests.flows.store_story import PIN, StoreStory
from tests.flows.test_counter import at_the_counter
from tests.uploads.files import a_photo
from tests.web.browser import Browser, Page

NAME = "<b>Zoë</b> 🎉 محمد"
TINY = "/counter/walk-in/mug?kind-1=text&area-1=wrap&text-1=Zo%C3%AB&font-1=archivo&size-1=2&ink-1=navy&x-1=178&y-1=40"


@pytest.fixture
def jana(wiring: Wiring, browser: Browser) -> Browser:
    StoreStory(wiring).hire()
    return at_the_counter(browser, PIN)


def hidden(page: Page, name: str) -> str:
    """A field that belongs to a form by its `form` attribute."""
    return next(given["value"] for _, given in page.tags if given.get("name") == name and given.get("form") == "upload")


def undo(page: Page) -> str:
    return next(given.get("href", "") for _, given in page.tags if given.get("id") == "undo")


def test_a_customers_picture_is_sent_from_the_tablets_files_or_camera_and_stands_on_the_design(jana: Browser) -> None:
    page = jana.get("/counter/walk-in/mug")
    files = [given for _, given in page.tags if given.get("type") == "file"]
    assert [given.get("capture", "") for given in files] == ["", "environment"]
    assert 'id="upload-bar"' in page.html
    data = {"_csrf_token": hidden(page, "_csrf_token"), "back": hidden(page, "back")}
    chosen = [("file", ("", b"", "application/octet-stream")), ("file", ("photo.jpg", a_photo(900, 700), "image/jpeg"))]
    shown = Page(jana.client.post("/uploads", data=data, files=chosen))
    assert shown.path.startswith("/counter/walk-in/mug?")
    assert dict(shown.form("design").fields)["kind-1"] == "text"
    assert "image" in dict(shown.form("design").fields).values()
    sold = jana.press(shown, "design", "Cash", till_name=NAME)
    assert "Started for" in sold.text, sold.text[:400]


def test_the_pictures_of_the_customer_before_are_not_shown(jana: Browser) -> None:
    page = jana.get("/counter/walk-in/mug")
    data = {"_csrf_token": hidden(page, "_csrf_token"), "back": hidden(page, "back")}
    jana.client.post("/uploads", data=data, files={"file": ("photo.jpg", a_photo(90, 70), "image/jpeg")})
    assert "Your pictures" not in jana.get("/counter/walk-in/mug").html
    assert "Your pictures" in jana.get("/blanks/mug").html


def test_undo_goes_back_one_step_and_start_again_to_the_beginning(jana: Browser) -> None:
    first = "/counter/walk-in/mug?inside=teal"
    page = jana.get("/counter/walk-in/mug?inside=coral", Referer=f"http://testserver.local{first}")
    assert undo(page) == first
    assert page.response.headers["hx-push-url"].startswith("/counter/walk-in/mug?inside=coral")
    assert undo(jana.get("/counter/walk-in/mug?inside=coral", Referer="http://testserver.local/blanks/mug?x=1")) == ""
    assert next(href for words, href in page.links if words == "Start again") == "/counter/walk-in/mug"


def test_what_preflight_warns_of_is_ticked_at_the_counter_too(jana: Browser, wiring: Wiring) -> None:
    page = jana.get(TINY)
    refused = jana.press(page, "design", "Cash", till_name=NAME)
    assert refused.status == 409
    assert "Tick that it is to be made so" in refused.text
    (tick,) = refused.form("design").options["till_warned"]
    sold = jana.press(refused, "design", "Cash", till_name=NAME, till_warned=tick)
    assert "Started for" in sold.text
    with wiring.database.read() as session:
        (warnings,) = session.execute(sa.select(OrderLine.warnings)).one()
    assert "Letters under 2 mm" in warnings[0]


def test_whoever_comes_second_is_promised_a_time_after_the_first_ones_mugs(
    jana: Browser, wiring: Wiring, clock: FixedClock
) -> None:
    alone = ready(jana.get("/counter/walk-in/mug?inside=teal"))
    sold = jana.press(jana.get("/counter/walk-in/mug?pieces=12"), "design", "Cash", till_name=NAME)
    assert "Started for" in sold.text
    wiring.jobs.run_due()
    clock.at += timedelta(minutes=1)
    assert ready(jana.get("/counter/walk-in/mug?inside=teal")) > alone + timedelta(minutes=30)


def ready(page: Page) -> timedelta:
    """The time of day that the bar promises."""
    found = re.search(r"ready (\d\d):(\d\d)", page.text)
    assert found, page.text[-500:]
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def test_a_tick_does_not_count_for_a_design_that_was_changed_after_it(jana: Browser) -> None:
    (tick,) = jana.get(TINY).form("design").options["till_warned"]
    page = jana.press(jana.get(TINY), "design", "Show", size__1="1.9", till_warned=tick)
    assert ("till_warned", tick) not in page.form("design").fields
    assert jana.press(page, "design", "Cash", till_name="Zoë", till_warned=tick).status == 409


def test_a_walk_in_that_is_not_begun_is_called_by_another_name_and_cancelled_and_paid_back(
    jana: Browser, wiring: Wiring
) -> None:
    sold = jana.press(jana.get("/counter/walk-in/mug"), "design", "Cash", till_name="Emil")
    assert "Started for Emil" in sold.text
    named = jana.press(sold, "/counter/names", "Call it out so", name=NAME)
    assert NAME in named.text
    wrong = jana.press(named, "/counter/names", "Call it out so", name=" ")
    assert (wrong.status, NAME in wrong.text) == (422, True)
    gone = jana.press(named, "/counter/cancellations", "Cancel 1 piece")
    assert (gone.status, "This order was cancelled" in gone.text) == (200, True)
    assert not any(form.action == "/counter/names" for form in gone.forms)
    late = jana.press(named, "/counter/names", "Call it out so", name="Zoë")
    assert (late.status, "is cancelled" in late.text) == (409, True)
    back = jana.press(gone, "/counter/payments", "Given back in cash")
    assert back.status == 200
    with wiring.database.read() as session:
        assert session.execute(sa.text("select sum(amount) from payment")).scalar_one() == 0
