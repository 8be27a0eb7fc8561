"""Headers, tokens, limits and hostile input: on every answer, whatever is asked."""

import re

import pytest
from litestar.testing import TestClient

from configurator.app import PageThreads, asgi
from configurator.web.forms import query_pairs
from configurator.web.refusing import SENTENCES
from configurator.web.wiring import Wiring
from tests.builders import ZOE
from tests.web.browser import Browser, Page

EVERYWHERE = ("/", "/blanks/mug", "/cart", "/nothing/here", "/static/none.css", "/orders/none", "/pictures/none.svg")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_security_headers_and_a_strict_policy(browser: Browser, path: str) -> None:
    headers = browser.get(path).response.headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["/api/blanks", "/static/{css}", "/blanks/mug/picture.webp", "/pictures/none.svg", "/blanks/mug/proof.pdf"]
)
def test_what_a_cache_may_keep_for_everybody_sets_no_cookie(browser: Browser, wiring: Wiring, path: str) -> None:
    answer = browser.client.get(path.replace("/static/{css}", wiring.assets.url("shop.css")))
    assert answer.status_code in (200, 404)
    assert "set-cookie" not in answer.headers


def test_a_wrong_method_is_told_with_headers_too(browser: Browser) -> None:
    page = Page(browser.client.request("DELETE", "/cart"))
    assert page.status in (403, 405)
    assert "content-security-policy" in page.response.headers


@pytest.mark.parametrize("path", ["/", "/blanks/mug", "/blanks/tee", "/cart", "/nothing"])
def test_no_page_has_inline_styles_or_scripts_that_the_policy_would_block(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert not [given for _, given in page.tags if "style" in given]
    assert not [given for tag, given in page.tags if tag == "script" and not given.get("src")]
    assert "<style" not in page.html
    assert not re.search(r"\son[a-z]+=", page.html)


@pytest.mark.parametrize("path", ["/orders", "/cart/quotes", "/cart/lines/1", "/blanks/mug/designs"])
def test_a_form_from_elsewhere_is_refused(browser: Browser, path: str) -> None:
    browser.get("/cart")
    page = Page(browser.client.post(path, data={"name": "Mallory"}))
    assert page.status == 403
    assert SENTENCES[403] in page.text


def test_a_far_too_large_form_is_refused_in_words(browser: Browser) -> None:
    browser.get("/cart")
    page = Page(browser.client.post("/orders", content=b"a=" + b"x" * 2_000_000))
    assert page.status in (403, 413)
    assert "Traceback" not in page.html


def test_files_are_refused_until_there_is_a_place_for_them(browser: Browser) -> None:
    page = browser.get("/blanks/mug")
    token = next(button.value for button in page.form("design").buttons if button.name == "_csrf_token")
    sent = browser.client.post(
        "/blanks/mug/designs", data={"_csrf_token": token}, files={"picture": ("a.svg", b"<svg/>", "image/svg+xml")}
    )
    assert sent.status_code == 422
    assert "Files cannot be sent here" in sent.text


@pytest.mark.parametrize("path", ["/orders/%00", "/pictures/%00.svg", "/uploads/a%00", "/workshop/batches/%00"])
def test_a_nul_in_an_address_names_nothing_on_either_database(browser: Browser, path: str) -> None:
    assert browser.get(path).status in (200, 404)


def test_a_picture_of_a_sample_with_an_odd_number_is_not_there(browser: Browser) -> None:
    assert browser.get("/pictures/sample/mug-²-0123456789ab.svg").status == 404


def test_a_line_of_a_cart_with_a_number_longer_than_any_is_told_and_not_looked_for(browser: Browser) -> None:
    form = browser.get("/blanks/mug").form("design")
    token = next(button.value for button in form.buttons if button.name == "_csrf_token")
    sent = browser.client.post(f"/cart/lines/{10**22}/removals", headers={"x-csrftoken": token})
    assert sent.status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "text-1=" + ZOE.replace(" ", "+"),
        "rim=%00&inside=%ff%fe&pieces=-1",
        "pieces=999999999999999999999999&size-1=NaN&x-1=1e400&text-1=a",
        "text-1=a&font-1=../../etc/passwd&ink-1=%3Cscript%3E&area-1=none&kind-1=zip",
        "template=club&f.name=" + "%F0%9F%8E%89" * 40,
        "take=%25%25%25&take=-%3D*&add=shape&remove=x&auto=auto",
        "care=microwave&rim=gold&rim=plain&care=&care=<b>",
        "&".join(f"text-{n}=a{n}" for n in range(1, 400)),
        "=&==&&a&%&pieces",
        "line=99999999999999999999&view=%2e%2e&once='",
        "text-1=%E2%80%AE%E2%80%AEevil&arc-1=0.0001&fit-1=0.001&size-1=400",
    ],
)
def test_no_query_breaks_the_customiser_and_nothing_of_it_is_markup(browser: Browser, query: str) -> None:
    page = browser.get(f"/blanks/mug?{query}")
    assert page.status == 200
    assert "Traceback" not in page.html
    assert "<b>Zo" not in page.html
    assert "<script>" not in page.html


