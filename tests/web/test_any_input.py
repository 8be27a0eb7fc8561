"""Every address with what nobody should send: strangers and makers get an answer in words, never a trace."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote, urlencode

from configurator.web.routes import ROUTES
from tests.web.browser import Browser

ODD = (
    "", "0", "-1", "1e400", "NaN", "²", "١٢", "99999999999999999999", "2147483648", "null", "[]",
    "{}", "ä" * 300, "a" * 5000,
    "\x00", "\r\nX: y", "../../etc/passwd", "2026-02-30", "9999-12-31T23:59", "0000-00-00", "25:61", "24:00", "B-999",
    "'; drop table pieces;--", "{{7*7}}", "1_000", "½", "\u202e", "<b>Zoë</b> 🎉 محمد", "//elsewhere", "mug",
    "store-bremen",
)  # fmt: skip
NAMES = (
    "at", "batch", "blank", "code", "corners", "day", "facility", "from", "key", "line", "machine", "name", "next",
    "number",
    "order", "piece", "pieces", "q", "quantity", "reason", "scan", "scan_id", "seen", "station", "take", "until",
    "way", "x[]",
)  # fmt: skip
TIMES = 2
KIND = "application/x-www-form-urlencoded"


def addresses(draw: Random) -> Iterator[tuple[str, str]]:
    """Method and address of every route, odd values for what is between its slashes."""
    for route in ROUTES:
        for path in sorted(route.paths):
            parts = [quote(draw.choice(ODD)[:200], safe="") or "-" if "{" in part else part for part in path.split("/")]
            yield from ((method, "/".join(parts)) for method in sorted(route.http_methods) if method != "HEAD")


def odd_fields(draw: Random) -> list[tuple[str, str]]:
    """Some fields that pages know, with values none of them expects, some twice."""
    return [(draw.choice(NAMES), draw.choice(ODD)) for _ in range(draw.randrange(9))]


def broken(visitor: Browser, draw: Random) -> list[object]:
    """What an address answered that is no answer to anybody."""
    told: list[object] = []
    for method, address in (each for _ in range(TIMES) for each in addresses(draw) if "sign-out" not in each[1]):
        sent, get = urlencode(odd_fields(draw)), method == "GET"
        answer = visitor.client.request(
            method,
            f"{address}?{sent}" if get else address,
            content=None if get else sent,
            headers={"Content-Type": KIND, "x-csrftoken": visitor.client.cookies.get("csrftoken") or ""},
        )
        if answer.status_code >= 500 or "Traceback" in answer.text or "<b>Zo" in answer.text:
            told.append((method, address, sent, answer.status_code))
    return told


def test_nothing_that_a_stranger_sends_breaks_any_address(browser: Browser) -> None:
    browser.get("/cart")
    assert broken(browser, Random(3)) == []


def test_nothing_that_a_maker_sends_breaks_any_address(planned: Browser) -> None:
    assert broken(planned, Random(4)) == []
