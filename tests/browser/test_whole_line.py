"""The whole line in a real browser: seven blanks are designed, bought, batched, exported, made and handed over."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.running import Server, serving
from tests.browser.walking import (
    BLOCKED,
    Placed,
    add_to_cart,
    arrive,
    batches_with,
    check_out,
    collect_in,
    files_in,
    release,
    sign_in_clerk,
    sign_in_maker,
    type_name,
    work_off,
)

HOME = "store-bremen"
MM = 72 / 25.4


@pytest.fixture
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A shop with staff and stock in which nobody has ordered."""
    with serving(tmp_path_factory.mktemp("empty"), "--demo", "--orders", "0") as server:
        yield server


@pytest.fixture
def somebody(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browsers of other people, closed at the end."""
    contexts: list[BrowserContext] = []
    yield contexts
    for context in contexts:
        context.close()


def another(browser: Browser, contexts: list[BrowserContext]) -> Page:
    contexts.append(browser.new_context(viewport={"width": 1400, "height": 900}))
    contexts[-1].set_default_timeout(15_000)
    return contexts[-1].new_page()


def test_seven_designs_of_one_customer_are_bought_made_and_handed_over(
    page: Page, browser: Browser, empty_shop: Server, somebody: list[BrowserContext]
) -> None:
    order, to_pay = buy_all_seven(page, empty_shop)
    assert len(order.codes) == 7
    code = page.locator(".pick").inner_text()

    maker = another(browser, somebody)
    sign_in_maker(maker, empty_shop)
    maker.locator("button:has-text('Plan again')").click()
    batches = batches_with(maker, empty_shop, order.number)
    exported: list[str] = []
    for batch, facility in batches.items():
        exported += piece_codes(maker, empty_shop, batch)
        work_off(maker, empty_shop, batch, facility)
    assert sorted(exported) == list(order.codes)
    for piece in made_elsewhere(maker, empty_shop, batches):
        arrive(maker, empty_shop, piece, HOME)

    clerk = another(browser, somebody)
    sign_in_clerk(clerk, empty_shop)
    hand_over(clerk, code, to_pay)

    page.reload()
    expect(page.locator("h1")).to_have_text("All seven are yours.")


def buy_all_seven(page: Page, server: Server) -> tuple[Placed, str]:
    """One order with a piece of every blank, to be picked up; what is to be paid."""
    for blank in BLOCKED:
        page.goto(f"{server.url}/blanks/{blank}")
        type_name(page, "Zoë")
        add_to_cart(page)
    collect_in(page, HOME)
    to_pay = page.locator(".sum .total b").inner_text()
    return check_out(page), to_pay


def piece_codes(maker: Page, server: Server, batch: str) -> list[str]:
    """Release a batch, open its package, check it; the codes of the pieces it says are made."""
    maker.goto(f"{server.url}/workshop/batches/{batch}")
    sizes = [size(text) for text in maker.locator(".sh h2").all_text_contents()]
    files = files_in(release(maker, server, batch))
    manifest = json.loads(files["manifest.json"])
    told = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"}
    sheets = [name for name in sorted(files) if re.fullmatch(r"sheet-\d+\.pdf", name)]
    for name in sheets:
        check_sheet(files[name], sizes)
    if not sheets:
        assert [name for name in files if name.endswith(".dxf")]
    rows = csv.DictReader(io.StringIO(files["cut-list.csv"].decode("utf-8-sig")))
    return sorted({row["piece"] for row in rows})


def check_sheet(data: bytes, sizes: list[tuple[int, int]]) -> None:
    """A print file is as large as the page said, in mm, has no font left in it, and something on it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sheet = pdf.pages[0]
        left, bottom, right, top = (float(edge) for edge in sheet.trimbox)
        assert (round((right - left) / MM), round((top - bottom) / MM)) in sizes
        assert "/Font" not in sheet.get("/Resources", {})
    document = pypdfium2.PdfDocument(data)
    colours = document[0].render(scale=0.25).to_pil().convert("RGB").getcolors(1 << 20)
    document.close()
    assert colours
    assert len(colours) > 1


def size(heading: str) -> tuple[int, int]:
    """ "Sheet 1 of 2, 860 × 590 mm" -> (860, 590)."""
    numbers = re.findall(r"[\d.,]+", heading.replace(",", "", 1))
    return round(float(numbers[-2])), round(float(numbers[-1]))


def made_elsewhere(maker: Page, server: Server, batches: dict[str, str]) -> list[str]:
    """The pieces that must still come to the store."""
    codes = []
    for batch, facility in batches.items():
        if facility != HOME:
            maker.goto(f"{server.url}/workshop/batches/{batch}")
            codes += maker.locator("tr[id] .code.tiny").all_text_contents()
    return codes


def hand_over(clerk: Page, code: str, to_pay: str) -> None:
    """Scan the pickup code, take the money, give the pieces away; the same code again tells who did."""
    expect(clerk.locator("#scan")).to_be_focused()
    clerk.keyboard.type(code)
    clerk.keyboard.press("Enter")
    expect(clerk.locator("main")).to_contain_text("7\u00a0pieces")
    assert re.sub(r"[^\d.]", "", to_pay) == clerk.locator("[name=amount]").input_value()
    clerk.locator("button:has-text('Paid in cash')").click()
    clerk.locator("button:has-text('Hand over 7')").click()
    expect(clerk.locator("h1")).to_contain_text("Handed over to Marit Haugen")
    clerk.locator("#scan").fill(code)
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".hd p")).to_contain_text("by Jana")
