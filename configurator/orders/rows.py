"""Carts, orders, their lines and pieces; designs and blanks as they were when ordered."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime

STAGES = ("waiting", "released", "picked", "made", "checked", "stored", "handed_over", "rejected", "cancelled")
"""A piece's way. waiting: for its batch; released: in a frozen batch; stored: in the order's bin."""


class StoredBlank(SQLModel, table=True):
    """A blank version as ordered: the folder's files as JSON, so that old orders stay re-renderable."""

    __tablename__ = "stored_blank"

    version: str = Field(primary_key=True)
    key: str
    files: str = Field(sa_column=sa.Column(sa.Text(), nullable=False))
    stored_at: datetime = Field(sa_type=UtcTime)


class StoredDesign(SQLModel, table=True):
    """A design by its hash: canonical JSON, its scenes as laid out (zlib JSON), its picture's SVG (zlib).

    sewn: area -> [stitches, trims, threads] of what is embroidered, since prices and minutes are asked for often.
    cut: area -> [mm², girth, hull] of what is cut out round its artwork, for plans.
    Written once, never changed: carts, orders, proofs and batches point here. warnings: preflight's sentences.
    """

    __tablename__ = "stored_design"

    hash: str = Field(primary_key=True)
    blank: str
    blank_version: str
    canonical: str = Field(sa_column=sa.Column(sa.Text(), nullable=False))
    scenes: bytes = Field(sa_column=sa.Column(sa.LargeBinary(), nullable=False))
    picture: bytes = Field(sa_column=sa.Column(sa.LargeBinary(), nullable=False))
    sewn: dict[str, list[int]] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))
    cut: dict[str, list[Any]] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))
    title: str
    summary: str
    warnings: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON(), nullable=False))
    stored_at: datetime = Field(sa_type=UtcTime)


class DesignPicture(SQLModel, table=True):
    """A customer's picture on a kept design: as long as the design is in a cart or order, the picture is kept."""

    __tablename__ = "design_picture"

    design_hash: str = Field(foreign_key="stored_design.hash", primary_key=True)
    asset: str = Field(foreign_key="picture.asset", primary_key=True, index=True)


class Cart(SQLModel, table=True):
    """What a visitor has collected. `token_hash`: SHA-256 of the cookie; the token itself is not stored."""

    __tablename__ = "cart"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    made_at: datetime = Field(sa_type=UtcTime)
    touched_at: datetime = Field(sa_type=UtcTime)
    order_id: int | None = Field(default=None, foreign_key="customer_order.id")


