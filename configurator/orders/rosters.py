"""A list of personalised pieces into a cart: all of it or nothing, and the same form sent twice adds it once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.orders.cart import Wanted, add_to_cart, locked_cart
from configurator.orders.cart_store import pieces_in_cart
from configurator.orders.rows import Cart, CartLine


def pooled_before(session: Session, token_hash: str, blank: str, once: str, *, now: datetime) -> int | None:
    """How many pieces of a blank are in the cart already, which from now on nobody else changes in this transaction.

    None when the form `once` has been added before.
    """
    locked_cart(session, token_hash, now=now)
    return None if added_before(session, token_hash, once) else pieces_in_cart(session, token_hash, blank)


def added_before(session: Session, token_hash: str, once: str) -> bool:
    """Whether what the form `once` added is in the cart."""
    mine = sa.select(col(CartLine.id)).join(Cart, col(Cart.id) == col(CartLine.cart_id))
    added = mine.where(col(Cart.token_hash) == token_hash, col(CartLine.once) == once).limit(1)
    return bool(once) and session.execute(added).first() is not None


def add_roster(session: Session, token_hash: str, wanted: Sequence[Wanted], *, now: datetime) -> None:
    """Put every design into the cart, equal ones onto one line. Raises as add_to_cart; then none of it is added."""
    alike: dict[str, Wanted] = {}
    for each in wanted:
        known = alike.get(each.proofed.design.hash)
        alike[each.proofed.design.hash] = replace(each, quantity=known.quantity + each.quantity) if known else each
    for each in alike.values():
        add_to_cart(session, token_hash, each, now=now)
