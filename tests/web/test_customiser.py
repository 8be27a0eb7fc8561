"""The customiser: what is chosen, what is blocked and why, the way out, and that it works without JavaScript."""

import re
from xml.etree import ElementTree

import pytest

from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page

SEVEN = ("mug", "tee", "notebook", "board", "muesli", "keyring", "book")


def radio(page: Page, name: str) -> list[str]:
    return [value for key, value in page.form("design").fields if key == name]


@pytest.mark.parametrize("key", SEVEN)
def test_every_blank_can_be_customised_and_put_into_the_cart(browser: Browser, key: str) -> None:
    page = browser.get(f"/blanks/{key}")
    assert page.status == 200
    assert 'class="product"' in page.html
    cart = browser.press(page, "design", "Add to cart")
    assert cart.path == "/cart"
    assert cart.html.count('<article class="line"') == 1


def test_a_blocked_value_stays_visible_says_why_and_offers_the_way_out(browser: Browser) -> None:
    """PAINS 1."""
    page = browser.get("/blanks/mug?care=&care=microwave")
    assert "Gold is metal and sparks in a microwave" in page.text
    repaired = browser.press(page, "design", "Take Gold, drop Microwave-safe")
    assert radio(repaired, "rim") == ["gold"]
    assert "microwave" not in radio(repaired, "care")


def test_the_way_out_says_what_it_costs(browser: Browser, wiring: Wiring) -> None:
    page = browser.get("/blanks/mug?care=&care=microwave")
    note = re.search(r"Take Gold, drop Microwave-safe</button><span[^>]*>([^<]+)<", page.html)
    assert note
    assert note[1] == "+ € 3.20, changes 1\u00a0choice".replace("€ ", "€\u00a0")


def test_defaults_give_way_to_what_the_customer_chooses(browser: Browser) -> None:
    page = browser.press(browser.get("/blanks/mug"), "design", "Show", rim="gold")
    assert radio(page, "rim") == ["gold"]
    assert "microwave" not in radio(page, "care")


def test_an_old_link_with_a_value_that_cannot_be_kept_says_so_at_its_option(browser: Browser) -> None:
    page = browser.get("/blanks/mug?rim=platinum&template=gone")
    assert "“platinum” is not offered" in page.text
    assert "This design is no longer offered" in page.text


def test_an_unusable_number_is_told_at_its_field_and_stays_as_typed(browser: Browser) -> None:
    page = browser.get("/blanks/mug?pieces=many")
    assert "“many” is not a number of pieces" in page.text
    assert dict(page.form("design").fields)["pieces"] == "many"


def test_the_same_state_has_one_address_that_can_be_sent_on(browser: Browser) -> None:
    page = browser.press(browser.get("/blanks/mug"), "design", "Show", inside="teal", f_0_name="Noor")
    address = page.response.headers["hx-push-url"]
    again = browser.get(address)
    assert again.response.headers["hx-push-url"] == address
    assert radio(again, "inside") == ["teal"]
    assert "auto=" not in address


def test_typing_through_htmx_returns_only_the_part_that_changes(browser: Browser) -> None:
    headers = {"HX_Request": "true", "HX_Request_Type": "partial"}
    part = browser.get("/blanks/mug?template=club&f.name=Ida", **headers)
    assert "<html" not in part.html
    assert 'class="product"' in part.html
    assert "HX-Request" in part.response.headers["vary"]


def test_undo_is_a_link_to_the_state_before(browser: Browser) -> None:
    before = "/blanks/mug?template=club&f.name=Ida"
    page = browser.get("/blanks/mug?template=club&f.name=Idas", Referer=f"http://testserver.local{before}")
    assert dict(tag for tag in page.tags if tag[1].get("id") == "undo")["a"]["href"] == before


def test_a_template_becomes_the_customers_own_lines_without_changing_the_picture(browser: Browser) -> None:
    page = browser.get("/blanks/mug")
    own = browser.press(page, "design", "Change fonts, sizes and places")
    fields = dict(own.form("design").fields)
    assert fields["text-1"] == "HARBOUR ROWING CLUB"
    assert fields["kind-2"] == "shape"
    hash_of = re.compile(r'<span class="code" title="([0-9a-f]{64})"')
    assert hash_of.search(own.html)[1] == hash_of.search(page.html)[1]  # type: ignore[index] # both pages show it


def test_texts_are_added_changed_and_removed_by_plain_buttons(browser: Browser) -> None:
    page = browser.press(browser.get("/blanks/mug?template="), "design", "Add text")
    page = browser.press(page, "design", "Show", text__1="Kofi", size__1="20", x__1="100")
    fields = dict(page.form("design").fields)
    assert (fields["text-1"], fields["size-1"], fields["x-1"]) == ("Kofi", "20", "100")
    page = browser.press(page, "design", "Remove")
    assert "text-1" not in dict(page.form("design").fields)


def test_preflight_says_what_would_not_come_out_and_a_button_repairs_it(browser: Browser) -> None:
    page = browser.get("/blanks/mug?kind-1=text&text-1=tiny&size-1=1.5&x-1=100&y-1=40")
    assert "do not come out well" in page.text
    fixed = browser.press(page, "design", "Make it")
    assert "do not come out well" not in fixed.text


def test_preflight_repairs_a_ready_design_too(browser: Browser) -> None:
    page = browser.get("/blanks/mug?template=club&f.name=W&f.small=" + "i" * 28)
    for finding in [b for b in page.form("design").buttons if b.text.startswith(("Make it", "Let it be", "Move it"))]:
        repaired = browser.send(page, page.form("design"), finding, {})
        assert dict(repaired.form("design").fields)["text-1"] == "HARBOUR ROWING CLUB"


