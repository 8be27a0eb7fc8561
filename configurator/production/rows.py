"""Batches, the pieces' places in them, why a piece has none, scans and quality checks."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class Batch(SQLModel, table=True):
    """Pieces made together on one work centre without a changeover between them.

    status: open (fills and changes) | released (frozen, package being written or written) | done.
    frozen: everything the package is written from, as of release (JSON of export.frozen.FrozenBatch).
    package: folder name of the written package; package_digest: SHA-256 of its manifest.
    """

    __tablename__ = "batch"
    __table_args__ = (
        sa.CheckConstraint("status in ('open', 'released', 'done')", name="batch_status"),
        sa.Index("batch_status_place", "status", "facility", "work_centre"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    facility: str
    work_centre: str
    family: str
    blank: str
    rush: bool = False
    status: str = "open"
    capacity: int
    changeover_min: float
    run_min: float
    starts_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    sequence: int = 0
    closes_at: datetime = Field(sa_type=UtcTime)
    opened_at: datetime = Field(sa_type=UtcTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcTime)
    released_by: str = ""
    frozen: dict[str, Any] | None = Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True)))
    package: str | None = None
    package_digest: str | None = None
    packaged_at: datetime | None = Field(default=None, sa_type=UtcTime)


class BatchPlace(SQLModel, table=True):
    """A piece's place in a batch. A piece is in one batch at the most: the database says so."""

    __tablename__ = "batch_place"
    __table_args__ = (sa.UniqueConstraint("batch_id", "position", name="one_piece_a_place"),)

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    position: int


class Unplanned(SQLModel, table=True):
    """A waiting piece that is in no batch, and the reason why, in a sentence for the maker."""

    __tablename__ = "unplanned"

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    reason: str
    at: datetime = Field(sa_type=UtcTime)


class Scan(SQLModel, table=True):
    """One scan on the floor or at the counter, and the answer it got: the same scan id gets the same again."""

    __tablename__ = "scan"

    scan_id: str = Field(primary_key=True)
    code: str
    station: str
    piece_id: int | None = Field(default=None, foreign_key="piece.id", index=True)
    who: str
    at: datetime = Field(sa_type=UtcTime)
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))


class QualityCheck(SQLModel, table=True):
    """The verdict on a made piece; a reject names the defect and the piece made instead."""

    __tablename__ = "quality_check"

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    passed: bool
    defect: str = ""
    remake_id: int | None = Field(default=None, foreign_key="piece.id")
    who: str
    at: datetime = Field(sa_type=UtcTime)


class HandOver(SQLModel, table=True):
    """A piece given to its customer: once, by whom, when."""

    __tablename__ = "hand_over"

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    order_id: int = Field(foreign_key="customer_order.id", index=True)
    clerk: str
    terminal: str
    how: str = "counter"
    at: datetime = Field(sa_type=UtcTime)
