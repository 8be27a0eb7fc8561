"""A design before it is ordered: its proof, its picture, and what other sites show of a link to it."""

import io
from urllib.parse import urlsplit

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from httpx import Response

from configurator.web import shown_pages
from tests.web.browser import Browser, Page
from tests.web.test_long_addresses import many

NAME = "<b>Zoë</b> 🎉 محمد"
CLUB = "/blanks/mug?template=club&f.name=Marit"


def meta(page: Page, name: str) -> str:
    return next(g["content"] for tag, g in page.tags if tag == "meta" and name in (g.get("property"), g.get("name")))


def pressed(browser: Browser, page: Page, **changes: str) -> Response:
    """The proof as the button in the customiser's form asks for it."""
    return browser.press(page, "design", "Proof as PDF", **changes).response


def codes(pdf: bytes) -> list[str]:
    picture = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=200 / 72).to_numpy()[:, :, :3]
    return [code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(picture))]


def test_the_proof_is_of_the_very_design_on_the_screen_and_its_code_leads_back_to_it(browser: Browser) -> None:
    page = browser.get(CLUB)
    answer = pressed(browser, page, f_0_name="Ida")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    words = " ".join(pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].get_textpage().get_text_range().split())
    assert "theirs to use" in words
    (back,) = codes(answer.content)
    parts = urlsplit(back)
    shown = browser.get(f"{parts.path}?{parts.query}")
    assert dict(shown.form("design").fields)["f.name"] == "Ida"
    digest = answer.headers["etag"].strip('"')
    assert digest[:8] in words.replace(" ", "")
    assert f"{digest[:4]}·{digest[4:8]}" in shown.html


def test_a_long_design_has_a_proof_with_a_short_code(browser: Browser) -> None:
    answer = browser.client.get(f"/blanks/tee/proof.pdf?{many(6)}")
    (back,) = codes(answer.content)
    assert len(back) < 150 and "kept=" in back


def test_what_was_made_lately_is_not_made_again_and_what_is_known_is_not_sent_again(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_pages, "PROOFS", 1)
    first = browser.client.get(CLUB.replace("mug?", "mug/proof.pdf?"))
    again = browser.client.get(CLUB.replace("mug?", "mug/proof.pdf?") + "&pieces=7&view=back")
    assert again.content == first.content
    known = {"If-None-Match": first.headers["etag"]}
    assert browser.client.get(CLUB.replace("mug?", "mug/proof.pdf?"), headers=known).status_code == 304
    other = browser.client.get(CLUB.replace("mug?", "mug/proof.pdf?") + "n")
    assert (other.status_code, "Tried too often" in other.text) == (429, True)


def test_of_what_cannot_be_made_there_is_no_proof(browser: Browser) -> None:
    page = browser.get("/blanks/mug?kind-1=text&text-1=%E2%98%83&x-1=1")
    assert not [button for button in page.form("design").buttons if button.text.startswith("Proof")]
    refused = browser.get("/blanks/mug/proof.pdf?kind-1=text&text-1=%E2%98%83&x-1=1")
    assert refused.status == 409
    assert "cannot be made as it is" in refused.text


def test_a_link_to_a_design_brings_its_picture_and_its_words(browser: Browser) -> None:
    page = browser.press(browser.get(CLUB), "design", "Show", f_0_name=NAME)
    assert NAME[:8] in meta(page, "og:title")
    assert "Coral" in meta(page, "og:description")
    assert NAME not in page.html
    parts = urlsplit(meta(page, "og:image"))
    picture = browser.client.get(f"{parts.path}?{parts.query}")
    assert picture.headers["content-type"] == "image/webp"
    assert picture.content[:4] == b"RIFF"
    assert picture.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert picture.headers["etag"] != browser.client.get("/blanks/mug/picture.webp").headers["etag"]


def test_every_address_of_one_design_has_one_card(browser: Browser) -> None:
    cards = {meta(browser.get(f"{CLUB}&view={view}"), "og:url") for view in ("front", "back")}
    assert len(cards) == 1


def test_a_letter_typed_does_not_send_the_card_again(browser: Browser) -> None:
    part = browser.get(CLUB, HX_Request="true", HX_Request_Type="partial")
    assert "og:title" not in part.html
