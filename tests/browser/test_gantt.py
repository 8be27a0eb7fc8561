"""The Gantt chart by mouse, by keys and without JavaScript: what a move costs is shown before anything moves."""

import re
import tomllib
from collections.abc import Collection, Iterator
from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.running import ROOT, Server
from tests.browser.walking import ADDRESS, add_to_cart, check_out, planned, sign_in_maker

DAYS = 6
"""So many days ahead an open batch of the demo runs at the latest."""


@pytest.fixture(scope="module")
def plant(browser: Browser, demo: Server) -> str:
    """The plant that prints a shirt somebody has ordered: what the demo has open, and where, depends on the hour."""
    page = browser.new_page()
    page.goto(f"{demo.url}/blanks/tee")
    add_to_cart(page)
    number = check_out(page, **ADDRESS).number
    sign_in_maker(page, demo)
    (facility,) = planned(page, demo, number).values()
    page.close()
    return facility


@pytest.fixture
def machines(plant: str) -> dict[str, int]:
    """The plant's work centres where several machines stand, and how many."""
    shop = tomllib.loads((ROOT / "blanks" / "shop.toml").read_text())
    centres = shop["facility"][plant]["centre"].items()
    return {name: centre["count"] for name, centre in centres if centre.get("count", 1) > 1}


def at_the_board(page: Page, demo: Server, plant: str) -> Page:
    """A maker is signed in, before the first day on which an open batch runs."""
    sign_in_maker(page, demo)
    page.goto(f"{demo.url}/workshop?at={plant}")
    for _ in range(DAYS):
        if page.locator(".movable").count():
            return page
        page.get_by_role("link", name="the next working day").click()
    raise AssertionError("no open batch on the chart")


@pytest.fixture
def board(page: Page, demo: Server, plant: str) -> Page:
    """The board of a maker with JavaScript."""
    return at_the_board(page, demo, plant)


@pytest.fixture
def plain(browser: Browser, demo: Server, plant: str) -> Iterator[Page]:
    """The same without JavaScript, on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield at_the_board(context.new_page(), demo, plant)
    context.close()


def asked(page: Page) -> tuple[int, datetime]:
    """Machine and time that the page with the cost was asked about."""
    query = parse_qs(urlsplit(page.url).query)
    return int(query["machine"][0]), datetime.fromisoformat(query["at"][0])


def begins(bar: Locator, page: Page) -> datetime:
    """When a batch begins, by the clock of its facility."""
    zone = page.locator(".gantt-svg[data-zone]").get_attribute("data-zone")
    return datetime.fromtimestamp(float(bar.get_attribute("data-starts") or 0), ZoneInfo(zone or "")).replace(
        tzinfo=None
    )


def name_of(bar: Locator) -> str:
    return bar.get_attribute("data-number") or ""


def centre_of(bar: Locator) -> tuple[float, float]:
    bar.scroll_into_view_if_needed()
    box = bar.locator(".bar").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page: Page, bar: Locator, across: float) -> None:
    x, y = centre_of(bar)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y, steps=6)
    page.mouse.up()


def test_a_drag_asks_what_it_costs_and_only_the_next_button_moves_the_batch(board: Page) -> None:
    bar = board.locator(".movable").first
    number, starts = name_of(bar), begins(bar, board)
    machine = int(bar.get_attribute("data-machine") or 0)
    dragged(board, bar, 120)
    expect(board).to_have_url(re.compile(f"/workshop/batches/{number}/move"))
    assert asked(board)[0] == machine
    assert asked(board)[1] > starts
    expect(board.get_by_role("heading", level=1)).to_have_text(re.compile("cost|save|late"))
    expect(board.get_by_role("cell", name="Changeover at")).to_be_visible()
    board.get_by_role("link", name="Leave it where it is").click()
    expect(board.get_by_role("heading", name="Where it runs")).to_be_visible()
    board.go_back()
    board.get_by_role("button", name=re.compile("^Move ")).click()
    expect(board.get_by_role("heading", name=re.compile("^Pinned to"))).to_be_visible()
    board.get_by_role("button", name="Let the plan choose").click()
    expect(board.get_by_role("heading", name="Where it runs")).to_be_visible()


def test_arrow_keys_move_by_a_quarter_of_an_hour_escape_puts_it_back_and_enter_asks(board: Page) -> None:
    bar = board.locator(".movable").first
    starts = begins(bar, board)
    bar.focus()
    board.keyboard.press("ArrowRight")
    expect(bar).to_have_class(re.compile("moved"))
    board.keyboard.press("Escape")
    expect(bar).not_to_have_class(re.compile("moved"))
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight", "Enter"):
        board.keyboard.press(key)
    expect(board).to_have_url(re.compile("/move"))
    found = asked(board)[1]
    assert (found - starts.replace(second=0, microsecond=0)).total_seconds() == 30 * 60


def where_several_stand(board: Page, machines: Collection[str]) -> Locator:
    """An open batch at a work centre of several machines, on the first day that has one."""
    several = board.locator(",".join(f".movable[data-centre='{centre}']" for centre in machines))
    for _ in range(DAYS):
        if several.count():
            return several.first
        board.get_by_role("link", name="the next working day").click()
    raise AssertionError("every open batch runs where there is one machine")


def test_down_goes_to_the_next_machine_of_its_work_centre_and_no_further(board: Page, machines: dict[str, int]) -> None:
    found = where_several_stand(board, machines)
    most = machines[found.get_attribute("data-centre") or ""]
    found.focus()
    for _ in range(most + 2):
        board.keyboard.press("ArrowDown")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    expect(board).to_have_url(re.compile("/move"))
    assert 1 < asked(board)[0] <= most


def test_a_press_that_does_not_drag_opens_the_batch(board: Page) -> None:
    bar = board.locator(".movable").first
    number = name_of(bar)
    x, y = centre_of(bar)
    board.mouse.click(x, y)
    expect(board).to_have_url(re.compile(f"/workshop/batches/{number}$"))


def test_without_javascript_a_form_moves_holds_and_lets_go_on_a_phone(plain: Page) -> None:
    bar = plain.locator(".movable").first
    number, starts = name_of(bar), begins(bar, plain)
    plain.goto(f"{plain.url.split('/workshop')[0]}/workshop/batches/{number}")
    plain.get_by_role("link", name="Move it, see what it costs").click()
    plain.locator("[name=at][type=datetime-local]").fill(starts.strftime("%Y-%m-%dT17:00"))
    plain.get_by_role("button", name="See what it costs").click()
    assert asked(plain)[1].hour == 17
    expect(plain.get_by_role("heading", level=1)).to_have_text(re.compile("cost|save|late"))
    plain.get_by_role("button", name=re.compile("^Move ")).click()
    expect(plain.get_by_role("heading", name=re.compile("^Pinned to"))).to_be_visible()
    plain.get_by_role("button", name="Let the plan choose").click()
    plain.get_by_label("Hold it open, because").fill("the film comes at 15:00")
    plain.get_by_role("button", name="Hold", exact=True).click()
    expect(plain.get_by_text("the film comes at 15:00 (Deniz)")).to_be_visible()
    plain.get_by_role("button", name="Let it go").click()
    expect(plain.get_by_text("the film comes at 15:00 (Deniz)")).to_have_count(0)