def test_what_a_customer_types_is_escaped_wherever_it_is_shown(browser: Browser) -> None:
    page = browser.get("/blanks/mug?template=club&f.name=%3Cb%3EZo%C3%AB%3C%2Fb%3E")
    assert dict(page.form("design").fields)["f.name"] == "<b>Zoë</b>"
    cart = browser.press(page, "design", "Add to cart")
    typed = {"name": ZOE, "street": '"><script>alert(1)</script>', "email": "a@b"}
    wrong = browser.press(cart, "checkout", "Pay", **typed)
    assert wrong.status == 422
    assert "<b>Zo" not in wrong.html
    assert "<script>alert" not in wrong.html
    assert dict(wrong.form("checkout").fields)["name"] == ZOE


@pytest.mark.parametrize(
    "fields",
    [
        {"way": "pickup:nowhere"},
        {"way": "pickup:plant-bremen"},
        {"way": "counter:store-bremen"},
        {"way": "pickup:"},
        {"payment": "bitcoin"},
        {"seen": "1:2:3", "promised": "yesterday"},
        {"seen": ";;;", "checkout_key": ""},
        {"name": "x" * 1999, "email": "@" * 300, "postcode": "\x00\x01"},
        {"name": "Ida\r\nBcc: everybody@example.com"},
    ],
)
def test_a_checkout_that_was_tampered_with_is_told_and_orders_nothing(
    browser: Browser, wiring: Wiring, fields: dict[str, str]
) -> None:
    cart = browser.press(browser.get("/blanks/mug"), "design", "Add to cart")
    good = {"email": "a@b.example", "name": "Ida", "street": "Weg 1", "postcode": "28203", "town": "Bremen"}
    form = cart.form("checkout")
    pay = next(button for button in form.buttons if button.text.startswith("Pay"))
    page = browser.send(cart, form, pay, {**good, "rights": "yes", **fields})
    assert page.status in (409, 422), page.text
    quoted = browser.send(cart, form, next(b for b in form.buttons if b.text.startswith("Show the sum")), {**fields})
    assert quoted.status == 200


def test_a_sign_no_font_has_is_told_before_anyone_pays_for_it(browser: Browser) -> None:
    """PAINS 6."""
    page = browser.get("/blanks/mug?text-1=%F0%93%82%80+Ida&kind-1=text")
    assert "None of our fonts can draw “𓂀”" in page.text
    assert "1 thing to fix first" in page.text.replace("\u00a0", " ")
    fixed = browser.press(page, "design", "Leave it out")
    assert "None of our fonts" not in fixed.text
    assert dict(fixed.form("design").fields)["text-1"] == "Ida"


def test_a_design_with_an_error_cannot_be_pushed_into_the_cart(browser: Browser) -> None:
    page = browser.get("/blanks/mug?text-1=Ida&kind-1=text")
    refused = browser.press(page, "design", "Add to cart", text__1="𓂀")
    assert refused.status == 422
    assert "None of our fonts can draw" in refused.text
    assert browser.get("/cart").text.count("Your cart is empty") == 1


def test_a_mistake_of_ours_shows_a_sentence_and_no_trace(wiring: Wiring) -> None:
    wiring.database.close()
    with TestClient(asgi(wiring), raise_server_exceptions=False) as client:
        client.cookies.set("cart", "x" * 40)
        wiring.__dict__["database"] = None
        answer = client.get("/cart")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("home", "way"), [("/", "blanks"), ("/workshop", "board"), ("/counter", "counter")])
def test_a_refusal_leads_back_to_where_its_reader_works(browser: Browser, home: str, way: str) -> None:
    page = browser.get(f"{home.rstrip('/')}/none")
    assert page.status == 404
    assert dict(page.links)[f"To the {way}"] == home


def test_a_page_function_that_runs_past_the_end_of_something_is_answered_not_left_hanging() -> None:
    with PageThreads(1) as threads:
        assert isinstance(threads.submit(next, iter(())).exception(timeout=10), RuntimeError)


def test_nobody_gets_another_ones_order_by_leaving_out_the_forms_key(browser: Browser, wiring: Wiring) -> None:
    good = {"email": "a@b.example", "name": "Ida", "street": "Weg 1", "postcode": "28203", "town": "Bremen"}
    for key in ("", "x", "1" * 65, "walk-in:" + "1" * 40):
        cart = browser.press(browser.get("/blanks/mug"), "design", "Add to cart")
        page = browser.press(cart, "checkout", "Pay", **good, rights="yes", checkout_key=key)
        assert page.status == 409


def test_queries_are_read_without_ever_raising() -> None:
    assert query_pairs("a=1&b=%FF&c=%00x&d") == (("a", "1"), ("b", "\ufffd"), ("c", "x"), ("d", ""))
    assert len(query_pairs("a=1&" * 5000)) <= 1000


def test_the_cart_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    page = browser.get("/blanks/mug")
    form = page.form("design")
    button = next(button for button in form.buttons if button.text.startswith("Add to cart"))
    fields = [*form.fields, (button.name, button.value)]
    answer = browser.client.post(button.action or "", data=dict(fields), follow_redirects=False)
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("cart="))
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
