"""The shop over HTTP, for the tests of this folder."""

import pytest

from configurator.staff.hiring import hire_maker
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.shop import browser, parts, wiring

__all__ = ["browser", "deniz", "parts", "planned", "wiring"]

MAIL, PASSWORD = "deniz@lot-one.example", "make-it-well"


@pytest.fixture
def deniz(wiring: Wiring, browser: Browser) -> Browser:
    """A browser in which a maker of the plant is signed in."""
    with wiring.database.write() as session:
        hire_maker(session, MAIL, "Deniz", PASSWORD, "plant-bremen")
    page = browser.get("/workshop")
    assert page.path.startswith("/workshop/sign-in")
    browser.press(page, page.forms[0].action, "Sign in", email=MAIL, password=PASSWORD)
    return browser


@pytest.fixture
def planned(wiring: Wiring, deniz: Browser) -> Browser:
    """A maker is signed in; three mugs are planned as B-001."""
    cart = deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces="3")
    customer = {"email": "marit@harbour.example", "name": "Marit Haugen", "street": "Osterdeich 41"}
    deniz.press(cart, "checkout", "Pay", **customer, postcode="28203", town="Bremen", rights="yes")
    wiring.jobs.run_due()
    return deniz
