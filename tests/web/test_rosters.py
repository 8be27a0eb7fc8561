"""One design, several names: a list is looked at piece by piece, then it is in the cart, all of it or nothing."""

import hashlib
import re
from decimal import Decimal
from urllib.parse import urlencode

from sqlmodel import select

from configurator.orders.rows import OrderLine
from configurator.web.wiring import Wiring
from tests.web.browser import Browser, Page
from tests.web.test_order_pages import ADDRESS

TEAM = "Ferran;7;XL\nMarit;8;S\nZoë;9\nAiko;10;Navy;M\nJonas;11;2XL\nIda;12;XS"
SHIRT = "/blanks/tee?template=number-on-the-back"
RING = "/blanks/keyring?template=just-a-name"


def list_page(browser: Browser, design: str) -> Page:
    return browser.press(browser.get(design), "design", "One each for several names")


def looked(browser: Browser, text: str, design: str = SHIRT) -> Page:
    return browser.press(list_page(browser, design), "roster", "Look at them", list=text)


def typed(page: Page) -> str:
    return dict(page.form("roster").fields)["list"]


def in_cart(browser: Browser) -> list[str]:
    cart = browser.get("/cart")
    return [given["alt"] for tag, given in cart.tags if tag == "img" and given["alt"]]


def quantities(cart: Page) -> list[str]:
    return [value for name, value in cart.form("checkout").fields if name.startswith("pieces-")]


def first_quantity(cart: Page) -> str:
    return next(name for name, _ in cart.form("checkout").fields if name.startswith("pieces-"))


def test_pain_16_a_team_wants_the_same_shirt_with_its_names_and_sizes(browser: Browser, wiring: Wiring) -> None:
    page = looked(browser, TEAM)
    assert page.status == 200
    assert "6 pieces, € 111.18" in page.text, "six shirts reach their tier together"
    assert "Aiko Number “10” , Colour Navy , Size M" in page.text, "its size too, though the design has the same"
    cart = browser.press(page, "roster", "Add 6 to the cart")
    assert cart.path == "/cart"
    assert "To pay € 111.18" in cart.text
    order = browser.press(cart, "checkout", "Pay", **ADDRESS)
    assert order.path.startswith("/orders/")
    with wiring.database.read() as session:
        kept = session.exec(select(OrderLine)).all()
    assert [line.quantity for line in kept] == [1] * 6
    assert len({line.design_hash for line in kept}) == 6
    assert "“Ferran”, “7”, Forest, XL, Straight" in kept[0].summary


def test_a_page_of_a_list_says_which_columns_there_are_and_leads_back(browser: Browser) -> None:
    page = list_page(browser, SHIRT + "&colour=navy&f.name=HARBOUR")
    assert "Name (now “ HARBOUR ”) Number (now “ 7 ”)" in page.text
    assert "Colour, Size, Cut; and 2× for two alike. “Zoë; XS” says Name and Size." in page.text
    back = browser.follow(page, "Back to the design")
    assert dict(back.form("design").fields)["f.name"] == "HARBOUR"
    assert dict(back.form("design").fields)["colour"] == "navy"


def test_the_catalogue_shows_one_design_with_many_names_at_the_price_that_a_list_of_them_costs(
    browser: Browser,
) -> None:
    catalogue = browser.get("/")
    (told,) = re.findall(r"€\s([\d.]+) each at 12", catalogue.text)
    names = "\n".join(f"Name {chr(65 + number)}" for number in range(12))
    page = browser.press(browser.get("/blanks/mug/roster"), "roster", "Look at them", list=names)
    assert f"12 pieces, € {12 * Decimal(told)}" in page.text
    assert [given["href"] for tag, given in catalogue.tags if tag == "a" and "roster" in given.get("href", "")] == [
        "/blanks/mug/roster"
    ] * 2
    pictures = [given["src"] for tag, given in catalogue.tags if tag == "img" and "/sample/mug" in given["src"]]
    seen = {browser.client.get(src).text for src in pictures}
    assert (len(pictures), len(seen)) == (10, 9)  # Marit is at the top and in her tile


