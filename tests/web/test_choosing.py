"""Choosing options as a customer: why something is blocked, what the way out changes, what is still in reach."""

import random
import re

import pytest
from sqlalchemy import text

from configurator.designs.design import Design
from configurator.options.answer import Blocked, Change, Repair
from configurator.options.compiling import compiled
from configurator.options.formula import holds
from configurator.options.model import Mix, Model, OneOf, Option, Part, Rule, SomeOf, Value
from configurator.options.resolving import resolved
from configurator.orders.design_store import stored_design
from configurator.web.blocked_views import Refusing, blocked_view
from configurator.web.option_runs import option_runs
from configurator.web.option_views import Seen
from configurator.web.wiring import Wiring
from tests.builders import a_blank
from tests.web.browser import Browser, Page

SEVEN = ("mug", "tee", "notebook", "board", "muesli", "keyring", "book")
SIZE = Option("size", "Size", "taste", OneOf((Value("s", "S"), Value("m", "M", 150)), "s"))
THEME = Option("theme", "Theme", "taste", OneOf((Value("none", "None"), Value("s", "Stars")), "none"))
EXTRAS = Option("extras", "With it", "equipment", SomeOf((Value("lid", "Lid"), Value("box", "Box")), 0, 1))
MIX = Option(
    "mix", "Your mix", "taste", Mix((Part("oats", "Oats"), Part("nuts", "Nuts")), 100, 50, 1, 2, (("oats", 100),))
)


def refusal(option: Option, label: str, *changes: Change, shown: dict[str, object] | None = None) -> str:
    options = {known.key: known for known in (SIZE, THEME, EXTRAS, MIX)}
    before = {"size": "s", "theme": "none", "extras": frozenset(), "mix": (("oats", 100),), **(shown or {})}
    repair = Repair({}, changes, 0)
    return blocked_view(Refusing(options, before, lambda _: ""), option, label, Blocked(("No.",), (), repair)).button


def test_the_button_says_what_it_changes_besides_what_was_pressed() -> None:
    taken = Change("theme", None, "s")
    assert refusal(THEME, "Stars", taken, Change("size", "s", "m")) == "Take Stars, change Size to M"
    assert refusal(EXTRAS, "Box", Change("extras", None, frozenset({"box"})), shown={"extras": frozenset({"lid"})}) == (
        "Take Box, drop Lid"
    )
    assert refusal(MIX, "Nuts", Change("mix", None, (("oats", 50), ("nuts", 50)))) == (
        "Take Nuts, Oats 50\u00a0g, Nuts 50\u00a0g"
    )


def test_a_change_to_a_value_of_the_same_name_is_not_swallowed() -> None:
    """Size S and theme “S” are two things."""
    assert refusal(SIZE, "None", Change("size", "s", "s"), Change("theme", "s", "none")).endswith(
        "change Theme to None"
    )


def test_a_member_that_cannot_be_left_out_stays_on_and_says_why() -> None:
    rule = Rule("Size M travels in a box.", when="size = m", require="extras.box")
    model = Model((SIZE, EXTRAS), (rule,))
    answer = compiled(model).answer({"size": "m"})
    seen = Seen(a_blank("cup", "Cup", model=model), answer, {}, {}, write=lambda _: "x")
    box = next(value for value in option_runs(seen, "equipment")[0].groups[0].view.values if value.key == "box")
    assert box.chosen
    assert box.blocked
    assert box.blocked.because == ("Size M travels in a box.",)
    assert box.blocked.chosen == ("Size: M",)
    assert box.blocked.button == "Leave out Box, change Size to S"


def test_a_blocked_value_names_the_own_choices_in_its_way(browser: Browser) -> None:
    """PAINS 1."""
    page = browser.get("/blanks/mug?care=&care=microwave")
    assert "You chose Care: Microwave-safe." in page.text


def each(page: Page) -> str:
    found = re.search(r", (€\u00a0[\d.]+) each, incl", page.html)
    assert found
    return found[1]


