"""Pictures over HTTP: sent, refused in words, served so that nothing in them can do anything."""

import re

import pytest
from httpx import Response

from configurator.staff.throttle import Limit, spend
from configurator.web.upload_pages import PER_VISITOR, WINDOW
from configurator.web.visitors import hashed
from configurator.web.wiring import Wiring
from tests.uploads.files import a_photo, svg
from tests.web.browser import Browser, Page

BACK = "/blanks/mug?add=image%3Awrap%3A"


def token(browser: Browser) -> str:
    page = browser.get("/blanks/mug")
    return next(button.value for button in page.form("design").buttons if button.name == "_csrf_token")


def send(browser: Browser, content: bytes, name: str = "sunset.jpg", back: str = BACK, **headers: str) -> Response:
    data = {"_csrf_token": token(browser), "back": back}
    file = {"file": (name, content, "application/octet-stream")}
    return browser.client.post("/uploads", data=data, files=file, headers=headers, follow_redirects=False)


def asset_of(answer: Response) -> str:
    found = re.search(r"[0-9a-f]{64}", answer.headers["location"])
    assert found
    return found[0]


def test_a_picture_that_was_sent_leads_back_to_the_design_it_is_for(browser: Browser) -> None:
    answer = send(browser, a_photo(64, 48))
    assert answer.status_code == 303
    assert answer.headers["location"] == BACK + asset_of(answer)
    scripted = send(browser, a_photo(64, 48), **{"HX-Request": "true"})
    assert (scripted.status_code, asset_of(scripted)) == (201, asset_of(answer))


@pytest.mark.parametrize(
    "back", ["https://x.invalid/?", "//x.invalid/?", "/\\x.invalid/?", "javascript:alert(1)//", ""]
)
def test_nobody_is_led_away_from_the_shop(browser: Browser, back: str) -> None:
    assert send(browser, a_photo(64, 48), back=back).headers["location"] == "/"


def test_a_picture_is_served_so_that_it_can_only_be_looked_at(browser: Browser) -> None:
    asset = asset_of(send(browser, a_photo(64, 48)))
    kinds = {"": "image/jpeg", "-preview": "image/webp", "-small": "image/jpeg", "-proof": "image/webp"}
    for which, media in kinds.items():
        answer = browser.client.get(f"/uploads/{asset}{which}")
        assert answer.headers["content-type"] == media
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert ("immutable" in answer.headers["cache-control"]) == (which != "-proof")
        assert answer.headers["content-disposition"].startswith("inline" if which else "attachment")


def test_a_picture_on_the_product_is_shown_as_the_press_prints_it(browser: Browser) -> None:
    asset = asset_of(send(browser, a_photo(64, 48)))
    sent, shown = (browser.client.get(f"/uploads/{asset}-{which}").content for which in ("preview", "proof"))
    assert sent != shown
    assert shown == browser.client.get(f"/uploads/{asset}-proof").content


def test_a_drawing_is_served_as_the_paths_we_made_of_it(browser: Browser) -> None:
    asset = asset_of(send(browser, svg('<path onload="alert(1)" d="M0 0h9v9z"/>'), "mark.svg"))
    answer = browser.client.get(f"/uploads/{asset}-small")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert "onload" not in answer.text and "<path" in answer.text


@pytest.mark.parametrize("name", ["0" * 64, "0" * 64 + "-small", "..%2f..%2fetc%2fpasswd", "a-b-c"])
def test_a_picture_nobody_sent_is_not_found(browser: Browser, name: str) -> None:
    assert browser.get(f"/uploads/{name}").status == 404


def test_a_picture_is_served_in_its_three_sizes_only(browser: Browser) -> None:
    asset = asset_of(send(browser, a_photo(64, 48)))
    assert browser.get(f"/uploads/{asset}-huge").status == 404


def test_a_refused_file_is_answered_with_a_sentence_that_says_what_to_do(browser: Browser) -> None:
    page = Page(send(browser, b"GIF89a" + bytes(300), "cat.gif"))
    assert page.status == 422
    assert "This file is a GIF. Save it as JPEG, PNG" in page.text


def test_files_too_large_are_never_silently_rejected(browser: Browser) -> None:
    """PAINS 9."""
    page = Page(send(browser, a_photo(64, 48) + bytes(50_100_000)))
    assert page.status == 422
    assert "This file has 50 MB; 50 can be sent." in page.text
    page = Page(send(browser, bytes(60_000_000)))
    assert page.status == 413
    assert "A picture may have 50 MB" in page.text


def test_a_form_without_a_file_is_told_to_choose_one(browser: Browser) -> None:
    data = {"_csrf_token": token(browser), "back": BACK}
    page = Page(browser.client.post("/uploads", data=data, files={"other": ("", b"")}, follow_redirects=False))
    assert page.status == 422
    assert "No file was chosen" in page.text


# Litestar reads the form for its token, and leaves closing the file in it to Python.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_from_another_site_is_refused(browser: Browser) -> None:
    browser.get("/blanks/mug")
    answer = browser.client.post("/uploads", data={"back": BACK}, files={"file": ("a.jpg", a_photo(64, 48))})
    assert answer.status_code == 403


def test_who_sends_too_many_waits_and_is_told_how_long(browser: Browser, wiring: Wiring) -> None:
    send(browser, a_photo(64, 48))
    owner = hashed(browser.client.cookies["cart"])
    for _ in range(PER_VISITOR - 1):
        spend(wiring.database, [Limit(f"upload {owner}", PER_VISITOR, WINDOW)], wiring.clock.now())
    page = Page(send(browser, a_photo(64, 48)))
    assert page.status == 429
    assert "Try again in 10 minutes." in page.text


def test_a_picture_is_sent_placed_ordered_and_kept_without_a_script(browser: Browser) -> None:
    page = browser.get("/blanks/mug")
    back = next(given["value"] for tag, given in page.tags if tag == "input" and given.get("name") == "back")
    asset = asset_of(answer := send(browser, a_photo(640, 480), back=back))
    page = browser.get(answer.headers["location"])
    assert f"/uploads/{asset}-proof" in page.html and f"/uploads/{asset}-small" in page.html
    assert "Put sunset on it" in page.text
    fields = dict(page.form("design").fields)
    number = next(name.removeprefix("asset-") for name, value in fields.items() if value == asset)
    page = browser.press(page, "design", "Show", **{f"width__{number}": "50", f"mirror__{number}": "yes"})
    cart = browser.press(page, "design", "Add to cart")
    assert cart.path == "/cart" and "a picture" in cart.text
    picture = browser.client.get(
        next(given["src"] for tag, given in cart.tags if tag == "img" and "/pictures/" in given["src"])
    )
    assert "data:image/jpeg;base64," in picture.text and "/uploads/" not in picture.text
