"""Designs too long for an address: the address names them, and nothing is ever lost."""

import re
from urllib.parse import urlencode

import pytest

from configurator.storage import Storage
from configurator.web.long_addresses import NoSuchAddress, short, unfolded
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page

POEM = "Der Mond ist aufgegangen, die goldnen Sternlein prangen\nam Himmel hell und klar 月が昇った"


def many(count: int) -> str:
    fields = [
        (name, value)
        for number in range(1, count + 1)
        for name, value in (
            *(
                (f"kind-{number}", "text"),
                (f"text-{number}", f"{number} {POEM}"),
                (f"area-{number}", AREAS[number % 2]),
            ),
            *((f"size-{number}", "4"), (f"turn-{number}", str(number)), (f"x-{number}", "60"), (f"y-{number}", "40")),
        )
    ]
    return urlencode([("template", ""), *fields])


AREAS = ("front", "back")
TYPING = {"HX_Request": "true", "HX_Request_Type": "partial"}


def texts(page: Page) -> list[str]:
    return [value for name, value in page.form("design").fields if name.startswith("text-")]


def test_a_long_design_has_a_short_address_that_brings_everything_back(browser: Browser) -> None:
    page = browser.get(f"/blanks/tee?{many(10)}")
    address = page.response.headers["hx-push-url"]
    assert len(address) < 150
    again = browser.get(address)
    assert texts(again) == texts(page) == [f"{number} {POEM}" for number in range(1, 11)]
    assert again.response.headers["hx-push-url"] == address
    assert again.response.history == []


def test_without_javascript_a_long_form_is_answered_by_its_short_address(browser: Browser) -> None:
    page = browser.get(f"/blanks/tee?{many(10)}&view=back&take=x-3%3D70%26el%3D3")
    assert [answer.status_code for answer in page.response.history] == [303]
    assert re.fullmatch(r"/blanks/tee\?kept=[0-9a-f]{64}&view=back&el=3", page.path)
    assert texts(page) == [f"{number} {POEM}" for number in range(1, 11)]
    assert dict(page.form("design").fields)["x-3"] == "70"
    assert '<details class="why" id="el-3" open' in page.html
    shown = browser.press(page, "design", "Show", text__1="Ida")
    assert len(shown.path) < 150
    assert texts(shown)[0] == "Ida"


def test_what_is_wrong_in_a_long_form_is_said_before_its_address_is_shortened(browser: Browser) -> None:
    page = browser.get(f"/blanks/tee?{many(10)}&size-1=huge")
    assert page.response.history == []
    assert "“huge” is not a number" in page.text


def test_a_short_design_stays_in_its_address(browser: Browser) -> None:
    assert "kept=" not in browser.get("/blanks/mug?template=club").response.headers["hx-push-url"]


def test_the_design_behind_a_short_address_goes_into_the_cart_and_is_edited_there(browser: Browser) -> None:
    page = browser.get(browser.get(f"/blanks/tee?{many(10)}").response.headers["hx-push-url"])
    cart = browser.press(page, "design", "Add to cart")
    edit = next(href for _, href in cart.links if href.startswith("/blanks/tee?"))
    assert texts(browser.get(edit)) == texts(page)


def test_a_change_to_a_kept_design_is_another_and_the_first_is_still_there(browser: Browser) -> None:
    first = browser.get(f"/blanks/tee?{many(10)}").response.headers["hx-push-url"]
    changed = browser.press(browser.get(first), "design", "Show", text__1="Ida")
    assert changed.response.headers["hx-push-url"] != first
    assert texts(browser.get(first))[0] == f"1 {POEM}"


def test_what_was_never_kept_is_a_page_that_says_so(browser: Browser, wiring: Wiring) -> None:
    other = wiring.storage.put(b"somebody's picture")
    for name in ("0" * 64, other, "../../etc/passwd", ""):
        page = browser.get(f"/blanks/tee?kept={name}")
        assert page.status == 404
        assert "No design is kept under this address" in page.text


def test_a_full_disk_leaves_the_long_address_which_still_works(tmp_path: object) -> None:
    storage = Storage(f"file://{tmp_path}/blobs")

    class Full(Storage):
        def put(self, content: bytes) -> str:
            from configurator.storage import StorageUnreachable  # noqa: PLC0415 - beside its one use

            raise StorageUnreachable(OSError("No space left on device"))

    query = "text-1=" + "a" * 3000
    assert short(query, Full(f"file://{tmp_path}/full")) == query
    assert unfolded((("kept", short(query, storage).removeprefix("kept=")), ("view", "back")), storage)[1] == (
        "view",
        "back",
    )
    with pytest.raises(NoSuchAddress):
        unfolded((("kept", "1" * 64),), storage)
