"""`configurator staff`: who may sign in is taken on and let go; without the demo the first maker comes from here."""

import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from configurator.errors import NotFound
from configurator.settings import read_settings
from configurator.web.resources import own_files, resource

if TYPE_CHECKING:
    from sqlmodel import Session

staff = typer.Typer(
    no_args_is_help=True, help="Who may sign in: makers at the workshop, clerks at a store's terminals."
)
Place = Annotated[str, typer.Argument(help="The key of a facility in shop.toml, such as store-bremen.")]


@staff.command("maker")
def take_on_maker(email: str, name: str, facility: Place) -> None:
    """Take a maker on; asks for the password they sign in to the workshop with."""
    from configurator.staff.hiring import hire_maker  # noqa: PLC0415 - keeps every other command's start short

    with _hiring(facility) as session:
        hire_maker(session, email, name, _secret("Password"), facility)
    typer.echo(f"{name} signs in at /workshop with {email.strip().lower()}.")


@staff.command("clerk")
def take_on_clerk(name: str, facility: Place) -> None:
    """Take a clerk on; asks for the PIN they sign in with at their store's terminals."""
    from configurator.staff.hiring import hire_clerk  # noqa: PLC0415 - keeps every other command's start short

    with _hiring(facility) as session:
        hire_clerk(session, name, facility, _secret("PIN"))
    typer.echo(f"{name} signs in at /counter, once a terminal of {facility} is open there.")


@staff.command("terminal")
def new_terminal(name: str, facility: Place) -> None:
    """Set up a counter terminal; prints the key that opens it, once."""
    from configurator.staff.hiring import set_up_terminal  # noqa: PLC0415 - keeps every other command's start short
    from configurator.staff.secrets import terminal_key  # noqa: PLC0415 - keeps every other command's start short

    key = terminal_key(secrets.randbelow)
    with _hiring(facility) as session:
        set_up_terminal(session, name, facility, key)
    typer.echo(f"Type this key at /counter on {name}. It is not shown again: {key}")


@staff.command("password")
def another_password(email: str) -> None:
    """Give a maker a new password; whoever is signed in with the old one is signed out."""
    from configurator.staff.hiring import maker_called, new_password  # noqa: PLC0415 - keeps every other command's start short

    with _hiring() as session:
        new_password(session, maker_called(session, email), _secret("Password"))
    typer.echo(f"{email} has a new password.")


@staff.command("leaves")
def leaves(
    called: Annotated[str, typer.Argument(help="A maker's mail address, a clerk's or a terminal's name.")],
) -> None:
    """Sign somebody or a terminal out everywhere, for good; what they did keeps their name."""
    from configurator.staff.hiring import let_go, somebody_called  # noqa: PLC0415 - keeps every other command's start short

    with _hiring() as session:
        let_go(session, somebody_called(session, called))
    typer.echo(f"{called} cannot sign in any more.")


class NoSuchFacility(NotFound):
    """The shop has no facility of that key."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(f"shop.toml has no facility “{key}”. Name one of: {', '.join(known)}.")


@contextmanager
def _hiring(facility: str | None = None) -> Iterator["Session"]:
    """One transaction on the shop's database, for somebody of a facility that there is."""
    from configurator.opening import open_wiring  # noqa: PLC0415 - keeps every other command's start short

    settings = read_settings(os.environ, root=resource("blanks").parent, own=own_files())
    with open_wiring(settings) as wiring:
        known = [each.key for each in wiring.catalogue.shop.facilities]
        if facility is not None and facility not in known:
            raise NoSuchFacility(facility, known)
        with wiring.database.write() as session:
            yield session


def _secret(what: str) -> str:
    """Asked twice and not shown; read from a pipe as it comes."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    typed: str = typer.prompt(what, hide_input=True, confirmation_prompt=True)
    return typed
