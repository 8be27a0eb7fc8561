"""Goods that are with somebody without being sold: what went out, and what became of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime

KINDS = ("commission", "trial", "inspection")
"""commission: a partner sells them and pays for what is sold; trial, inspection: somebody tries or looks at them."""


class Consignment(SQLModel, table=True):
    """Goods of one facility that somebody has. `number` is on the slip; `key` makes two taps one.

    clerk, terminal: who gave them out, and where. closed_at: since when nothing of it is out any more.
    """

    __tablename__ = "consignment"
    __table_args__ = (
        sa.CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in KINDS)), name="consignment_kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    key: str = Field(unique=True)
    kind: str
    facility: str = Field(index=True)
    name: str
    contact: str
    currency: str
    clerk: str
    terminal: str
    at: datetime = Field(sa_type=UtcTime)
    due_on: date
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ConsignmentLine(SQLModel, table=True):
    """So many of a component, each at the price agreed: minor units, VAT of `tax_percent` included.

    back, sold, lost: the sums of what settlements that stand say of it; never more than went out. label: what it was
    called on that day.
    """

    __tablename__ = "consignment_line"
    __table_args__ = (
        sa.UniqueConstraint("consignment_id", "component", name="one_line_a_component"),
        sa.CheckConstraint(
            "count > 0 and each >= 0 and back >= 0 and sold >= 0 and lost >= 0 and back + sold + lost <= count",
            name="never_more_than_went_out",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    component: str
    label: str
    unit: str
    count: int
    each: int
    tax_percent: str
    back: int = 0
    sold: int = 0
    lost: int = 0

    @property
    def out(self) -> int:
        """How many are still with whoever has them."""
        return self.count - self.back - self.sold - self.lost


class Settlement(SQLModel, table=True):
    """What somebody brought back, paid or lost, at one time. total, vat: of what was sold, minor units.

    method: cash or card; empty when nothing was to pay. reason: why something was written off. undone_...: a mistake
    that was taken back; it is kept, and counts no more.
    """

    __tablename__ = "consignment_settlement"

    id: int | None = Field(default=None, primary_key=True)
    consignment_id: int = Field(foreign_key="consignment.id", index=True)
    key: str = Field(unique=True)
    clerk: str
    terminal: str
    at: datetime = Field(sa_type=UtcTime)
    method: str = ""
    total: int = 0
    vat: int = 0
    reason: str = ""
    undone_at: datetime | None = Field(default=None, sa_type=UtcTime)
    undone_by: str = ""
    undone_reason: str = ""


class SettledLine(SQLModel, table=True):
    """What a settlement says of one line. total, vat: of what was sold, rounded once."""

    __tablename__ = "consignment_settled"

    settlement_id: int = Field(foreign_key="consignment_settlement.id", primary_key=True)
    line_id: int = Field(foreign_key="consignment_line.id", primary_key=True)
    back: int
    sold: int
    lost: int
    total: int
    vat: int