def test_only_a_design_with_a_text_leads_to_a_list(browser: Browser) -> None:
    assert "One each for several names" not in browser.get("/blanks/mug?template=").text
    assert "One each for several names" in browser.get("/blanks/mug?template=&kind-1=text&text-1=Ida").text
    cart = browser.press(browser.get(SHIRT), "design", "Add to cart")
    assert "One each for several names" not in browser.follow(cart, "Edit").text, "that is one line of the cart"


def test_each_line_that_cannot_be_made_says_why_and_nothing_typed_is_lost(browser: Browser) -> None:
    text = "Karl-Friedrich von und zu;1\nTom;2;XLL\nAda;3;4XL;Coral\n\u2620\U00013000;4\nIda;5"
    page = looked(browser, text)
    assert typed(page).replace("\r\n", "\n") == text
    assert "4 lines of 5 cannot be made like this" in page.text
    assert "Line 1: “Karl-Friedrich von und zu” has 25 characters; Name takes 14 at most." in page.text
    assert "Line 2: “XLL” is nothing to choose from." in page.text
    assert "Line 3: “Size: 4XL” does not go with the rest. We keep 3XL and 4XL in forest, navy and black" in page.text
    assert "Line 4: None of our fonts can draw" in page.text
    assert "to the cart" not in [button.text for button in page.form("roster").buttons]
    action = page.form("roster").action.replace("/rosters", "/rosters/lines").removesuffix("#pieces")
    forced = browser.client.post(action, content=urlencode(page.form("roster").fields), headers=FORM)
    assert "This is not quite what was shown before" in forced.text
    assert in_cart(browser) == []


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_names_of_all_kinds_are_made_exactly_as_they_were_written(browser: Browser) -> None:
    names = ["<b>Zoë</b>", "محمد", "O’Brien & Co", "Zoë", '"Nan"']
    page = looked(browser, "\r\n".join([*names, "", "\t\t", "Zoë\t\t"]), RING)
    assert "<b>Zoë" not in page.html
    assert "6 pieces" in page.text
    browser.press(page, "roster", "Add 6 to the cart")
    assert [told.partition(", “")[2].partition("”,")[0] for told in in_cart(browser)] == names
    assert quantities(browser.get("/cart")) == ["1", "1", "1", "2", "1"]


def test_the_same_list_sent_twice_is_in_the_cart_once(browser: Browser) -> None:
    page = looked(browser, TEAM)
    browser.press(page, "roster", "Add 6 to the cart")
    again = browser.press(page, "roster", "Add 6 to the cart")
    assert again.path == "/cart"
    assert "6 pieces" in again.text
    assert len(in_cart(browser)) == 6


def test_a_list_that_was_looked_at_has_an_address_to_go_back_to(browser: Browser) -> None:
    page = looked(browser, TEAM)
    browser.press(page, "roster", "Add 6 to the cart")
    back = browser.get(page.path)
    assert typed(back).replace("\r\n", "\n") == TEAM
    assert "This list is in your cart." in back.text
    longer = browser.press(back, "roster", "Look at them again", list=TEAM + "\nKofi;13")
    assert "is in your cart" not in longer.text
    browser.press(longer, "roster", "Add 7 to the cart")
    assert len(in_cart(browser)) == 7
    assert quantities(browser.get("/cart")) == ["2"] * 6 + ["1"], "another list is added, though it began as that one"


def test_of_a_list_that_is_in_the_cart_another_one_is_not_taken_for_it(browser: Browser) -> None:
    page = looked(browser, TEAM)
    browser.press(page, "roster", "Add 6 to the cart")
    changed = browser.press(page, "roster", "Add 6 to the cart", list=TEAM + "\nKofi;13")
    assert "This is not quite what was shown before" in changed.text
    assert "Kofi" in typed(changed)


