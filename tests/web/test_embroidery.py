"""An embroidered shirt through the shop: the stitches counted are the stitches paid for."""

import re
from decimal import Decimal

from sqlmodel import select

from configurator.artwork.stitches import stitches
from configurator.artwork.stitches_picture import SHADES
from configurator.orders.design_store import scenes_of, sewn_of
from configurator.orders.rows import OrderLine, StoredDesign
from configurator.production.design_reading import routes
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.test_order_pages import ADDRESS
from tests.web.test_parting import TYPING, named, put_back

SHIRT = "/blanks/tee?template=embroidered-on-the-chest&f.name=Marit&pieces=3"


def test_stitches_cost_the_same_on_the_page_in_the_cart_and_in_the_order(browser: Browser, wiring: Wiring) -> None:
    page = browser.get(SHIRT)
    cart = browser.press(page, "design", "Add to cart")
    cart = browser.press(cart, "checkout", "Show the sum", way="ship")
    browser.press(cart, "checkout", "Pay", **ADDRESS)
    tee = wiring.catalogue.blank("tee")
    with wiring.database.read() as session:
        line = session.exec(select(OrderLine)).one()
        sewn = sewn_of(session, line.design_hash)["chest"].stitches
        assert sewn == sum(stitches(scene).stitches for scene in scenes_of(session, line.design_hash))
    exact = tee.price.base + tee.area("chest").price + Decimal(sewn) * 80 / 1000
    assert line.each == round(exact)
    total = wiring.currency.written(line.total).replace("\xa0", " ")
    assert total in page.text
    assert f"{sewn:,} stitches in 2 threads" in page.text
    assert total in cart.text


def test_a_name_whose_strokes_cross_by_a_hair_is_sewn_too(browser: Browser) -> None:
    for name in ("Täkwvnbyj", "Äadtyasjw", "Dkbesbowe"):
        assert "stitches in" in browser.get(f"/blanks/tee?template=embroidered-on-the-chest&f.name={name}").text


def test_the_machine_s_minutes_are_those_of_the_stitches(browser: Browser, wiring: Wiring) -> None:
    browser.press(browser.get(SHIRT), "design", "Add to cart")
    with wiring.database.read() as session:
        kept = session.exec(select(StoredDesign)).one()
        (route,) = routes(session, [kept.hash], wiring.catalogue).values()
        work = sewn_of(session, kept.hash)["chest"]
    steps = {step.name: step.run_min for step in route.operations}  # type: ignore[union-attr] # it can be made
    assert set(steps) == {"Embroider the chest", "Fold and check"}
    assert steps["Embroider the chest"] > 1.5 + work.stitches / 750


def test_of_an_embroidered_name_the_letters_that_only_moved_are_not_sent_again(browser: Browser) -> None:
    """Its middle stays where it is, so that each letter moves; the last but one leads to another one than before."""
    address = "/blanks/tee?template=embroidered-on-the-chest&f.name=Harb"
    page = browser.get(address, **TYPING)
    part = browser.get(address + "o", **TYPING, Parts=" ".join(named(page.html)))
    whole = browser.get(address + "o", **TYPING)
    letters = part.html.split('class="panel flat"', 1)[1].split('<g data-of="2" class="element" data-part', 1)[1]
    assert letters.count('class="sewn"') == 5
    assert len(re.findall(r'class="sewn"[^>]* data-left=', letters)) == 3
    assert len(part.html) < 18_000 < len(whole.html)
    same = re.sub(r"once=[\w-]+", "", put_back(part.html, page.html))
    assert same == re.sub(r"once=[\w-]+", "", whole.html)


def test_a_letter_that_stands_twice_in_a_name_is_shown_twice_but_drawn_once(browser: Browser) -> None:
    """The first and the last of them are sewn otherwise: nothing comes before, nothing after."""
    page = browser.get("/blanks/tee?template=embroidered-on-the-chest&f.name=oooo").html
    flat = _flat(page)
    drawn = re.findall(r'<g id="([\w-]+)" class="sewn"', flat)
    again = re.findall(r'<use href="#([\w-]+)" x="[\d.]+" y="0"/>', flat)
    assert flat.count('class="sewn"') + len(again) == 4
    assert again == drawn


def test_a_text_that_is_made_smaller_to_fit_is_drawn_as_one(browser: Browser) -> None:
    """Each of its letters has another size than before, and several together are shorter."""
    flat = _flat(browser.get("/blanks/tee?template=embroidered-on-the-chest&f.name=Bartholomew").html)
    assert 'class="sewn"' not in flat
    assert flat.count("<use ") <= len(SHADES)


def _flat(page: str) -> str:
    """The name's thread on the chest by itself."""
    flat = page.split('class="panel flat"', 1)[1].split('<g data-of="2" class="element"', 1)[1]
    return flat.split('class="guides"', 1)[0]


def test_a_shirt_cannot_be_printed_where_it_is_embroidered(browser: Browser) -> None:
    chest = "kind-1=text&area-1=chest&text-1=Zoe&size-1=20&x-1=50&y-1=50"
    front = "kind-2=text&area-2=front&text-2=Zoe&size-2=40&x-2=170&y-2=200"
    page = browser.get(f"/blanks/tee?{chest}&{front}")
    assert "lie on the same cloth" in page.text
