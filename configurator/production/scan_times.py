"""When a batch's pieces went through the stations, as their scans tell: the first, the last, how many."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.floor_store import STATIONS
from configurator.production.rows import BatchPlace
from configurator.production.rows_floor import Scan


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

    What was refused is left out, and so is the arrival in another store of what had been stored where it was made.
    """
    rows = session.execute(
        sa.select(col(Scan.station), col(Scan.piece_id), col(Scan.at), col(Scan.answer))
        .join(BatchPlace, col(BatchPlace.piece_id) == col(Scan.piece_id))
        .where(col(BatchPlace.batch_id) == batch_id)
        .order_by(col(Scan.at), col(Scan.scan_id))
    )
    found: dict[str, dict[int, datetime]] = defaultdict(dict)
    for station, piece, at, answer in rows:
        if answer.get("kind") == "booked":
            found[station].setdefault(piece, at)
    return tuple(_times(station, found[station]) for station in STATIONS if found[station])


def _times(station: str, booked: dict[int, datetime]) -> StationTimes:
    return StationTimes(station, len(booked), min(booked.values()), max(booked.values()))
