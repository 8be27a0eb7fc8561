"""The tables of batches and plans: batches, places, layouts, steps, what plans say and changed, the shop's own data."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class Batch(SQLModel, table=True):
    """Pieces made together on one work centre without a changeover between them.

    status: open (fills and changes) | released (frozen, package being written or written) | done.
    capacity: pieces it can take; per_sheet: pieces of one full sheet (0: not laid on sheets); sheets: in use now.
    done_at: when its last step ends.
    machine: which of the work centre's machines, from 1; sequence: its turn on that machine, from 1; place: the turn
    that its own process's search gave it, before orders were brought together.
    due_at: of its most urgent piece. starts_at: when its changeover begins; changeover_min follows from the
    batch before it on its machine; run_min of the lead operation, all pieces together.
    setup_cost, run_cost: of the whole batch, sheet_price: of one sheet, in minor units.
    pinned_machine, pinned_at: somebody wants it on that machine, not before that time; both or neither.
    held: why it does not close by itself; empty when it does.
    actual_sheets, actual_setup_min: what it really took, as somebody wrote down; None: as planned or scanned.
    actual_steps: step -> [setup minutes, run minutes of all pieces] as somebody wrote down; None: nobody did.
    frozen: everything the package is written from, as of release (JSON of export.frozen.FrozenBatch).
    package: folder name of the written package; package_digest: SHA-256 of its manifest.
    """

    __tablename__ = "batch"
    __table_args__ = (
        sa.CheckConstraint("status in ('open', 'released', 'done')", name="batch_status"),
        sa.CheckConstraint("(pinned_machine is null) = (pinned_at is null)", name="batch_pin_is_whole"),
        sa.Index("batch_status_place", "status", "facility", "work_centre"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    facility: str
    work_centre: str
    family: str
    blank: str
    title: str
    rush: bool = False
    status: str = "open"
    capacity: int
    per_sheet: int = 0
    sheets: int = 0
    sheet_price: int = 0
    setup_cost: int = 0
    run_cost: int = 0
    changeover_min: float
    run_min: float
    starts_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    machine: int = 1
    sequence: int = 0
    place: int = 0
    pinned_machine: int | None = None
    pinned_at: datetime | None = Field(default=None, sa_type=UtcTime)
    held: str = ""
    due_at: datetime = Field(sa_type=UtcTime)
    closes_at: datetime = Field(sa_type=UtcTime)
    opened_at: datetime = Field(sa_type=UtcTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcTime)
    released_by: str = ""
    frozen: dict[str, Any] | None = Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True)))
    package: str | None = None
    package_digest: str | None = None
    packaged_at: datetime | None = Field(default=None, sa_type=UtcTime)
    actual_sheets: int | None = None
    actual_setup_min: float | None = None
    actual_steps: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))


class BatchPlace(SQLModel, table=True):
    """A piece's place in a batch. A piece is in one batch at the most: the database says so."""

    __tablename__ = "batch_place"
    __table_args__ = (sa.UniqueConstraint("batch_id", "position", name="one_piece_a_place"),)

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    position: int


class BatchLayout(SQLModel, table=True):
    """Where a batch's pieces lie by their outlines: looked for by a job while the batch is open.

    fingerprint: of the pieces and the sheet that it is for (production.shape_layout). state: wanted (rectangles until
    it is found) | nested | rectangles (nothing better was found). sheets: that it takes. content: the layout itself
    (JSON of production.shape_layout.ShapeLayout). seed, seconds: of the search that found it. density: the share of a
    sheet that its shapes with their gaps cover, 0 if they are too few to tell.
    """

    __tablename__ = "batch_layout"
    __table_args__ = (
        sa.CheckConstraint("state in ('wanted', 'nested', 'rectangles')", name="batch_layout_state"),
        sa.CheckConstraint("(state = 'nested') = (content is not null)", name="batch_layout_is_whole"),
    )

    batch_id: int = Field(foreign_key="batch.id", primary_key=True, ondelete="CASCADE")
    fingerprint: str
    state: str = "wanted"
    wanted_at: datetime = Field(sa_type=UtcTime)
    sought_at: datetime | None = Field(default=None, sa_type=UtcTime)
    seed: int = 0
    seconds: int = 0
    sheets: int = 0
    density: float = 0
    content: dict[str, Any] | None = Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True)))


