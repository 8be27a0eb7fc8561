"""What is kept with a rush order."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class RushNote(SQLModel, table=True):
    """What was told before a rush order was accepted: whom it delays, and why it was taken all the same.

    delays: JSON of production.rushing.Delay, times as ISO text; reason: empty unless it breaks somebody's promise.
    """

    __tablename__ = "rush_note"

    order_id: int = Field(foreign_key="customer_order.id", primary_key=True)
    facility: str = Field(index=True)
    delays: list[dict[str, Any]] = Field(default_factory=list, sa_column=sa.Column(sa.JSON(), nullable=False))
    reason: str = ""
    who: str
    at: datetime = Field(index=True, sa_type=UtcTime)
