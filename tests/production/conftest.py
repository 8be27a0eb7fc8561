"""A workshop on both databases."""

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from tests.production.workshop import Workshop


@pytest.fixture
def workshop(database: Database, clock: FixedClock) -> Workshop:
    """A workshop with stock, Monday 23 November 2026, 10:00 in Bremen."""
    return Workshop(database, clock)