def prices(page: Page) -> tuple[str, str, str]:
    span = re.search(r"<b>(€[^<]*) to (€[^<]*)</b> <span[^>]*>each, with what you chose", page.html)
    assert span
    return span[1], each(page), span[2]


def test_the_prices_still_in_reach_are_shown_and_one_button_completes_it_for_the_least(browser: Browser) -> None:
    least, now, most = prices(page := browser.get("/blanks/mug?extras=&extras=lid"))
    assert least < now < most
    done = browser.press(page, "design", "Complete it for the least")
    assert prices(done)[:2] == (least, least)
    assert ("extras", "lid") in done.form("design").fields
    assert "Nothing you have not chosen could be cheaper" in browser.get("/blanks/mug?inside=white").text


def test_the_dearest_in_reach_is_what_it_costs_when_chosen(browser: Browser, wiring: Wiring) -> None:
    most = prices(browser.get("/blanks/book"))[2]
    dearest = wiring.catalogue.engine("book").dearest({})
    template = f"template={wiring.catalogue.blank('book').templates[0].key}"
    fields = "&".join([template, *(f"{key}={value}" for key, chosen in dearest.items() for value in _written(chosen))])
    assert each(browser.get(f"/blanks/book?{fields}")) == most


def _written(chosen: object) -> list[str]:
    return sorted(chosen) if isinstance(chosen, frozenset) else [str(chosen)]


@pytest.mark.parametrize("key", SEVEN)
def test_nobody_reaches_a_dead_end_or_orders_an_invalid_product(browser: Browser, wiring: Wiring, key: str) -> None:
    """Any value typed into the address and any button pressed, in any order: a page comes that can be bought."""
    rng = random.Random(key)
    page = browser.get(f"/blanks/{key}")
    for _ in range(15):
        page = _anything(browser, page, rng)
        assert page.status == 200
    cart = browser.press(page, "design", "Add to cart") if _buyable(page) else browser.get("/cart")
    assert cart.status in (200, 422)
    for design in _kept(wiring):
        assert _valid(design, wiring)


def _anything(browser: Browser, page: Page, rng: random.Random) -> Page:
    form = page.form("design")
    choosing = [button for button in form.buttons if button.name == "take" and not button.disabled]
    if choosing and rng.random() < 0.5:
        return browser.send(page, form, rng.choice(choosing), {})
    name = rng.choice([name for name, _ in form.fields if name not in ("auto", "view", "_csrf_token")])
    values = form.options.get(name, ["0", "25", "500", "-1", "nonsense", ""])
    return browser.press(page, "design", "Show", **{name.replace("-", "__").replace(".", "_0_"): rng.choice(values)})


def _buyable(page: Page) -> bool:
    return any(button.text == "Add to cart" for button in page.form("design").buttons)


def _kept(wiring: Wiring) -> list[Design]:
    with wiring.database.read() as session:
        hashes = session.execute(text("select hash from stored_design")).scalars().all()
        return [stored_design(session, each) for each in hashes]


def _valid(design: Design, wiring: Wiring) -> bool:
    model = wiring.catalogue.blank(design.blank).model
    return all(holds(resolved(rule, model), design.configuration) for rule in model.rules)


def test_every_way_to_get_it_has_a_date_and_the_cart_says_the_same(browser: Browser) -> None:
    """PAINS 17: a date from the workshop's backlog for the parcel and for every store, before anything is bought."""
    page = browser.get("/blanks/mug?template=club")
    listed = dict(re.findall(r"<b>(Parcel|Pick up in \w+)</b>.*?<b class=\"nb\">([^<]+)</b>", page.html))
    assert len(listed) == 4
    assert "if ordered within" in page.text
    cart = browser.press(page, "design", "Add to cart")
    for way, day in listed.items():
        number = re.search(r"\d+", day)
        assert number
        assert re.search(rf"{way}.{{0,400}}?\b{number[0]}\b", cart.html, re.DOTALL), (way, day)
