"""Every station's scans say when a batch began and ended there."""

from datetime import timedelta

import pytest

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.scan_times import StationTimes, station_times
from tests.production.workshop import Workshop


@pytest.fixture
def workshop(database: Database, clock: FixedClock) -> Workshop:
    return Workshop(database, clock)


def times(workshop: Workshop, number: str) -> tuple[StationTimes, ...]:
    with workshop.database.read() as session:
        return station_times(session, workshop.batch(number).id)


def test_a_station_begins_with_the_first_piece_and_ends_with_the_last(workshop: Workshop) -> None:
    _, number, codes = workshop.made(3)
    begun = workshop.clock.now()
    for code in codes:
        workshop.scan("picking", code)
        workshop.later(minutes=4)
    for code in codes[:2]:
        workshop.scan("production", code)
        workshop.later(minutes=10)
    picking, production = times(workshop, number)
    assert (picking.station, picking.pieces, picking.first, picking.lasted) == (
        "picking",
        3,
        begun,
        timedelta(minutes=8),
    )
    assert (production.pieces, production.first) == (2, begun + timedelta(minutes=12))
    assert production.lasted == timedelta(minutes=10)


def test_what_was_refused_or_scanned_again_moves_neither(workshop: Workshop) -> None:
    _, number, codes = workshop.made(1)
    workshop.scan("check", codes[0])
    assert times(workshop, number) == ()
    workshop.scan("picking", codes[0])
    (once,) = times(workshop, number)
    workshop.later(hours=2)
    workshop.scan("picking", codes[0])
    assert times(workshop, number) == (once,)
