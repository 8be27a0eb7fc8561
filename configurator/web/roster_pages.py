"""One design, several names: a list of pieces is looked at and goes into the cart, all of it or nothing."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from configurator.designs.rosters import MOST_LINES, Column, NotNumbers, numbered
from configurator.errors import Invalid, Refusal
from configurator.orders.rosters import add_roster, added_before, pooled_before
from configurator.web.customising import Workbench, address_of, fresh, shorter
from configurator.web.forms import MOST_SIGNS, Form, Texts, query_pairs
from configurator.web.long_addresses import unfolded
from configurator.web.packed_lists import FIELD, packed, unpacked
from configurator.web.rendering import AnyRequest
from configurator.web.roster_views import (
    RosterHasChanged,
    RosterView,
    columns_of,
    now_written,
    priced,
    roster_view,
    wanted,
)
from configurator.web.studio import Step
from configurator.web.visitors import cart_hash, cart_token, hashed, new_token, remember, shopper

KEPT = ("list", "from", "to", "which", "written", "fill", "once", "looked")
"""Fields of the form that the address of a list says."""
TOLD, MOST_TOLD = "list-told", 3_000
"""The cookie in which a refusal goes to the page that shows it; not in the address, where anybody could write one."""


class ListTooLong(Invalid):
    """A list of which the end would be missing."""

    def __init__(self) -> None:
        super().__init__(
            f"Of the list only the first {MOST_SIGNS:,} characters came here, so its end is missing below."
            " Send it in two parts."
        )


@dataclass(frozen=True)
class RosterDesk:
    """A design and what may be typed into its list, for one request."""

    request: AnyRequest
    bench: Workbench
    step: Step
    typed: Mapping[str, str]

    @property
    def text(self) -> str:
        """The list."""
        return self.typed.get("list", "")

    def page(self, *, view: RosterView | None = None, refusal: str = "", status: int = 200) -> Response[Any]:
        """The page with everything that was typed; view: the list as it was looked at."""
        step, wiring = self.step, self.bench.wiring
        columns = columns_of(step)
        texts = [column for column in columns if column.is_text]
        home = f"/blanks/{step.blank.key}"
        back = address_of(home, step, wiring)
        written = now_written(step)
        values = {
            "blank": step.blank,
            "step": step,
            "home": home,
            "back": back,
            "query": back.partition("?")[2],
            "texts": [(column, written.get(column.name, "")) for column in texts],
            "options": (options := [column for column in columns if column.values]),
            "example": _example(texts, options),
            "typed": Texts({**_numbers_at_first(written, texts), **self.typed}),
            "view": view,
            "most": MOST_LINES,
            "once": secrets.token_urlsafe(9) if self.added else self.typed.get("once") or secrets.token_urlsafe(9),
            "added": self.added,
            "in_cart": shopper(self.request, wiring).in_cart,
            "refusal": refusal,
            "amiss": bool(step.asked.faults or step.designed.answer.dropped),
        }
        return self.bench.pages.page(self.request, "shop/roster.html", values, status=status)

    @property
    def too_long(self) -> bool:
        """Whether its end may be missing."""
        return len(self.text) >= MOST_SIGNS

    @property
    def added(self) -> bool:
        """Whether the list is in the cart as it is here."""
        with self.bench.wiring.database.read() as session:
            return added_before(session, cart_hash(self.request), self.once)

    @property
    def once(self) -> str:
        """By this the same list sent twice is added once; another list has another."""
        return self.typed.get("once", "")[:40]

    @property
    def address(self) -> str | None:
        """Where this page is found again, with all that was typed; None if it is too much for an address."""
        names = packed({name: self.typed[name] for name in KEPT if name in self.typed})
        home = address_of(f"/blanks/{self.step.blank.key}/roster", self.step, self.bench.wiring)
        return f"{home}&{FIELD}={names}" if names else None

    def looked(self) -> RosterView:
        """The list with its prices. Raises ListTooLong."""
        pooled = shopper(self.request, self.bench.wiring, blank=self.step.blank.key).of_blank
        return priced(self.read(), pooled)

    def read(self) -> RosterView:
        """The list without prices. Raises ListTooLong."""
        if self.too_long:
            raise ListTooLong
        return roster_view(self.step, self.text, self.bench.studio)

    def filled(self) -> "RosterDesk":
        """The list with a line for each number. Raises NotNumbers."""
        columns = columns_of(self.step)
        column = next((each for each in columns if each.is_text and each.name == self.typed.get("which")), None)
        if column is None:
            raise NotNumbers("Choose the text that the numbers stand in.")
        asked = (self.typed.get("from", ""), self.typed.get("to", ""), self.typed.get("written", ""))
        text = numbered(self.text, column, asked, columns)
        return replace(self, typed={**self.typed, "list": text})

    def shown(self) -> Response[Any]:
        """The list piece by piece, at an address of its own: whoever goes back to it is not asked to send it again."""
        desk = replace(self, typed={**self.typed, "looked": "yes", "once": secrets.token_urlsafe(9)})
        if desk.address and not desk.too_long:
            return Redirect(f"{desk.address}#pieces", status_code=303)
        return desk.page(view=desk.looked())

    def refused(self, refusal: Refusal) -> Response[Any]:
        """The same with why not; what is too long for an address is answered at once."""
        if self.address is None:
            return self.page(view=self.view, refusal=refusal.sentence, status=refusal.status)
        answer = Redirect(self.address, status_code=303)
        secure = self.bench.wiring.settings.base_url.startswith("https:")
        told = quote(refusal.sentence)[:MOST_TOLD]
        answer.set_cookie(Cookie(TOLD, value=told, max_age=60, httponly=True, samesite="lax", secure=secure))
        return answer

    @property
    def view(self) -> RosterView | None:
        """The list piece by piece once it was looked at, as far as it came here whole."""
        return self.looked() if self.typed.get("looked") and not self.too_long else None

    def add(self, token: str) -> None:
        """All pieces into the cart, as they were shown. Raises RosterHasChanged, ListTooLong, CannotBeMade."""
        view, once, seen = self.read(), self.once, self.typed.get("seen", "")
        # What is in the cart already is not added again, but only if it is the same.
        if not view.ready or view.seen.partition(":")[0] != seen.partition(":")[0]:
            raise RosterHasChanged
        wiring, studio, now = self.bench.wiring, self.bench.studio, self.bench.wiring.clock.now()
        pieces = wanted(view, once, studio)
        with wiring.database.write() as session:
            pooled = pooled_before(session, hashed(token), self.step.blank.key, once, now=now)
            if pooled is None:
                return
            if priced(view, pooled).seen != seen:
                raise RosterHasChanged
            add_roster(session, hashed(token), pieces, now=now)


@get("/blanks/{key:str}/roster", sync_to_thread=True)
def roster(key: str, request: AnyRequest, bench: Workbench) -> Response[Any]:
    """A page for the list of one design; its address says the design, and the list once it was looked at."""
    typed = unpacked(request.query_params.get(FIELD, ""))
    desk = _desk(key, request, bench, typed)
    if not typed and (short := shorter(request, f"/blanks/{key}/roster", lambda: desk.step, bench.wiring)):
        return Redirect(short, status_code=303)
    told = unquote(request.cookies.get(TOLD, ""))[:MOST_TOLD]
    answer = desk.page(view=desk.view, refusal=told)
    if told:
        answer.delete_cookie(TOLD)
    return answer


@post("/blanks/{key:str}/rosters", sync_to_thread=True)
def look(key: str, request: AnyRequest, form: Form, bench: Workbench) -> Response[Any]:
    """Every piece of the list, with its price; or the list filled with numbers first."""
    desk = _desk(key, request, bench, _typed(form))
    try:
        return (desk.filled() if desk.typed.get("fill") else desk).shown()
    except Refusal as refusal:
        return desk.refused(refusal)


@post("/blanks/{key:str}/rosters/lines", sync_to_thread=True)
def add(key: str, request: AnyRequest, form: Form, bench: Workbench) -> Response[Any]:
    """All pieces of the list into the cart."""
    desk = _desk(key, request, bench, _typed(form))
    token = cart_token(request) or new_token()
    try:
        desk.add(token)
    except Refusal as refusal:
        looked = {**desk.typed, "looked": "yes", "once": secrets.token_urlsafe(9)}
        return replace(desk, typed=looked).refused(refusal)
    response = Redirect("/cart", status_code=303)
    remember(response, token, bench.wiring)
    return response


def _desk(key: str, request: AnyRequest, bench: Workbench, typed: Mapping[str, str]) -> RosterDesk:
    blank = bench.wiring.catalogue.blank(key)
    asked = tuple(pair for pair in query_pairs(request.url.query) if pair[0] != FIELD)
    pairs = unfolded(asked, bench.wiring.storage) or fresh(blank)
    return RosterDesk(request, bench, bench.studio.step(blank, pairs), typed)


def _typed(form: Form) -> dict[str, str]:
    return {name: value for name, value in form.pairs if name != "_csrf_token"}


def _example(texts: Sequence[Column], options: Sequence[Column]) -> Sequence[Column]:
    """Columns as a first line may name them: a text and the option of most values, or the other text first."""
    widest = max(options, key=lambda column: len(column.values), default=None)
    return (*texts[:1], widest) if widest else texts[::-1][:2] if len(texts) > 1 else ()


def _numbers_at_first(written: Mapping[str, str], texts: Sequence[Column]) -> dict[str, str]:
    """Numbers go where the design has a `#` already, else to the first text."""
    marked = next((column.name for column in texts if "#" in written.get(column.name, "")), "")
    which = marked or (texts[0].name if texts else "")
    return {"list": "", "from": "1", "to": "50", "which": which, "written": written.get(marked, "#")}


ROUTES = [roster, look, add]
