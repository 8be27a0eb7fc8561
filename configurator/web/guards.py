"""Who may see a page: makers the workshop, clerks the counter."""

import asyncio
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from configurator.errors import NotAllowed
from configurator.staff.sessions import Person, person_of
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import Wiring

COOKIE = "staff"
TERMINAL_COOKIE = "terminal"

AnyConnection = ASGIConnection[Any, Any, Any, Any]


class SignInFirst(NotAllowed):
    """Nobody is signed in, or somebody with another role."""

    def __init__(self, role: str) -> None:
        super().__init__(f"Sign in as {role} first.")
        self.role = role


async def makers_only(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Lets makers in."""
    await _let_in(connection, "maker")


async def clerks_only(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Lets clerks in, at their terminal."""
    await _let_in(connection, "clerk")


async def _let_in(connection: AnyConnection, role: str) -> None:
    wiring: Wiring = connection.app.state.wiring
    person = await asyncio.to_thread(_look_up, wiring, connection.cookies.get(COOKIE))
    if person is None or person.role != role:
        raise SignInFirst(role)
    connection.state.person = person


def _look_up(wiring: Wiring, token: str | None) -> Person | None:
    if not token:
        return None
    with wiring.database.read() as session:
        return person_of(session, token, wiring.clock.now())


def person(request: AnyRequest) -> Person:
    """Who is signed in; only behind a guard."""
    found: Person = request.state.person
    return found