def test_what_is_added_twice_on_purpose_is_made_twice(browser: Browser) -> None:
    page = looked(browser, TEAM)
    browser.press(page, "roster", "Add 6 to the cart")
    again = browser.press(browser.get(page.path), "roster", "Add 6 more to the cart")
    assert "12 pieces" in again.text


def test_an_address_of_a_list_that_was_cut_off_or_made_up_opens_an_empty_one(browser: Browser) -> None:
    page = looked(browser, TEAM)
    for address in (page.path[:-9], RING + "&names=x", RING + "&names=%00", RING + "&names=" + "A" * 7000):
        opened = browser.get(address.replace("/keyring?", "/keyring/roster?"))
        assert (opened.status, typed(opened).strip()) == (200, "")


def test_a_list_too_long_for_an_address_is_looked_at_all_the_same(browser: Browser) -> None:
    names = [hashlib.sha256(str(number).encode()).hexdigest()[:60] for number in range(200)]
    page = looked(browser, "\n".join(names), "/blanks/mug?kind-1=text&text-1=Ida")
    assert page.path.startswith("/blanks/mug/rosters?")
    assert typed(page).split() == names
    assert "Line 200: " in page.text
    fewer = browser.press(page, "roster", "Look at them again", list="Zoë")
    assert fewer.path.startswith("/blanks/mug/roster?")


def test_a_list_changed_after_it_was_looked_at_is_shown_again_before_it_is_added(browser: Browser) -> None:
    page = looked(browser, TEAM)
    refused = browser.press(page, "roster", "Add 6 to the cart", list=TEAM + "\nKofi;13")
    assert refused.path.startswith("/blanks/tee/roster?")
    assert "This is not quite what was shown before. Nothing was added" in refused.text
    assert in_cart(browser) == []
    browser.press(refused, "roster", "Add 7 to the cart")
    assert len(in_cart(browser)) == 7


def test_a_price_that_changed_meanwhile_is_shown_before_anything_is_added(browser: Browser) -> None:
    page = looked(browser, TEAM)
    browser.press(browser.get(SHIRT), "design", "Add to cart", pieces="20")
    refused = browser.press(page, "roster", "Add 6 to the cart")
    assert "This is not quite what was shown before" in refused.text
    assert "with the 20 pieces of it in your cart" in refused.text
    assert "2 × " not in refused.text and len(in_cart(browser)) == 1


def test_of_a_list_with_more_alike_than_can_be_ordered_nothing_is_added(browser: Browser) -> None:
    page = looked(browser, "Zoë;60×\nIda\nZoë;60×", RING)
    refused = browser.press(page, "roster", "Add 121 to the cart")
    assert "At most 100 pieces of “Acrylic key ring” can be ordered alike" in refused.text
    assert in_cart(browser) == []


def test_pain_26_an_edition_is_numbered_from_1_to_50(browser: Browser) -> None:
    page = list_page(browser, "/blanks/board?template=sprig-and-name&f.name=No.+%23/50")
    assert dict(page.form("roster").fields)["written"] == "No. #/50"
    page = browser.press(page, "roster", "Fill the list")
    assert typed(page).splitlines()[:2] == ["No. 1/50", "No. 2/50"]
    cart = browser.press(page, "roster", "Add 50 to the cart")
    assert "50 pieces" in cart.text
    told = in_cart(browser)
    assert len(told) == 50
    assert "“No. 50/50”" in told[-1]


def test_numbers_that_make_no_list_are_told_and_the_list_stays(browser: Browser) -> None:
    page = list_page(browser, SHIRT)
    refused = browser.press(page, "roster", "Fill the list", list="Zoë;7", **{"from": "1", "to": "900"})
    assert "At most 200 pieces are made from one list" in refused.text
    assert typed(refused) == "Zoë;7"
    filled = browser.press(page, "roster", "Fill the list", which="f.number", to="3", list="")
    assert typed(filled).splitlines() == [";1", ";2", ";3"]
    assert "3 pieces" in filled.text


