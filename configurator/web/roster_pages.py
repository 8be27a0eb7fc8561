"""One design, several names: a list of pieces is looked at and goes into the cart, all of it or nothing."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from configurator.designs.rosters import MOST_LINES, Column, NotNumbers, numbered
from configurator.errors import Invalid, Refusal
from configurator.orders.rosters import add_roster, pooled_before
from configurator.web.customising import Workbench, address_of, fresh, shorter
from configurator.web.forms import MOST_SIGNS, Form, Texts, query_pairs
from configurator.web.long_addresses import unfolded
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
from configurator.web.visitors import cart_token, hashed, new_token, remember, shopper


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

    def page(self, *, view: RosterView | None = None, refusal: Refusal | None = None) -> Response[Any]:
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
            "once": self.typed.get("once") or secrets.token_urlsafe(9),
            "in_cart": shopper(self.request, wiring).in_cart,
            "refusal": refusal.sentence if refusal else "",
            "amiss": bool(step.asked.faults or step.designed.answer.dropped),
        }
        status = refusal.status if refusal else 200
        return self.bench.pages.page(self.request, "shop/roster.html", values, status=status)

    def looked(self) -> RosterView:
        """The list with its prices. Raises ListTooLong."""
        pooled = shopper(self.request, self.bench.wiring, blank=self.step.blank.key).of_blank
        return priced(self.read(), pooled)

    def read(self) -> RosterView:
        """The list without prices. Raises ListTooLong."""
        if len(self.text) >= MOST_SIGNS:
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
        return RosterDesk(self.request, self.bench, self.step, {**self.typed, "list": text})

    def add(self, token: str) -> None:
        """All pieces into the cart, as they were shown. Raises RosterHasChanged, ListTooLong, CannotBeMade."""
        view, once = self.read(), self.typed.get("once", "")[:40]
        if not view.ready:
            raise RosterHasChanged
        wiring, studio, now = self.bench.wiring, self.bench.studio, self.bench.wiring.clock.now()
        pieces = wanted(view, once, studio)
        with wiring.database.write() as session:
            pooled = pooled_before(session, hashed(token), self.step.blank.key, once, now=now)
            if pooled is None:
                return
            if priced(view, pooled).seen != self.typed.get("seen", ""):
                raise RosterHasChanged
            add_roster(session, hashed(token), pieces, now=now)


@get("/blanks/{key:str}/roster", sync_to_thread=True)
def roster(key: str, request: AnyRequest, bench: Workbench) -> Response[Any]:
    """A page for the list of one design, which its address says."""
    desk = _desk(key, request, bench, {})
    if short := shorter(request, f"/blanks/{key}/roster", lambda: desk.step, bench.wiring):
        return Redirect(short, status_code=303)
    return desk.page()


@post("/blanks/{key:str}/rosters", status_code=200, sync_to_thread=True)
def look(key: str, request: AnyRequest, form: Form, bench: Workbench) -> Response[Any]:
    """Every piece of the list, with its price; or the list filled with numbers first."""
    desk = _desk(key, request, bench, _typed(form))
    try:
        if desk.typed.get("fill"):
            desk = desk.filled()
        return desk.page(view=desk.looked())
    except Refusal as refusal:
        return desk.page(refusal=refusal)


@post("/blanks/{key:str}/rosters/lines", sync_to_thread=True)
def add(key: str, request: AnyRequest, form: Form, bench: Workbench) -> Response[Any]:
    """All pieces of the list into the cart."""
    desk = _desk(key, request, bench, _typed(form))
    token = cart_token(request) or new_token()
    try:
        desk.add(token)
    except Refusal as refusal:
        return _refused(desk, refusal)
    response = Redirect("/cart", status_code=303)
    remember(response, token, bench.wiring)
    return response


def _refused(desk: RosterDesk, refusal: Refusal) -> Response[Any]:
    try:
        return desk.page(view=desk.looked(), refusal=refusal)
    except ListTooLong:
        return desk.page(refusal=refusal)


def _desk(key: str, request: AnyRequest, bench: Workbench, typed: Mapping[str, str]) -> RosterDesk:
    blank = bench.wiring.catalogue.blank(key)
    pairs = unfolded(query_pairs(request.url.query), bench.wiring.storage) or fresh(blank)
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
