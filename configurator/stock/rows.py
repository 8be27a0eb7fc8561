"""Stock items and their ledger."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class StockItem(SQLModel, table=True):
    """A component at a facility. Free to sell = on_hand - reserved; never negative, at any time."""

    __tablename__ = "stock_item"
    __table_args__ = (
        sa.UniqueConstraint("facility", "component", name="one_item_a_place"),
        sa.CheckConstraint("on_hand >= 0 and reserved >= 0 and reserved <= on_hand", name="stock_never_oversold"),
    )

    id: int | None = Field(default=None, primary_key=True)
    facility: str
    component: str
    on_hand: int = 0
    reserved: int = 0


class StockMovement(SQLModel, table=True):
    """One line of the ledger. The sums of the changes are the item's figures, always.

    kind: received | reserved | freed | used | counted | lent | brought_back.
    """

    __tablename__ = "stock_movement"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="stock_item.id", index=True)
    kind: str
    on_hand_change: int = 0
    reserved_change: int = 0
    order_id: int | None = Field(default=None, foreign_key="customer_order.id", index=True)
    piece_id: int | None = Field(default=None, foreign_key="piece.id", index=True)
    at: datetime = Field(sa_type=UtcTime)
    note: str = ""


class ExpectedGoods(SQLModel, table=True):
    """A delivery on its way: so many of a component, expected at a facility on a day. Gone once it has arrived.

    promised: how many of it are promised to pieces, the sum of their claims; never more than come.
    """

    __tablename__ = "expected_goods"
    __table_args__ = (
        sa.CheckConstraint("count > 0", name="expected_goods_count"),
        sa.CheckConstraint("promised >= 0 and promised <= count", name="expected_goods_never_oversold"),
    )

    id: int | None = Field(default=None, primary_key=True)
    facility: str = Field(index=True)
    component: str
    count: int
    promised: int = 0
    expected_on: date
    note: str = ""
    who: str
    at: datetime = Field(sa_type=UtcTime)


class StockClaim(SQLModel, table=True):
    """What a waiting piece waits for: so many of a component that were not there. goods_id: the delivery that they are
    promised out of; None: none is expected that has so many. Gone once they are reserved."""

    __tablename__ = "stock_claim"
    __table_args__ = (sa.CheckConstraint("count > 0", name="stock_claim_count"),)

    id: int | None = Field(default=None, primary_key=True)
    piece_id: int = Field(foreign_key="piece.id", index=True)
    order_id: int = Field(foreign_key="customer_order.id")
    facility: str
    component: str
    count: int
    goods_id: int | None = Field(default=None, foreign_key="expected_goods.id", index=True)