def test_one_more_and_one_less_keep_everything_that_was_typed(browser: Browser) -> None:
    page = browser.get("/blanks/mug?template=club&f.name=Ida&pieces=5")
    form = page.form("design")
    more = next(button for button in form.buttons if button.value == "pieces=6")
    page = browser.send(page, form, more, {"f.name": "Frida"})
    fields = dict(page.form("design").fields)
    assert (fields["f.name"], fields["pieces"]) == ("Frida", "6")


def test_price_vat_and_date_stand_together(browser: Browser) -> None:
    """PAINS 15 and 17."""
    page = browser.get("/blanks/mug?pieces=6")
    assert re.search(r"6 pieces, € [\d.]+ each, incl. € [\d.]+ VAT", page.text.replace("\u00a0", " "))
    assert "Order within" in page.text


def test_both_sides_of_a_shirt_can_be_looked_at_without_javascript(browser: Browser) -> None:
    page = browser.get("/blanks/tee")
    back = browser.press(page, "design", "Back")
    assert "view=back" in back.response.headers["hx-push-url"]


def test_muesli_says_what_is_still_to_give_out_and_gives_it_out(browser: Browser) -> None:
    page = browser.get("/blanks/muesli")
    name = next(
        key for key, value in page.form("design").fields if "." in key and value not in ("", "0") and key[:2] != "f."
    )
    grams = int(dict(page.form("design").fields)[name])
    short = browser.press(page, "design", "Show", **{name.replace(".", "_0_"): str(grams - 25)})
    assert "25 g are still to give out" in short.text.replace("\u00a0", " ")
    full = browser.press(short, "design", "Put 25 g on")
    assert "still to give out" not in full.text


def test_the_picture_on_the_page_is_the_one_in_the_cart(browser: Browser, wiring: Wiring) -> None:
    """PAINS 3: one layout, one picture."""
    page = browser.get("/blanks/board")
    cart = browser.press(page, "design", "Add to cart")
    hash_ = re.search(r'title="([0-9a-f]{64})"', page.html)
    assert hash_ and f"/pictures/{hash_[1]}.svg" in cart.html
    picture = browser.client.get(f"/pictures/{hash_[1]}.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in picture.headers["cache-control"]
    pixels = browser.client.get(f"/pictures/{hash_[1]}.webp")
    assert pixels.headers["content-type"] == "image/webp"
    assert pixels.content[8:12] == b"WEBP"
    assert browser.client.get(f"/pictures/{hash_[1]}.bmp").status_code == 404
    assert f"/proofs/{hash_[1]}.pdf" in cart.html
    proof = browser.client.get(f"/proofs/{hash_[1]}.pdf")
    assert proof.headers["content-type"] == "application/pdf"
    assert proof.content == browser.client.get(f"/proofs/{hash_[1]}.pdf").content
    assert browser.client.get(f"/proofs/{'0' * 64}.pdf").status_code == 404


@pytest.mark.parametrize("key", SEVEN)
def test_every_field_has_a_label_for_people_who_do_not_see_the_page(browser: Browser, key: str) -> None:
    """PAINS 8."""
    page = browser.press(browser.get(f"/blanks/{key}"), "design", "Show")
    labels = {given.get("for") for tag, given in page.tags if tag == "label"}
    for tag, given in page.tags:
        if tag in ("input", "select") and given.get("type") not in ("hidden", "radio", "checkbox"):
            assert given.get("id") in labels or given.get("aria-label") or f'id="{given.get("id")}"' in page.html


def test_the_catalogue_filters_by_plain_links_and_promises_a_day(browser: Browser) -> None:
    page = browser.get("/")
    assert page.html.count('class="tile') == len(SEVEN)
    kitchen = browser.follow(page, "Kitchen")
    assert 0 < kitchen.html.count('class="tile') < len(SEVEN)
    assert "Order within" in page.text


@pytest.mark.parametrize("key", SEVEN)
def test_the_catalogues_pictures_are_proper_svg(browser: Browser, key: str) -> None:
    page = browser.get("/")
    source = next(given["src"] for tag, given in page.tags if tag == "img" and f"/{key}-0-" in given["src"])
    ElementTree.fromstring(browser.client.get(source).content)  # noqa: S314 - our own picture


def test_the_customiser_fits_through_a_thin_wire(browser: Browser, wiring: Wiring) -> None:
    """66 KB of HTML, CSS and JavaScript without pictures and fonts, as they go over the wire."""
    answer = browser.client.get("/blanks/mug", headers={"Accept-Encoding": "br"})
    html = int(answer.headers["content-length"])
    names = ("shop.css", "shop.js", "steps.js", "stage.js", "htmx.js")
    files = sum(len(wiring.assets.file(wiring.assets.url(name).rpartition("/")[2]).br) for name in names)  # type: ignore[union-attr] # it is served
    assert html + files <= 66_000
    assert len(wiring.assets.file(wiring.assets.url("interface.woff2").rpartition("/")[2]).plain) <= 80_000  # type: ignore[union-attr] # it is served


def test_a_finding_has_one_number_in_the_list_on_the_product_and_on_the_flat_strip_and_its_place_in_words(
    browser: Browser,
) -> None:
    page = browser.get("/blanks/mug?kind-1=text&area-1=wrap&text-1=Zo%C3%AB+%E1%9A%A0&size-1=10&x-1=178&y-1=40")
    assert page.html.count('class="mark" data-finding="1"') == 2
    assert re.search(
        r"Finding 1 None of our fonts .* Marked 1 on the picture: All the way round, \d+ to \d+ mm", page.text
    )
