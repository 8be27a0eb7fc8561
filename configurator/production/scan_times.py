"""When a batch's pieces went through the stations, as their scans tell: the first, the last, how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.floor_store import STATIONS
from configurator.production.rows import BatchPlace
from configurator.production.rows_floor import Scan
from configurator.production.scans import stands


@dataclass(frozen=True, slots=True)
class StationTimes:
    """A batch at a station: pieces that were booked there, the first and the last of them, UTC."""

    station: str
    pieces: int
    first: datetime
    last: datetime

    @property
    def lasted(self) -> timedelta:
        """From the first to the last."""
        return self.last - self.first


def station_times(session: Session, batch_id: int) -> tuple[StationTimes, ...]:
    """The stations at which something of a batch was booked, in their order; of every piece its first booking counts.

    What was refused or taken back is left out, and so is the arrival in another store of what had been stored where it
    was made.
    """
    booked = bookings(session, batch_id)
    return tuple(_times(station, booked[station]) for station in STATIONS if station in booked)


def bookings(session: Session, batch_id: int) -> Mapping[str, Mapping[int, datetime]]:
    """Station -> piece id -> when it was first booked there; also what was scanned at single steps (`steps_seen`)."""
    rows = session.execute(
        sa.select(col(Scan.station), col(Scan.piece_id), col(Scan.at), col(Scan.answer))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Scan.piece_id))
        .where(col(BatchPlace.batch_id) == batch_id, stands())
        .order_by(col(Scan.at), col(Scan.scan_id))
    )
    found: dict[str, dict[int, datetime]] = {}
    for station, piece, at, answer in rows:
        if answer.get("kind") == "booked":
            found.setdefault(station, {}).setdefault(piece, at)
    return found


def _times(station: str, booked: Mapping[int, datetime]) -> StationTimes:
    return StationTimes(station, len(booked), min(booked.values()), max(booked.values()))
