"""A photo of the customer's own in a real browser: sent with a bar, placed, ordered, and printed in full."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Server
from tests.browser.walking import add_to_cart, batches_with, check_out, files_in, picture, release, sign_in_maker
from tests.uploads.files import SHADED, a_photo, svg

SIZE = (1500, 1000)


def sent(page: Page, path: Path) -> None:
    page.locator("#upload-file").set_input_files(path)


@pytest.mark.slow
def test_a_photo_is_sent_placed_ordered_and_printed_in_full(
    page: Page, browser: Browser, demo: Server, tmp_path: Path
) -> None:
    photo = tmp_path / "Sunset.jpg"
    photo.write_bytes(a_photo(*SIZE))
    page.goto(f"{demo.url}/blanks/mug")
    sent(page, photo)
    expect(picture(page)).to_have_attribute("aria-label", re.compile("your picture"))
    expect(page.locator(".pictures button")).to_have_count(1)
    assert page.locator("svg.product image").count() == 1
    width = page.locator("input[name^='width-']").last
    width.fill("60")
    expect(picture(page)).to_have_attribute("aria-label", re.compile("60 by 40 mm"))
    add_to_cart(page)
    expect(page.locator("article.line")).to_contain_text("a picture")
    order = check_out(page, street="Osterdeich 41", postcode="28203", town="Bremen")

    maker = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    sign_in_maker(maker, demo)
    maker.locator("button:has-text('Plan again')").click()
    (batch,) = batches_with(maker, demo, order.number)
    files = files_in(release(maker, demo, batch))
    maker.context.close()
    printed = [
        each
        for name, content in files.items()
        if name.startswith("sheet") and name.endswith("pdf")
        for each in images(content)
    ]
    assert (*SIZE, "/DeviceCMYK") in printed


def test_a_drawing_with_shading_is_taken_as_a_picture_and_what_is_said_of_it_stays(
    page: Page, demo: Server, tmp_path: Path
) -> None:
    page.goto(f"{demo.url}/blanks/mug")
    logo = tmp_path / "Logo.svg"
    logo.write_bytes(svg(SHADED["a drawing with a gradient"]))
    sent(page, logo)
    expect(picture(page)).to_have_attribute("aria-label", re.compile("your picture"), timeout=30_000)
    page.locator("input[name^='width-']").last.fill("40")
    expect(picture(page)).to_have_attribute("aria-label", re.compile("40 by"))
    expect(page.locator("#upload-said")).to_contain_text("This drawing has shading, so it is printed as a picture of")


def images(file: bytes) -> list[tuple[int, int, str]]:
    pdf = pikepdf.open(io.BytesIO(file))
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    return [(int(each.Width), int(each.Height), str(each.ColorSpace)) for each in found]


def test_a_file_that_is_too_large_is_told_beside_the_button_and_the_design_stays(
    page: Page, demo: Server, tmp_path: Path
) -> None:
    page.goto(f"{demo.url}/blanks/mug")
    before = picture(page).get_attribute("aria-label")
    large = tmp_path / "large.jpg"
    large.write_bytes(bytes(50_100_000))
    sent(page, large)
    expect(page.locator("#upload-said")).to_contain_text("51 MB; 50 can be sent")
    assert picture(page).get_attribute("aria-label") == before
