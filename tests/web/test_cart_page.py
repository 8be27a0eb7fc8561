"""The cart's page without JavaScript: what was removed can be brought back, what is wrong is where one lands."""

from tests.web.browser import Browser, Page


def focused(page: Page) -> list[str]:
    return [given.get("id") or given.get("class", "") for _, given in page.tags if "autofocus" in given]


def with_mug_and_ring(browser: Browser) -> Page:
    browser.press(browser.get("/blanks/mug?template=club&f.name=Marit"), "design", "Add to cart", pieces="4")
    return browser.press(browser.get("/blanks/keyring"), "design", "Add to cart")


def test_a_line_that_was_removed_is_told_of_where_it_stood_and_comes_back_as_it_was(browser: Browser) -> None:
    cart = browser.press(with_mug_and_ring(browser), "checkout", "Remove Mug")
    assert "“ Mug, 330 ml, Marit ” is out of your cart." in cart.text
    assert cart.html.index("is out of your cart") < cart.html.index("<article")
    again = browser.press(browser.follow(cart, "Open it again"), "design", "Add to cart")
    assert "4 × Mug, 330 ml, Marit" in again.text
    assert "is out of your cart" not in again.text


def test_the_last_line_that_was_removed_can_be_brought_back_too(browser: Browser) -> None:
    cart = browser.press(with_mug_and_ring(browser), "checkout", "Remove Mug")
    cart = browser.press(cart, "checkout", "Remove Acrylic")
    assert "Your cart is empty" in cart.text
    assert "pieces=1" in browser.follow(cart, "Open it again").path


def test_what_is_missing_has_focus_the_first_on_the_page_before_the_others(browser: Browser) -> None:
    cart = with_mug_and_ring(browser)
    assert focused(cart) == []
    cart = browser.press(cart, "checkout", "Pay")
    assert focused(cart) == ["email"]
    cart = browser.press(cart, "checkout", "Pay", email="marit@harbour.example", name="Marit", street="Osterdeich 41")
    assert focused(cart) == ["postcode"]
    cart = browser.press(cart, "checkout", "Pay", postcode="28203", town="Bremen")
    assert focused(cart) == ["rights"]


def test_without_javascript_the_page_opens_at_the_element_that_a_button_was_about(browser: Browser) -> None:
    page = browser.get("/blanks/mug?kind-1=text&text-1=Ida")
    assert focused(page) == []
    page = browser.press(page, "design", "Add text")
    assert focused(page) == ["el"]
    sent = browser.get(page.path, hx_request="true", hx_request_type="partial")
    assert focused(sent) == [], "htmx would go there with every letter"


def test_who_pays_by_invoice_finds_the_account_on_the_order_and_on_the_invoice(browser: Browser) -> None:
    address = {"email": "marit@harbour.example", "name": "Marit", "street": "Osterdeich 41", "postcode": "28203"}
    order = browser.press(with_mug_and_ring(browser), "checkout", "Pay", **address, town="Bremen", rights="yes")
    assert "within 14 days to IBAN DE00 0000 0000 0000 0000 00 and name the order" in order.text
    assert "To IBAN DE00 0000 0000 0000 0000 00" in browser.follow(order, "Invoice").text
