"""Queries about carts."""

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.designs.design import read_design
from configurator.designs.sewing import read_sewn
from configurator.orders.quoting import NOBODY_JOINS, Joins, LineToQuote, QuotedCart, quoted
from configurator.orders.rows import Cart, CartLine, StoredDesign


def quoted_cart(
    session: Session,
    token_hash: str,
    catalogue: Catalogue,
    fulfilment: str = "pickup",
    joins: Joins = NOBODY_JOINS,
) -> QuotedCart:
    """The visitor's cart as priced now; empty if there is none. joins: line id -> the batch that it is made with."""
    return quoted(lines_to_quote(session, token_hash), catalogue, fulfilment, joins)


def pieces_in_cart(session: Session, token_hash: str, blank: str | None = None, *, but_line: int = 0) -> int:
    """How many pieces are in the cart, or of one blank besides one line: what its tiers are pooled with."""
    statement = (
        sa.select(sa.func.coalesce(sa.func.sum(col(CartLine.quantity)), 0))
        .join(Cart, col(Cart.id) == col(CartLine.cart_id))
        .where(col(Cart.token_hash) == token_hash, col(CartLine.id) != but_line)
    )
    if blank is not None:
        statement = statement.where(col(CartLine.blank) == blank)
    return int(session.execute(statement).scalar_one())


def lines_to_quote(session: Session, token_hash: str) -> tuple[LineToQuote, ...]:
    """The cart's lines with their designs, in the order they were put in."""
    rows = session.execute(
        sa.select(
            col(CartLine.id),
            col(StoredDesign.canonical),
            col(CartLine.quantity),
            col(CartLine.address),
            col(StoredDesign.title),
            col(StoredDesign.summary),
            col(StoredDesign.warnings),
            col(StoredDesign.sewn),
        )
        .join(StoredDesign, col(StoredDesign.hash) == col(CartLine.design_hash))
        .join(Cart, col(Cart.id) == col(CartLine.cart_id))
        .where(col(Cart.token_hash) == token_hash)
        .order_by(col(CartLine.id))
    )
    return tuple(
        LineToQuote(
            id_ or 0, read_design(canonical), quantity, address, title, summary, tuple(warnings), read_sewn(sewn)
        )
        for id_, canonical, quantity, address, title, summary, warnings, sewn in rows
    )
