"""A store with its counter, for the tests of this folder."""

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from tests.counter.store import Store, store_catalogue


@pytest.fixture
def store(database: Database, clock: FixedClock) -> Store:
    """A store that orders, makes, stores and hands over, on both databases."""
    return Store(database, clock, store_catalogue())