class BatchStep(SQLModel, table=True):
    """When a step of a batch runs on which machine; starts_at: when its changeover begins. leads: as in its batch.

    tool, worn, tool_changes: see production.clockwork.StepTurn.
    """

    __tablename__ = "batch_step"
    __table_args__ = (sa.Index("batch_step_place", "facility", "ends_at"),)

    batch_id: int = Field(foreign_key="batch.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True)
    facility: str
    name: str
    work_centre: str
    machine: int
    family: str
    changeover_min: float
    starts_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime)
    leads: bool = False
    tool: str = ""
    worn: int = 0
    tool_changes: int = 0


class ToolChange(SQLModel, table=True):
    """A tool that somebody has changed before the plan wanted it changed: it begins anew."""

    __tablename__ = "tool_change"

    id: int | None = Field(default=None, primary_key=True)
    facility: str = Field(index=True)
    work_centre: str
    machine: int
    tool: str
    who: str
    at: datetime = Field(sa_type=UtcTime)


class Unplanned(SQLModel, table=True):
    """A waiting piece that is in no batch, and the reason why, in a sentence for the maker."""

    __tablename__ = "unplanned"

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    reason: str
    at: datetime = Field(sa_type=UtcTime)


class Hold(SQLModel, table=True):
    """A waiting piece that must not be planned now, since somebody holds it."""

    __tablename__ = "hold"

    piece_id: int = Field(foreign_key="piece.id", primary_key=True)
    reason: str
    who: str
    at: datetime = Field(sa_type=UtcTime)


class Counter(SQLModel, table=True):
    """A number that only rises, and the row that whoever needs its turn locks: "batch", "bins:<facility>"."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int = 0


class PlanFigures(SQLModel, table=True):
    """What the last plan of a facility amounts to, beside making the same pieces first come, first served."""

    __tablename__ = "plan_figures"

    facility: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=UtcTime)
    pieces: int
    batches: int
    changeover_min: float
    late: int
    first_come_changeover_min: float
    first_come_late: int
    sheets: int = 0
    first_come_sheets: int = 0


class PlanCause(SQLModel, table=True):
    """Something that asks for a new plan. sentence: said of a batch that moves: "press 2 is down until 14:00".

    kind: down | running | calendar | rules | machines | setups | tool | late | pin |
    hold | nested. work_centre: empty for all.
    process: whose plan takes it up. planned_at: when it did; None: not yet.
    """

    __tablename__ = "plan_cause"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    facility: str
    process: str = ""
    work_centre: str = ""
    machine: int = 0
    batch: str = ""
    sentence: str
    at: datetime = Field(sa_type=UtcTime)
    planned_at: datetime | None = Field(default=None, index=True, sa_type=UtcTime)


class PlanChange(SQLModel, table=True):
    """What a plan changed about a batch or a piece, and why: "moved to Tuesday, 09:10: press 2 is down".

    batch: its number at that time (the batch may be gone since); piece: its code, empty for the batch itself.
    """

    __tablename__ = "plan_change"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True, sa_type=UtcTime)
    facility: str
    batch: str = Field(index=True)
    piece: str = Field(default="", index=True)
    what: str
    why: str


class ShopRecord(SQLModel, table=True):
    """What shop.toml began with, as the workshop has changed it since. key: "facility:<key>" | "setups".

    revision: rises with every change, so that two people do not undo each other's work unseen.
    """

    __tablename__ = "shop_record"

    key: str = Field(primary_key=True)
    revision: int
    content: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON(), nullable=False))
    changed_by: str
    changed_at: datetime = Field(sa_type=UtcTime)


class StandStill(SQLModel, table=True):
    """Machines that do not run for a while: broken down, or being looked after. See blanks.calendar.DownTime."""

    __tablename__ = "stand_still"
    __table_args__ = (sa.CheckConstraint("starts_at <= ends_at", name="stand_still_times"),)

    id: int | None = Field(default=None, primary_key=True)
    facility: str = Field(index=True)
    work_centre: str = ""
    machine: int = 0
    starts_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(index=True, sa_type=UtcTime)
    reason: str
    who: str
    at: datetime = Field(sa_type=UtcTime)
