"""A shop without the demo: who may sign in comes from the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from configurator.cli import app
from configurator.cli_staff import NoSuchFacility
from configurator.database import Database
from configurator.staff.hiring import NobodyCalled, WeakSecret
from configurator.staff.sessions import Visit
from configurator.staff.signing_in import WrongPassword, open_terminal, sign_in_clerk, sign_in_maker

Visits = Callable[..., Visit]


@pytest.fixture
def shop(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database of a real shop, which the settings name."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CONFIGURATOR_VAR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", "Wm3Xk0vJ9q-AbCdEfGhIjKlMnOpQrStU")
    database = Database(sqlite_url)
    yield database
    database.close()


def staff(*words: str, typed: str = "") -> Result:
    """One command of `configurator staff`, with what is typed into it."""
    return CliRunner().invoke(app, ["staff", *words], input=typed)


def test_the_first_maker_of_a_real_shop_is_taken_on_and_signs_in(shop: Database, visit: Visits) -> None:
    told = staff("maker", "Ida@shop.example", "Ida", "plant-bremen", typed="oak and walnut\n")
    assert told.exit_code == 0, told.exception
    assert "Ida signs in at /workshop with ida@shop.example." in told.output
    assert "oak and walnut" not in told.output
    _, person = sign_in_maker(shop, "ida@shop.example", "oak and walnut", visit())
    assert (person.name, person.facility) == ("Ida", "plant-bremen")


def test_a_new_password_ends_the_old_one_and_who_leaves_signs_in_no_more(shop: Database, visit: Visits) -> None:
    staff("maker", "ida@shop.example", "Ida", "plant-bremen", typed="oak and walnut\n")
    assert staff("password", "ida@shop.example", typed="maple and ash\n").exit_code == 0
    with pytest.raises(WrongPassword):
        sign_in_maker(shop, "ida@shop.example", "oak and walnut", visit())
    assert sign_in_maker(shop, "ida@shop.example", "maple and ash", visit())
    assert "cannot sign in any more" in staff("leaves", "ida@shop.example").output
    with pytest.raises(WrongPassword):
        sign_in_maker(shop, "ida@shop.example", "maple and ash", visit())


def test_a_clerk_signs_in_at_a_terminal_whose_key_was_told_once(shop: Database, visit: Visits) -> None:
    told = staff("terminal", "Counter 1", "store-bremen")
    assert staff("clerk", "Jana", "store-bremen", typed="4471\n").exit_code == 0
    _, terminal = open_terminal(shop, told.output.split()[-1], visit())
    _, clerk = sign_in_clerk(shop, terminal.id, "4471", visit())
    assert (terminal.name, clerk.name) == ("Counter 1", "Jana")


def test_what_cannot_be_is_said_and_nobody_is_taken_on(shop: Database) -> None:
    wrong = staff("maker", "ida@shop.example", "Ida", "nowhere", typed="oak and walnut\n").exception
    assert isinstance(wrong, NoSuchFacility)
    assert "Name one of: plant-bremen" in wrong.sentence
    assert isinstance(staff("maker", "ida@shop.example", "Ida", "plant-bremen", typed="short\n").exception, WeakSecret)
    assert isinstance(staff("leaves", "Ida").exception, NobodyCalled)
