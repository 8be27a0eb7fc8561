"""What people do in the shop, workshop and at the counter, step by step, in a real browser."""

import io
import re
import zipfile
from dataclasses import dataclass

import httpx
from playwright.sync_api import Locator, Page, expect

from configurator.demo.staff import CLERK, MAKER, TERMINAL_KEY
from tests.browser.running import Server

STATIONS = ("picking", "production", "check", "storage")
FACILITIES = ("plant-bremen", "plant-leipzig", "store-bremen", "store-hamburg", "store-berlin")
BLOCKED = {
    "mug": "care=&care=microwave",
    "tee": "size=xxl",
    "notebook": "pages=240",
    "board": "groove=yes",
    "muesli": "mix.oats=200&mix.spelt=100&mix.hazelnuts=75&mix.blueberries=50&mix.raisins=75",
    "keyring": "acrylic=night",
    "book": "binding=softcover",
}
"""For each blank what somebody may have chosen that rules something else out."""

CUSTOMER = {"email": "marit@harbour.example", "name": "Marit Haugen"}
ADDRESS = {"street": "Osterdeich 41", "postcode": "28203", "town": "Bremen"}


@dataclass(frozen=True)
class Placed:
    """An order as its page shows it."""

    number: str
    address: str
    codes: tuple[str, ...]


def picture(page: Page) -> Locator:
    """The product as it will be made."""
    return page.locator("svg.product")


def total(page: Page) -> str:
    """The price in the bar that never leaves the screen."""
    return page.locator("#buy .tot").inner_text()


def type_name(page: Page, name: str) -> None:
    """Type into the first text of the template, letter by letter, until the picture shows it."""
    field = page.locator("#artwork input.typed").first
    field.fill("")
    field.press_sequentially(name, delay=15)
    expect(picture(page)).to_have_attribute("aria-label", re.compile(re.escape(name)))


def choose_pieces(page: Page, count: int) -> None:
    """Order so many."""
    page.locator("#pieces").fill(str(count))
    expect(page.locator("#spoken")).to_contain_text(f"{count}\u00a0pieces")


def repair(page: Page) -> str:
    """Open the first value that is not possible now and take the way out; the reason that was given."""
    blocked = page.locator("details.why:has(> summary.choice.off):has(button)").first
    box = (blocked.get_attribute("id") or "").replace("why-", "o-", 1)
    blocked.locator("summary").click()
    reason = blocked.locator(".note p").first.inner_text()
    blocked.locator("button").click()
    option, _, value = box.removeprefix("o-").rpartition("-")
    number = page.locator(f"input[name='{option}'][type=number]")
    if number.count():
        expect(number).to_have_value(value)
    else:
        expect(page.locator(f"#{box}")).to_be_checked()
    return reason


def add_to_cart(page: Page) -> None:
    """Put what was designed into the cart."""
    page.locator("#buy button").click()
    expect(page).to_have_url(re.compile("/cart$"))


def collect_in(page: Page, facility: str) -> None:
    """Choose to pick the order up at a store."""
    page.locator(f"label:has(#way-pickup-{facility})").click()
    expect(page.locator("#street")).to_have_count(0)


def check_out(page: Page, **typed: str) -> Placed:
    """Fill in what is asked and press the button that names the sum."""
    for name, value in {**CUSTOMER, **typed}.items():
        page.locator(f"#{name}").fill(value)
    page.locator("label:has(#rights)").click()
    page.locator("button:has-text('Pay')").click()
    expect(page).to_have_url(re.compile("/orders/"))
    return placed(page)


def placed(page: Page) -> Placed:
    """The order whose page is open."""
    number = page.locator(".top .code").first.inner_text()
    codes = sorted({f"{number}-{code}" for code in re.findall(r"\d\d", " ".join(_parts(page)))})
    return Placed(number, page.url, tuple(codes))


def _parts(page: Page) -> list[str]:
    """The ends of the codes of the pieces, told one by one or folded under "which"."""
    return [re.sub(r"^.*-", "", text or "") for text in page.locator(".pc .code").all_text_contents()]


def sign_in_maker(page: Page, server: Server) -> None:
    """Deniz comes to work."""
    page.goto(server.url + "/workshop")
    page.locator("[name=email]").fill(MAKER[0])
    page.locator("[name=password]").fill(MAKER[2])
    page.locator("form button").click()
    expect(page.locator("h1")).to_contain_text("to make")


def sign_in_clerk(page: Page, server: Server) -> None:
    """Jana opens the terminal and signs in with her PIN."""
    page.goto(server.url + "/counter")
    if page.locator("[name=key]").count():
        page.locator("[name=key]").fill(TERMINAL_KEY)
        page.locator("form button").click()
    page.locator("[name=pin]").fill(CLERK[1])
    page.locator("form button").click()
    expect(page).to_have_url(re.compile(r"/counter$"))


def batches_with(page: Page, server: Server, number: str) -> dict[str, str]:
    """The batches in which pieces of an order lie: number of the batch -> facility."""
    found: dict[str, str] = {}
    with same_person(page) as maker:
        for facility in FACILITIES:
            page.goto(f"{server.url}/workshop/batches?at={facility}")
            for batch in page.locator("td a.code").all_text_contents():
                if number in maker.get(f"{server.url}/workshop/batches/{batch}").text:
                    found[batch] = facility
    return found


def planned(page: Page, server: Server, number: str) -> dict[str, str]:
    """The same once the plan has them: it may wait two minutes for a busy machine's other work."""
    tries = (page.wait_for_timeout(500) or batches_with(page, server, number) for _ in range(240))
    found = next(filter(None, tries), {})
    assert found, f"no piece of {number} is in a batch"
    return found


def release(page: Page, server: Server, batch: str) -> bytes:
    """Release a batch, wait until its package is written, download it."""
    page.goto(f"{server.url}/workshop/batches/{batch}")
    button = page.locator("form button:has-text('Release')")
    if button.count():
        button.click()
    link = page.locator("a:has-text('Download all')")
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    with page.expect_download() as coming:
        link.click()
    return coming.value.path().read_bytes()


def files_in(package: bytes) -> dict[str, bytes]:
    """The files of a package by name, without its folder."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        return {name.rpartition("/")[2]: whole.read(name) for name in whole.namelist()}


def work_off(page: Page, server: Server, batch: str, facility: str) -> None:
    """Scan every piece of a batch through the four stations, in the order in which the screen asks for them."""
    for station in STATIONS:
        page.goto(f"{server.url}/workshop/stations/{station}?at={facility}&batch={batch}")
        while page.locator(".exp .big-code").count():
            scan(page, page.locator(".exp .big-code").inner_text())


def scan(page: Page, code: str) -> None:
    """What a scanner does: type the code into the field that has focus, then Enter."""
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator(".fb")).to_be_visible()
    expect(page).to_have_url(re.compile("scan="))
    expect(page.locator("#scan")).to_have_value("")


def arrive(page: Page, server: Server, code: str, facility: str) -> None:
    """A piece made elsewhere comes to the store where its customer picks it up."""
    page.goto(f"{server.url}/workshop/stations/storage?at={facility}")
    scan(page, code)


def same_person(page: Page) -> httpx.Client:
    """The same person without a window: for what needs no looking at."""
    kept = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return httpx.Client(cookies=kept)
