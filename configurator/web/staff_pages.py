"""Signing in and out at workshop and counter. Forms post to other paths than they are shown at: see docs/decisions."""

import secrets
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from configurator.errors import Refusal
from configurator.staff.sessions import LASTS, Person, Role, Visit, person_of, sign_out
from configurator.staff.signing_in import open_terminal, sign_in_clerk, sign_in_maker
from configurator.web.forms import Form
from configurator.web.guards import COOKIE, TERMINAL_COOKIE
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.wiring import Wiring


@get("/workshop/sign-in", sync_to_thread=True)
def ask_maker(request: AnyRequest, pages: Pages) -> Response[str]:
    """The form for mail address and password."""
    return pages.page(
        request, "workshop/sign_in.html", {"email": "", "problem": "", "next": _next(request, "/workshop")}
    )


@post("/workshop/sign-ins", sync_to_thread=True)
def let_maker_in(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Begins a session, or says what was wrong and keeps the address typed."""
    try:
        token, person = sign_in_maker(
            wiring.database, form.text("email"), form.text("password"), _visit(request, wiring, COOKIE)
        )
    except Refusal as refusal:
        values = {"email": form.text("email"), "problem": refusal.sentence, "next": _next(request, "/workshop")}
        return pages.page(request, "workshop/sign_in.html", values, status=refusal.status)
    return _signed_in(wiring, token, person, _next(request, "/workshop"))


@post("/workshop/sign-out", sync_to_thread=True)
def let_maker_out(request: AnyRequest, wiring: Wiring) -> Redirect:
    """Ends the session."""
    return _signed_out(request, wiring, "/workshop/sign-in")


@get("/counter/sign-in", sync_to_thread=True)
def ask_clerk(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The form for the terminal's key, or, once it is open, for a clerk's PIN."""
    return _counter_form(request, wiring, pages)


@post("/counter/sign-ins", sync_to_thread=True)
def let_clerk_in(request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """Opens the terminal by its key, or begins a clerk's session by PIN."""
    terminal = _terminal(request, wiring)
    try:
        if terminal is None:
            token, person = open_terminal(wiring.database, form.text("key"), _visit(request, wiring, TERMINAL_COOKIE))
            return _signed_in(wiring, token, person, "/counter/sign-in")
        visit = _visit(request, wiring, COOKIE)
        token, person = sign_in_clerk(wiring.database, terminal.id, form.text("pin"), visit)
    except Refusal as refusal:
        return _counter_form(request, wiring, pages, refusal)
    return _signed_in(wiring, token, person, _next(request, "/counter"))


@post("/counter/sign-out", sync_to_thread=True)
def let_clerk_out(request: AnyRequest, wiring: Wiring) -> Redirect:
    """Ends the clerk's session; the terminal stays open for the next clerk."""
    return _signed_out(request, wiring, "/counter/sign-in")


def _counter_form(request: AnyRequest, wiring: Wiring, pages: Pages, refusal: Refusal | None = None) -> Response[str]:
    values = {
        "terminal": _terminal(request, wiring),
        "problem": refusal.sentence if refusal else "",
        "next": _next(request, "/counter"),
    }
    return pages.page(request, "counter/sign_in.html", values, status=refusal.status if refusal else 200)


def _terminal(request: AnyRequest, wiring: Wiring) -> Person | None:
    token = request.cookies.get(TERMINAL_COOKIE)
    if not token:
        return None
    with wiring.database.read() as session:
        person = person_of(session, token, wiring.clock.now())
    return person if person and person.role == "terminal" else None


def _visit(request: AnyRequest, wiring: Wiring, cookie: str) -> Visit:
    address = request.client.host if request.client else "unknown"
    return Visit(address, wiring.clock.now(), secrets.randbelow, request.cookies.get(cookie))


def _next(request: AnyRequest, home: str) -> str:
    """Where they wanted to go: a path of this part of the house, never another site."""
    wanted = str(request.query_params.get("next", home))
    return wanted if wanted.startswith(home) and "//" not in wanted and "\\" not in wanted else home


def _signed_in(wiring: Wiring, token: str, person: Person, path: str) -> Redirect:
    answer = Redirect(path, status_code=303)
    answer.set_cookie(_cookie(wiring, token, person.role))
    return answer


def _signed_out(request: AnyRequest, wiring: Wiring, path: str) -> Redirect:
    token = request.cookies.get(COOKIE)
    if token:
        with wiring.database.write() as session:
            sign_out(session, token)
    answer = Redirect(path, status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def _cookie(wiring: Wiring, token: str, role: Role) -> Cookie:
    return Cookie(
        key=TERMINAL_COOKIE if role == "terminal" else COOKIE,
        value=token,
        max_age=int(LASTS[role].total_seconds()),
        httponly=True,
        samesite="lax",
        secure=wiring.settings.base_url.startswith("https:"),
    )


ROUTES = [ask_maker, let_maker_in, let_maker_out, ask_clerk, let_clerk_in, let_clerk_out]
