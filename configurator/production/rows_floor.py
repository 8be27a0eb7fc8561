"""The tables of what the floor and the counter tell: bins, scans, quality checks, hand-overs, what was taken back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class BinUse(SQLModel, table=True):
    """The bin in which an order's pieces are collected at a facility; free again once nothing is stored in it."""

    __tablename__ = "bin_use"
    __table_args__ = (sa.UniqueConstraint("facility", "order_id", name="one_bin_an_order"),)

    facility: str = Field(primary_key=True)
    bin: int = Field(primary_key=True)
    order_id: int = Field(foreign_key="customer_order.id")
    since: datetime = Field(sa_type=UtcTime)


class Scan(SQLModel, table=True):
    """One scan on the floor, and the answer it got: the same scan id gets the same again.

    facility: where it was scanned. was_stage, was_facility: where the piece was before it was booked; empty: it was not
    moved.
    """

    __tablename__ = "scan"

    scan_id: str = Field(primary_key=True)
    code: str
    station: str
    piece_id: int | None = Field(default=None, foreign_key="piece.id", index=True)
    who: str
    at: datetime = Field(sa_type=UtcTime)
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))
    facility: str = ""
    was_stage: str = ""
    was_facility: str = ""


class ScanTakenBack(SQLModel, table=True):
    """A booked scan that was taken back, once: both stay in the record, and the scan does not count any more."""

    __tablename__ = "scan_taken_back"

    scan_id: str = Field(foreign_key="scan.scan_id", primary_key=True)
    who: str
    at: datetime = Field(sa_type=UtcTime)


class QualityCheck(SQLModel, table=True):
    """The verdict on a made piece; a reject names the defect and the piece made instead. It counts as its scan does."""

    __tablename__ = "quality_check"

    scan_id: str = Field(foreign_key="scan.scan_id", primary_key=True)
    piece_id: int = Field(foreign_key="piece.id", index=True)
    passed: bool
    defect: str = ""
    remake_id: int | None = Field(default=None, foreign_key="piece.id")
    who: str
    at: datetime = Field(sa_type=UtcTime)


class HandOver(SQLModel, table=True):
    """A piece given to its customer, by whom, when. turn: 1, and one more each time that one was taken back."""

    __tablename__ = "hand_over"

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    turn: int = Field(default=1, primary_key=True)
    order_id: int = Field(foreign_key="customer_order.id", index=True)
    clerk: str
    terminal: str
    how: str = "counter"
    at: datetime = Field(sa_type=UtcTime, index=True)


class HandOverTakenBack(SQLModel, table=True):
    """A hand-over that was none: by whom it was taken back, and why. Both stay in the record."""

    __tablename__ = "hand_over_taken_back"
    __table_args__ = (sa.ForeignKeyConstraint(["piece_id", "turn"], ["hand_over.piece_id", "hand_over.turn"]),)

    piece_id: int = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    clerk: str
    terminal: str
    reason: str
    at: datetime = Field(sa_type=UtcTime)
