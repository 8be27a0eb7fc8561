from collections.abc import Callable
from random import Random

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.staff.hiring import hire_clerk, hire_maker, set_up_terminal
from configurator.staff.sessions import Visit

PASSWORD, PIN, KEY = "oak and walnut", "4711", "K7QD-93AC-XTRF-4GHW"


@pytest.fixture
def staffed(database: Database) -> Database:
    """A plant with Anna, a store in Ghent with a terminal and Bo, and one in Lyon with Chloé."""
    with database.write() as session:
        hire_maker(session, "Anna@Example.com ", "Anna", PASSWORD, "plant")
        set_up_terminal(session, "Ghent 1", "ghent", KEY)
        hire_clerk(session, "Bo", "ghent", PIN)
        hire_clerk(session, "Chloé", "lyon", "8020")
    return database


@pytest.fixture
def visit(clock: FixedClock) -> Callable[..., Visit]:
    chance = Random(7)

    def made(token: str | None = None, address: str = "192.0.2.1") -> Visit:
        return Visit(address, clock.at, chance.randrange, token)

    return made
