"""Answers with the customiser in some state: the whole page, or the part that changes."""

import secrets
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from litestar import Response

from configurator.blanks.blank import Blank
from configurator.designs.describing import summary, title
from configurator.designs.looking import look, view_of
from configurator.designs.permalink import LONG_ADDRESS, auto_fields
from configurator.uploads.picture_store import pictures_of
from configurator.uploads.rows import Picture
from configurator.web.carrying import left_behind, others
from configurator.web.customiser_views import customiser_values
from configurator.web.forms import Pairs
from configurator.web.long_addresses import short
from configurator.web.rendering import AnyRequest, Pages, wants_fragment
from configurator.web.step_views import Shown
from configurator.web.studio import Step, Studio
from configurator.web.visitors import Shopper, cart_token, hashed, shopper
from configurator.web.wiring import HandedIn, Wiring


class Workbench(HandedIn):
    """What every step of the customiser needs. Handed in as one: for several Litestar starts a task each."""

    wiring: Wiring
    studio: Studio
    pages: Pages


def answer(request: AnyRequest, blank: Blank, pairs: Pairs, *, bench: Workbench, refusal: str = "") -> Response[str]:
    """The customiser's page, or the part that changes; with `refusal` said at its top and as status 422."""
    line = line_of(pairs)
    visitor = shopper(request, bench.wiring, blank=blank.key, but_line=line)
    step = bench.studio.step(blank, pairs, pooled=visitor.of_blank)
    values = _values(request, step, visitor, bench) | {"refusal": refusal}
    status = 422 if refusal else 200
    response = bench.pages.page(request, "shop/customiser.html", values, fragment="shop/_design.html", status=status)
    response.headers["HX-Push-Url"] = values["address"]
    return response


def fresh(blank: Blank) -> Pairs:
    """What an address without a query stands for: the blank's first ready design."""
    return (("template", blank.templates[0].key),) if blank.templates else ()


def line_of(pairs: Pairs) -> int:
    """The cart line that is being edited; 0 for none."""
    asked = [value for name, value in pairs if name == "line" and value.isascii() and value.isdigit()]
    return int(asked[-1][:9]) if asked else 0


def address_of(path: str, step: Step, wiring: Wiring) -> str:
    """The address of this state on a page of the customiser: its design, the side it is seen from, the cart's line."""
    pairs = tuple(step.typed.items())
    looks, line = look(step.blank, pairs), line_of(pairs)
    seen = {"view": looks.view if looks.view != view_of(step.blank, ()) else "", "line": line, "turn": looks.turn}
    extra = "".join(f"&{name}={value}" for name, value in seen.items() if value)
    return f"{path}?{short(step.address, wiring.storage)}{extra}"


def shorter(request: AnyRequest, path: str, state: Callable[[], Step], wiring: Wiring) -> str:
    """The short address to go on to when a whole page was asked for by a long one; empty when this one is right.

    Forms without JavaScript come with all their fields. What was wrong with some of them has to be said first.
    """
    if len(request.url.query) <= LONG_ADDRESS or wants_fragment(request.headers):
        return ""
    step = state()
    if step.asked.faults or step.designed.answer.dropped or left_behind(step.typed):
        return ""
    opened = step.asked.picked or step.typed.get("el", "")
    address = address_of(path, step, wiring) + (f"&el={opened}" if str(opened).isdecimal() else "")
    return address if len(address) <= LONG_ADDRESS else ""


def _values(request: AnyRequest, step: Step, visitor: Shopper, bench: Workbench) -> dict[str, Any]:
    pairs = tuple(step.typed.items())
    looks, line = look(step.blank, pairs), line_of(pairs)
    home = f"/blanks/{step.blank.key}"
    address = address_of(home, step, bench.wiring)
    shown = Shown(step, looks.view, looks.turn, bench.wiring.clock.now())
    return {
        **customiser_values(shown, bench.wiring, bench.studio),
        "blank": step.blank,
        "autos": auto_fields(step.designed.answer),
        "in_cart": visitor.in_cart,
        "line": line,
        "elsewhere": others(step.blank, bench.wiring.catalogue.blanks, step.design.elements),
        "behind": left_behind(step.typed),
        "address": address,
        "pictures": _pictures(request, bench),
        "home": home,
        "card": None if wants_fragment(request.headers) else _card(step, bench.wiring),
        "undo": before(request, home, address),
        "once": secrets.token_urlsafe(9),
    }


def _pictures(request: AnyRequest, bench: Workbench) -> list[tuple[Picture, str]]:
    """Those that this visitor has sent, with the names of their files."""
    token = cart_token(request)
    if token is None:
        return []
    with bench.wiring.database.read() as session:
        return pictures_of(session, hashed(token))


def _card(step: Step, wiring: Wiring) -> SimpleNamespace:
    """What other sites show of a link to this design: title, a line of words, a picture of it on the product."""
    home = f"{wiring.settings.base_url}/blanks/{step.blank.key}"
    query = short(step.address, wiring.storage)
    return SimpleNamespace(
        title=title(step.design, step.blank),
        words=summary(step.design, step.blank),
        address=f"{home}?{query}",
        picture=f"{home}/picture.webp?{query}",
    )


def before(request: AnyRequest, path: str, address: str) -> str | None:
    """The state of this page that somebody comes from: what Undo goes back to."""
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(told)
    came = f"{parts.path}?{parts.query}"
    return came if parts.path == path and came != address and parts.query else None