class CartLine(SQLModel, table=True):
    """A design in a cart. The same design is the same line. `address` is the customiser query that made it.

    `once` is the key of the form that added to it last: the same form sent twice adds once.
    """

    __tablename__ = "cart_line"
    __table_args__ = (
        sa.UniqueConstraint("cart_id", "design_hash", name="one_line_a_design"),
        sa.CheckConstraint("quantity > 0", name="cart_line_quantity"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cart_id: int = Field(foreign_key="cart.id", index=True)
    design_hash: str = Field(foreign_key="stored_design.hash")
    blank: str
    quantity: int
    address: str = Field(sa_column=sa.Column(sa.Text(), nullable=False))
    added_at: datetime = Field(sa_type=UtcTime)
    once: str = ""


class Order(SQLModel, table=True):
    """An order. All amounts in minor units, VAT included in them and stated.

    fulfilment: ship | pickup | counter (made in the store while waiting). status: placed | cancelled | finished.
    paid follows from payments; `total` includes shipping, `vat` the shipping's VAT. `checkout_key` makes two
    clicks one order. shipping_percent: the VAT rate of the shipping, as written ("23"). leaves: together (everything
    at once) | as_ready (what is ready). promised_on: the last of its lines' days.
    """

    __tablename__ = "customer_order"
    __table_args__ = (
        sa.CheckConstraint("status in ('placed', 'cancelled', 'finished')", name="order_status"),
        sa.CheckConstraint("fulfilment in ('ship', 'pickup', 'counter')", name="order_fulfilment"),
        sa.CheckConstraint("leaves in ('together', 'as_ready')", name="order_leaves"),
        sa.CheckConstraint("total >= 0 and vat >= 0 and shipping >= 0", name="order_amounts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    token: str = Field(unique=True)
    pickup_code: str = Field(unique=True)
    checkout_key: str = Field(unique=True)
    status: str = "placed"
    fulfilment: str
    facility: str
    leaves: str = "together"
    rush: bool = False
    email: str = ""
    name: str
    company: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    currency: str
    total: int
    vat: int
    shipping: int
    shipping_vat: int = 0
    shipping_percent: str = "0"
    payment_method: str
    placed_at: datetime = Field(sa_type=UtcTime, index=True)
    promised_on: date
    rights_declared_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ready_at: datetime | None = Field(default=None, sa_type=UtcTime)
    bin: int | None = None


class OrderLine(SQLModel, table=True):
    """One design in some quantity, at the price that was seen.

    tax: the shop's key of the rate, tax_percent: the rate itself on the day, as written ("23").
    uses: component -> count for one piece, as reserved. blank_version: the version of the blank it was priced by
    (the design may be of an earlier one that it still allows). warnings: what preflight had said of it and the
    customer ticked when ordering. joined: number of the open batch that it was to be made with, for `saved` less in
    all, minor units; empty and 0: nobody was to wait. process: the work centre that leads its route. promised_on:
    the day by which its customer has it, of an order that leaves together the order's. cancelled_at: it is not part of
    the order any more, its figures are as they were.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        sa.CheckConstraint("quantity > 0 and total >= 0 and vat >= 0", name="order_line_amounts"),
        sa.UniqueConstraint("order_id", "position", name="order_line_position"),
    )

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="customer_order.id", index=True)
    position: int
    design_hash: str = Field(foreign_key="stored_design.hash")
    blank: str
    blank_version: str
    title: str
    summary: str
    quantity: int
    each: int
    total: int
    tax: str
    vat: int
    tax_percent: str
    uses: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))
    address: str = Field(sa_column=sa.Column(sa.Text(), nullable=False))
    facility: str
    promised_on: date
    process: str = ""
    warnings: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON(), nullable=False))
    joined: str = ""
    saved: int = 0
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Piece(SQLModel, table=True):
    """One physical thing, one identity from order to hand-over. `code` is what its labels carry.

    facility, process: where it is made and planned; the process is the work centre that leads its route. remake_of: the
    rejected one that it is made instead of, once; remake_turn: how many before it were cancelled and never made.
    """

    __tablename__ = "piece"
    __table_args__ = (
        sa.UniqueConstraint("order_id", "number", name="piece_number"),
        sa.CheckConstraint("stage in ({})".format(", ".join(f"'{stage}'" for stage in STAGES)), name="piece_stage"),
        sa.Index("piece_stage_facility", "stage", "facility", "process"),
        sa.UniqueConstraint("remake_of", "remake_turn", name="piece_made_again_once"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    order_id: int = Field(foreign_key="customer_order.id", index=True)
    line_id: int = Field(foreign_key="order_line.id", index=True)
    number: int
    design_hash: str = Field(foreign_key="stored_design.hash")
    blank: str
    title: str
    facility: str
    process: str = ""
    stage: str = "waiting"
    rush: bool = False
    due_at: datetime = Field(sa_type=UtcTime)
    remake_of: int | None = Field(default=None, foreign_key="piece.id")
    remake_turn: int = 0
    moved_at: datetime = Field(sa_type=UtcTime)


class Payment(SQLModel, table=True):
    """Money received (or given back, negative). `key` makes a double click one payment."""

    __tablename__ = "payment"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="customer_order.id", index=True)
    provider: str
    method: str
    amount: int
    key: str = Field(unique=True)
    received_at: datetime = Field(sa_type=UtcTime)
    clerk_id: int | None = None
    note: str = ""


class OrderEvent(SQLModel, table=True):
    """What has happened to an order, in sentences its customer may read. `who` is for the staff."""

    __tablename__ = "order_event"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="customer_order.id", index=True)
    piece_id: int | None = Field(default=None, foreign_key="piece.id")
    at: datetime = Field(sa_type=UtcTime)
    kind: str
    sentence: str
    who: str = ""
