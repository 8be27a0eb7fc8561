"""What is printed from the workshop's and the shop's pages: what there is to read, nothing to press."""

from playwright.sync_api import Page, expect

from tests.browser.running import Server
from tests.browser.walking import sign_in_maker


def test_on_paper_a_page_of_the_workshop_has_no_menu_and_no_buttons(page: Page, demo: Server) -> None:
    sign_in_maker(page, demo)
    page.goto(demo.url + "/workshop/orders")
    customers = page.locator("a[href^='/orders/']").first.get_attribute("href")
    page.goto(demo.url + "/workshop/batches?at=plant-bremen")
    batch = page.locator("td a.code").first.get_attribute("href")
    page.emulate_media(media="print")
    for address in (batch, customers, "/workshop/stock?at=plant-bremen"):
        page.goto(f"{demo.url}{address}")
        expect(page.locator("h1")).to_be_visible()
        assert page.locator(".btn:visible, .thead nav:visible, .find:visible").count() == 0, address
