"""People who use the real server over HTTP, without JavaScript: shoppers, a maker, clerks; and the database behind."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urljoin

import httpx
import sqlalchemy as sa

from configurator.database import Database
from configurator.demo.staff import MAKER, TERMINAL_KEY
from tests.browser.running import ROOT, Server
from tests.web.browser import Browser, Form, Page

ADDRESS = {
    "email": "marit@harbour.example",
    "name": "Marit Haugen",
    "street": "Osterdeich 41",
    "postcode": "28203",
    "town": "Bremen",
    "rights": "yes",
}
SENT = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Sending:
    """A form filled in and about to be sent: sending it again is the same click again."""

    path: str
    content: str


class Person(Browser):
    """Somebody with a browser that has no JavaScript."""

    def __init__(self, server: Server) -> None:
        super().__init__(httpx.Client(base_url=server.url, follow_redirects=True, timeout=60))  # type: ignore[arg-type]  # TestClient is an httpx.Client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def again(self, sending: Sending) -> Page:
        """Send a form as often as one likes."""
        return Page(self.client.post(sending.path, content=sending.content, headers=SENT))


def filled(page: Page, form: Form, text: str = "", **changes: str) -> Sending:
    """The form with these changes, sent by the button that begins with `text`."""
    pairs = [pair for pair in form.fields if pair[0] not in changes]
    pairs += changes.items()
    button = next((each for each in form.buttons if text and each.text.startswith(text) and not each.disabled), None)
    if button and button.name:
        pairs.append((button.name, button.value))
    return Sending(urljoin(page.path, (button.action if button else None) or form.action), urlencode(pairs))


def to_be_paid(person: Person, blank: str, **changes: str) -> Sending:
    """Put a blank into the cart and fill in the checkout; what is left is the press on "Pay"."""
    cart = person.press(person.get(f"/blanks/{blank}"), "design", "Add to cart")
    if "way" in changes:
        cart = person.press(cart, "checkout", "Show the sum", way=changes["way"])
    return filled(cart, cart.form("checkout"), "Pay", **ADDRESS)


def maker(server: Server) -> Person:
    """Deniz, signed in."""
    return _signed_in(server, "/workshop/sign-in", {"email": MAKER[0], "password": MAKER[2]})


def clerk(server: Server, pin: str) -> Person:
    """A clerk at the counter of the store in Bremen."""
    return _signed_in(server, "/counter/sign-in", {"key": TERMINAL_KEY}, {"pin": pin})


def _signed_in(server: Server, path: str, *forms: dict[str, str]) -> Person:
    with contextlib.ExitStack() as closing:
        person = closing.enter_context(Person(server))
        for typed in forms:
            page = person.get(path)
            person.again(filled(page, page.forms[0], **typed))
        closing.pop_all()
        return person


def rows(database: Database, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What the database says."""
    with database.read() as session:
        return [tuple(row) for row in session.execute(sa.text(statement), values)]


def number(database: Database, statement: str, **values: Any) -> int:
    """One number the database says."""
    return int(rows(database, statement, **values)[0][0])


def until(holds: Callable[[], bool], *, seconds: float = 90, pause: float = 0.05) -> None:
    """Wait until it holds; fail if it never does."""
    for _ in range(int(seconds / pause)):
        if holds():
            return
        time.sleep(pause)
    raise AssertionError("it never came to that")


@contextlib.contextmanager
def working(url: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes] | None]:
    """`configurator worker` beside the server where jobs need one; killed, not stopped, when the block ends."""
    if url.startswith("sqlite"):
        yield None
        return
    command = [sys.executable, "-c", "from configurator.cli import main; main()", "worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT, **quiet)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=20)