def test_two_hundred_lines_go_and_one_more_is_told(browser: Browser) -> None:
    names = "\n".join(f"Name {number}" for number in range(200))
    page = looked(browser, names, RING)
    assert "200 pieces" in page.text
    more = looked(browser, names + "\nOne more", RING)
    assert "201 pieces are in the list. At most 200 can be added at once" in more.text
    assert "Add " not in " ".join(button.text for button in more.form("roster").buttons)
    assert typed(more).endswith("One more")


def test_a_list_too_long_to_be_read_whole_is_refused_instead_of_cut(browser: Browser) -> None:
    page = looked(browser, "x" * 40_000, RING)
    assert "Of the list only the first 30,000 characters came here" in page.text


def test_an_empty_list_is_told(browser: Browser) -> None:
    assert "The list is empty. Write one piece a line." in looked(browser, " \r\n\t").text


def test_texts_of_ones_own_are_columns_too_but_not_those_that_are_locked(browser: Browser) -> None:
    own = "kind-1=text&text-1=Ida&kind-2=text&text-2=2019&y-2=60&kind-3=text&text-3=CLUB&y-3=20&lock-3=yes"
    page = looked(browser, "Text 2;Text 1\n2020;Zoë\n2021;Ada", f"/blanks/mug?{own}")
    assert "Text 3" not in page.text
    browser.press(page, "roster", "Add 2 to the cart")
    told = in_cart(browser)
    assert "“Zoë”, “2020”, “CLUB”" in told[0]
    assert "“Ada”, “2021”, “CLUB”" in told[1]


def test_what_preflight_warns_of_is_shown_and_asked_at_checkout(browser: Browser) -> None:
    page = looked(browser, "Zoë\nIda", "/blanks/mug?kind-1=text&text-1=Ida&size-1=2")
    assert page.text.count("Letters under 2 mm do not come out well") == 2
    cart = browser.press(page, "roster", "Add 2 to the cart")
    assert "2 designs may not come out as well as they could" in cart.text.replace("\xa0", " ")
    assert browser.press(cart, "checkout", "Pay", **ADDRESS).status == 422


def test_a_design_too_long_for_an_address_has_a_list_too(browser: Browser) -> None:
    long = urlencode([(f"text-{number}", "Ä" * 90) for number in range(1, 6)])
    page = browser.get(f"/blanks/mug/roster?{long}")
    assert "kept=" in page.path
    page = browser.press(page, "roster", "Look at them", list="Zoë")
    assert "kept=" in page.path
    assert "Zoë" in page.text


def team_in_cart(browser: Browser) -> Page:
    return browser.press(looked(browser, TEAM), "roster", "Add 6 to the cart")


def folds(page: Page) -> list[bool]:
    """Whether each fold of the cart stands open."""
    return ["open" in given for tag, given in page.tags if tag == "details" and given.get("class") == "many"]


def test_many_lines_of_one_blank_are_folded_into_one_that_says_who_they_are_for(browser: Browser) -> None:
    browser.press(browser.get("/blanks/mug"), "design", "Add to cart")
    cart = team_in_cart(browser)
    assert folds(cart) == [False]
    assert "6 × T-shirt Ferran 7 , Marit 8 , Zoë 9 , Aiko 10 , Jonas 11 , Ida 12" in cart.text
    assert cart.text.count("6 × T-shirt") == 2, "in the sum they are one line too"
    assert "1 × Mug, 330 ml, Marit" in cart.text


def test_what_was_just_changed_in_a_fold_stays_in_sight(browser: Browser) -> None:
    cart = team_in_cart(browser)
    changed = browser.press(cart, "checkout", "Change")
    assert folds(changed) == [True]
    wrong = browser.press(cart, "checkout", "Change", **{first_quantity(cart): "many"})
    assert folds(wrong) == [True]
    assert "Write how many you want, in digits." in wrong.text
    removed = browser.press(cart, "checkout", "Remove T-shirt, 8")
    assert folds(removed) == [True]
    assert "5 × T-shirt" in removed.text
    fewer = browser.press(removed, "checkout", "Remove T-shirt, 9")
    assert folds(fewer) == [], "four stand one by one"
