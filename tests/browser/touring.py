"""Every page of the program in a sensible order and state, for whoever wants to look at them all: axe, screenshots."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from configurator.demo.staff import TERMINAL_KEY
from tests.browser.running import Server
from tests.browser.walking import (
    ADDRESS,
    BLOCKED,
    STATIONS,
    add_to_cart,
    check_out,
    choose_pieces,
    scan,
    sign_in_clerk,
    sign_in_maker,
    type_name,
)

CLUB = "mug", "tee", "keyring"


def tour(page: Page, server: Server) -> Iterator[str]:
    """Goes from page to page; the name of each while the browser shows it."""
    yield from shop(page, server)
    yield from workshop(page, server)
    yield from counter(page, server)


def shop(page: Page, server: Server) -> Iterator[str]:
    """Catalogue, customisers, cart with and without mistakes, the order, its invoice."""
    page.goto(server.url + "/")
    yield "catalogue"
    page.goto(server.url + "/cart")
    yield "cart-empty"
    for blank in BLOCKED:
        page.goto(f"{server.url}/blanks/{blank}")
        yield f"customiser-{blank}"
    page.goto(f"{server.url}/blanks/mug?template=club&{BLOCKED['mug']}")
    page.locator("details.why > summary.choice.off").first.click()
    yield "customiser-blocked"
    page.goto(f"{server.url}/blanks/mug?kind-1=text&text-1=Marit+and+all+of+her+friends&size-1=19")
    yield "customiser-finding"
    page.goto(f"{server.url}/blanks/tee/roster?template=number-on-the-back")
    yield "roster"
    page.locator("#list").fill("Zoë;8;S\nMarit Haugen-Osterdeich;9\nمحمد;10;Navy;2×\nTom;11;XLL")
    page.get_by_role("button", name="Look at them").click()
    yield "roster-faulty"
    page.locator("#list").fill("Zoë;8;S\nمحمد;10;Navy;2×")
    page.get_by_role("button", name="Look at them").click()
    expect(page.locator(".ro-buy")).to_be_visible()
    yield "roster-looked-at"
    _fill_cart(page, server)
    yield "cart"
    order = check_out(page, **ADDRESS)
    yield "order"
    page.goto(order.address.partition("?")[0] + "/invoice")
    yield "invoice"


def workshop(page: Page, server: Server) -> Iterator[str]:
    """The board, lists, a batch before and after release, the stations with their answers."""
    page.goto(server.url + "/workshop")
    yield "workshop-sign-in"
    sign_in_maker(page, server)
    yield "board"
    page.goto(server.url + "/workshop/wall")
    yield "wall"
    for name in ("batches", "orders", "facility", "stock", "blanks", "costs", "jobs"):
        page.goto(f"{server.url}/workshop/{name}")
        yield f"workshop-{name}"
    for name in ("blanks", "costs"):
        page.goto(f"{server.url}/workshop/{name}/mug")
        yield f"workshop-{name}-mug"
    page.goto(f"{server.url}/workshop/batches")
    batch = _fullest_open_batch(page)
    page.goto(f"{server.url}/workshop/batches/{batch}")
    yield "batch-open"
    page.locator("button:has-text('Release')").click()
    while not page.locator("a:has-text('Download all')").count():
        page.wait_for_timeout(250)
        page.reload()
    yield "batch-released"
    yield from _stations(page, server, batch)


def counter(page: Page, server: Server) -> Iterator[str]:
    """The terminal: signed out, empty, and what it says about a code."""
    page.goto(server.url + "/counter")
    yield "counter-sign-in"
    page.locator("[name=key]").fill(TERMINAL_KEY)
    page.locator("form button").click()
    expect(page.locator("[name=pin]")).to_be_visible()
    yield "counter-pin"
    sign_in_clerk(page, server)
    yield "counter"
    page.goto(server.url + "/counter/walk-in")
    yield "counter-walk-in"
    page.goto(server.url + "/counter/walk-in/mug")
    yield "counter-walk-in-mug"
    page.locator("#customer").fill("Ilse Groen")
    page.locator("#buy button:has-text('Cash')").click()
    expect(page.locator(".res")).to_be_visible()
    yield "counter-sold"
    page.goto(page.url.partition("&done")[0])
    yield "counter-amber"
    page.locator("a:has-text('Receipt')").first.click()
    yield "counter-receipt"
    yield from consignments(page, server)
    page.goto(server.url + "/counter?code=nobody")
    page.locator("#scan").fill("nobody-known")
    page.keyboard.press("Enter")
    expect(page.locator(".res h1")).to_contain_text("unknown")
    yield "counter-unknown"
    page.goto(server.url + "/counter")
    waiting = page.locator(".side .grow a.w")
    if waiting.count():
        waiting.first.click()
        yield "counter-green"


def consignments(page: Page, server: Server) -> Iterator[str]:
    """Goods given out, reckoned up, settled, their papers."""
    page.goto(server.url + "/counter/consignments")
    yield "counter-consignments-none"
    page.goto(server.url + "/counter/consignments/new")
    yield "counter-consignment-new"
    page.locator("[name=name]").fill("Ladenwerk am Osterdeich")
    page.locator("[name=contact]").fill("0421 4471")
    page.locator("[name='n:mug-coral']").fill("4")
    page.locator("[name='n:spoon-steel']").fill("2")
    page.locator("button:has-text('Give it out')").click()
    expect(page.locator(".res.g")).to_be_visible()
    yield "counter-consignment-given"
    here = page.url.partition("?")[0]
    page.goto(here + "/slip")
    yield "counter-consignment-slip"
    page.goto(here)
    page.locator("[name^='sold:']").first.fill("1")
    page.locator("[name^='lost:']").last.fill("1")
    expect(page.locator("#sums .figure")).to_contain_text("to pay")
    yield "counter-consignment-reckoned"
    page.locator("[name=reason]").fill("broken")
    page.locator("button:has-text('Paid in cash')").click()
    expect(page.locator(".res.g")).to_be_visible()
    yield "counter-consignment-settled"
    page.locator("a:has-text('Print the receipt')").click()
    yield "counter-consignment-receipt"
    page.goto(server.url + "/counter/consignments")
    yield "counter-consignments"
    page.goto(here)
    page.locator("button:has-text('All of it is back')").click()
    expect(page.locator(".res.g")).to_be_visible()
    yield "counter-consignment-closed"


def _fill_cart(page: Page, server: Server) -> None:
    for blank in CLUB:
        page.goto(f"{server.url}/blanks/{blank}")
        type_name(page, "Marit")
        choose_pieces(page, 3)
        add_to_cart(page)


def _fullest_open_batch(page: Page) -> str:
    """The open batch with most pieces of those listed."""
    rows = page.locator("tbody tr:has(.tag-acc)")
    counts = [int(text.split(" of ")[0]) for text in rows.locator("td.num").all_text_contents()]
    return rows.nth(counts.index(max(counts))).locator("a.code").inner_text()


def _stations(page: Page, server: Server, batch: str) -> Iterator[str]:
    page.goto(f"{server.url}/workshop/stations/picking?batch={batch}")
    yield "station-picking"
    codes = []
    for _ in range(2):
        codes.append(page.locator(".exp .big-code").inner_text())
        scan(page, codes[-1])
    yield "station-good"
    page.goto(f"{server.url}/workshop/stations/production?batch={batch}")
    scan(page, codes[1])
    expect(page.locator(".two")).to_be_visible()
    yield "station-bad"
    for station in STATIONS[1:]:
        page.goto(f"{server.url}/workshop/stations/{station}?batch={batch}")
        yield f"station-{station}"
        scan(page, codes[0])
    page.goto(f"{server.url}/workshop/batches/{batch}/step")
    scan(page, codes[1])
    yield "batch-step"
