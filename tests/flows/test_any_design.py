"""Whatever customers design, its page answers; what they order is planned, released and written for the machines."""

from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import Area, Blank
from configurator.blanks.shop import Shop
from configurator.jobs.rows import Job
from configurator.production.planning import plan
from configurator.production.releasing import release
from configurator.production.rows import Batch
from configurator.web.wiring import Wiring
from tests.artwork.golden import CHINESE, EMOJI, MIXED, NAMES
from tests.effort import examples
from tests.web.browser import Browser, Page
from tests.web.test_order_pages import ADDRESS

SYLLABLES = (
    "ka", "be", "lo", "ri", "mé", "sö", "ch", "st", "ng", "tt", "ł", "ñ", "ß", "å", "ij", "o'c",
    "-d", ".", "!", "Æ", "ő", "ğ", "W", "M", "X", "Q", "g", "j", "8", "&", "@",
)  # fmt: skip
ODD = ("<b>Zoë</b> 🎉 محمد", "----", "iiiiiiiiii", "WWWWWW", "|", "_", " ")
SCRIPTS = ((0x20, 0x2FF), (0x370, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x1F300, 0x1F6FF))
DESIGNS = examples(40).max_examples
AN_ORDER = 20
"""So many designs are looked at before what was put into the cart is ordered."""

Query = list[tuple[str, str]]


def words(draw: Random) -> str:
    """What somebody may type: a name as a rule."""
    kind = draw.random()
    if kind < 0.7:
        return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(1, 6))).capitalize()
    if kind < 0.8:
        return "".join(chr(draw.randint(*draw.choice(SCRIPTS))) for _ in range(draw.randint(1, 8)))
    return draw.choice((*NAMES, *MIXED, *EMOJI, *CHINESE, *ODD))


def somewhere(draw: Random, least: float, most: float) -> str:
    """A number that a field takes, or one it should not be given."""
    far = draw.random() < 0.1
    return f"{draw.choice((least, most, 0, -1, 3 * most, 0.001)) if far else draw.uniform(least, most):.2f}"


def elements(draw: Random, blank: Blank, shop: Shop) -> Query:
    """Some elements, one upon the other."""
    areas = [area for area in blank.areas if area.auto == "none"]
    numbers = range(1, draw.randint(1, 3) + 1)
    return [pair for number in numbers for pair in element(draw, number, draw.choice(areas), (blank, shop))]


def element(draw: Random, number: int, area: Area, of: tuple[Blank, Shop]) -> Iterator[tuple[str, str]]:
    """A text or a shape anywhere on an area, of any size."""
    (blank, shop), (width, height) = of, area.size_mm
    inks = [ink.key for ink in shop.methods[area.method].inks]
    is_text = not blank.shapes or draw.random() < 0.75
    values = {
        "kind": "text" if is_text else "shape",
        "area": area.key,
        "x": somewhere(draw, 0, width),
        "y": somewhere(draw, 0, height),
        "turn": draw.choice(("0", somewhere(draw, -180, 180))),
    }
    if is_text:
        values |= {
            "text": "\n".join(words(draw) for _ in range(draw.choice((1, 1, 2)))),
            "font": draw.choice([font.key for font in shop.fonts if font.offered]),
            "ink": draw.choice(inks),
            "edge": draw.choice(inks),
            "size": somewhere(draw, 1.5, height / 2),
            "arc": draw.choice(("0", somewhere(draw, -width, width))),
            "fit": draw.choice(("0", somewhere(draw, 2, width))),
            "spacing": draw.choice(("0", somewhere(draw, -1, 5))),
            "outline": draw.choice(("0", somewhere(draw, 0.05, 5))),
        }
    else:
        values |= {"shape": draw.choice(sorted(blank.shapes)), "width": somewhere(draw, 2, width)}
        values |= {"inks": draw.choice(inks)}
    yield from ((f"{name}-{number}", value) for name, value in values.items())


def address(draw: Random, wiring: Wiring) -> str:
    """A design: one of the maker's with other words, or one of somebody's own."""
    blank = draw.choice(list(wiring.catalogue.blanks.values()))
    if blank.templates and draw.random() < 0.5:
        template = draw.choice(blank.templates)
        fields = [(f"f.{field.key}", words(draw)[: field.most]) for field in template.fields]
        return f"/blanks/{blank.key}?{urlencode([('template', template.key), *fields])}"
    return f"/blanks/{blank.key}?{urlencode(elements(draw, blank, wiring.catalogue.shop))}"


def can_be_had(page: Page) -> bool:
    return any(button.text.startswith("Add to cart") and not button.disabled for button in page.form("design").buttons)


def ordered(browser: Browser) -> Page:
    """What is in the cart, sent to an address; what was warned of is meant so."""
    cart = browser.press(browser.get("/cart"), "checkout", "Show the sum", way="ship")
    ticks = {name: values[0] for name, values in cart.form("checkout").options.items() if name in ("warned", "rights")}
    return browser.press(cart, "checkout", "Pay", **{**ADDRESS, **ticks})


def made(session: Session, wiring: Wiring) -> None:
    """All that waits is planned and released."""
    plan(session, catalogue=wiring.catalogue, now=wiring.clock.now())
    for batch in session.execute(sa.select(col(Batch.id)).where(col(Batch.status) == "open")).scalars().all():
        release(session, batch, who="Deniz", catalogue=wiring.catalogue, jobs=wiring.jobs, now=wiring.clock.now())


@pytest.mark.slow
def test_whatever_is_designed_has_an_answer_and_whatever_is_ordered_is_written_for_the_machines(
    browser: Browser, wiring: Wiring
) -> None:
    draw, in_cart = Random(5), 0
    for number in range(1, DESIGNS + 1):
        page = browser.get(asked := address(draw, wiring))
        assert page.status == 200, asked
        if can_be_had(page):
            cart = browser.press(page, "design", "Add to cart")
            assert cart.status in (200, 422), asked
            in_cart += cart.path == "/cart"
        if number % AN_ORDER == 0 and in_cart:
            assert ordered(browser).path.startswith("/orders/")
            with wiring.database.write() as session:
                made(session, wiring)
            wiring.jobs.run_due()
            in_cart = 0
    with wiring.database.read() as session:
        jobs = session.execute(sa.select(col(Job.kind), col(Job.error))).all()
    assert [job for job in jobs if job.error] == []
    assert sum(job.kind == "export" for job in jobs) > DESIGNS / AN_ORDER
