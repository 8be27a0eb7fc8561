"""The cart: the same design is one line, two different texts are two, and editing a line keeps all of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from configurator.blanks.catalogue import Catalogue
from configurator.database import insert_into
from configurator.errors import Conflict, Invalid, NotFound
from configurator.orders.design_store import Proofed, keep_design
from configurator.orders.quoting import check_quantity
from configurator.orders.rows import Cart, CartLine, OrderLine


class NoSuchLine(NotFound):
    """The line is not in this visitor's cart."""

    def __init__(self) -> None:
        super().__init__("This line is no longer in your cart. Look at the cart to see what is.")


class CannotBeMade(Invalid):
    """Preflight has found an error in the artwork."""


class NothingToOrderAgain(Conflict):
    """An order none of whose designs is kept."""

    def __init__(self) -> None:
        super().__init__("This order has no lines to order again.")


@dataclass(frozen=True)
class Wanted:
    """A design to go into a cart. `address`: the customiser's query; `once`: the form's key, adds once."""

    proofed: Proofed
    quantity: int
    address: str
    once: str = ""


def add_to_cart(session: Session, token_hash: str, wanted: Wanted, *, now: datetime) -> int:
    """Put a design into the visitor's cart, onto its line if it has one; returns the line's id.

    Raises CannotBeMade and QuantityOutOfRange. The same form sent twice (`once`) adds once.
    """
    _check_artwork(wanted.proofed)
    cart_id = locked_cart(session, token_hash, now=now)
    design_hash = keep_design(session, wanted.proofed, now=now)
    line = _line_of(session, cart_id, design_hash)
    if line is None:
        check_quantity(wanted.proofed.blank, wanted.quantity)
        return _new_line(session, cart_id, wanted, now)
    if not wanted.once or line.once != wanted.once:
        check_quantity(wanted.proofed.blank, wanted.quantity, in_cart=line.quantity)
        line.quantity, line.once, line.address = line.quantity + wanted.quantity, wanted.once, wanted.address
        session.flush()
    return line.id or 0


def replace_line(session: Session, token_hash: str, line_id: int, wanted: Wanted, *, now: datetime) -> int:
    """Put an edited design in a line's place, with its new quantity; it keeps its place in the cart.

    If the edit makes it the same as another line, the two become one. The same form sent twice (`once`) edits
    once. Returns the line's id.
    """
    _check_artwork(wanted.proofed)
    cart_id = locked_cart(session, token_hash, now=now)
    line = _own_line(session, cart_id, line_id)
    if wanted.once and line.once == wanted.once:
        return line_id
    design_hash = keep_design(session, wanted.proofed, now=now)
    twin = _line_of(session, cart_id, design_hash)
    joined = twin.quantity if twin and twin.id != line.id else 0
    check_quantity(wanted.proofed.blank, wanted.quantity, in_cart=joined)
    if twin and twin.id != line.id:
        session.delete(twin)
        session.flush()
    line.design_hash, line.blank, line.address = design_hash, wanted.proofed.design.blank, wanted.address
    line.quantity, line.once = wanted.quantity + joined, wanted.once
    session.flush()
    return line_id


def set_quantity(session: Session, token_hash: str, line_id: int, quantity: int, *, catalogue: Catalogue) -> None:
    """Change how many of a line; raises QuantityOutOfRange, NoSuchLine. The price follows at the next quote."""
    line = _own_line(session, _cart_id(session, token_hash), line_id)
    check_quantity(catalogue.blank(line.blank), quantity)
    line.quantity = quantity
    session.flush()


def remove_line(session: Session, token_hash: str, line_id: int) -> None:
    """Take a line out; one that is gone already is no fault."""
    own = sa.select(col(Cart.id)).where(col(Cart.token_hash) == token_hash).scalar_subquery()
    session.execute(sa.delete(CartLine).where(col(CartLine.id) == line_id, col(CartLine.cart_id) == own))


def order_again(session: Session, token_hash: str, order_id: int, *, now: datetime) -> int:
    """Put everything of an order into the cart again, each design whole; returns how many lines there were."""
    kept = col(OrderLine.order_id) == order_id, col(OrderLine.cancelled_at).is_(None)
    lines = session.exec(select(OrderLine).where(*kept)).all()
    if not lines:
        raise NothingToOrderAgain
    cart_id = locked_cart(session, token_hash, now=now)
    for ordered in sorted(lines, key=lambda line: line.position):
        line = _line_of(session, cart_id, ordered.design_hash)
        if line is None:
            session.add(_copied(ordered, cart_id, now))
        else:
            line.quantity = max(line.quantity, ordered.quantity)
        session.flush()
    return len(lines)


def locked_cart(session: Session, token_hash: str, *, now: datetime) -> int:
    """The id of the visitor's cart, made if new; nobody else changes it until the transaction ends."""
    statement = insert_into(session, Cart).values(token_hash=token_hash, made_at=now, touched_at=now)
    session.execute(
        statement.on_conflict_do_update(index_elements=["token_hash"], set_={"touched_at": now}),
        execution_options={"synchronize_session": False},
    )
    return _cart_id(session, token_hash)


def _cart_id(session: Session, token_hash: str) -> int:
    statement = select(Cart.id).where(col(Cart.token_hash) == token_hash).with_for_update()
    cart_id = session.exec(statement).one_or_none()
    if cart_id is None:
        raise NoSuchLine
    return cart_id


def _line_of(session: Session, cart_id: int, design_hash: str) -> CartLine | None:
    statement = select(CartLine).where(col(CartLine.cart_id) == cart_id, col(CartLine.design_hash) == design_hash)
    return session.exec(statement, execution_options={"populate_existing": True}).one_or_none()


def _own_line(session: Session, cart_id: int, line_id: int) -> CartLine:
    statement = select(CartLine).where(col(CartLine.cart_id) == cart_id, col(CartLine.id) == line_id)
    line = session.exec(statement, execution_options={"populate_existing": True}).one_or_none()
    if line is None:
        raise NoSuchLine
    return line


def _new_line(session: Session, cart_id: int, wanted: Wanted, now: datetime) -> int:
    design = wanted.proofed.design
    line = CartLine(
        cart_id=cart_id,
        design_hash=design.hash,
        blank=design.blank,
        quantity=wanted.quantity,
        address=wanted.address,
        added_at=now,
        once=wanted.once,
    )
    session.add(line)
    session.flush()
    return line.id or 0


def _copied(ordered: OrderLine, cart_id: int, now: datetime) -> CartLine:
    return CartLine(
        cart_id=cart_id,
        design_hash=ordered.design_hash,
        blank=ordered.blank,
        quantity=ordered.quantity,
        address=ordered.address,
        added_at=now,
    )


def _check_artwork(proofed: Proofed) -> None:
    errors = [finding.sentence for scene in proofed.scenes for finding in scene.findings if finding.level == "error"]
    if errors:
        raise CannotBeMade(" ".join(dict.fromkeys(errors)))
