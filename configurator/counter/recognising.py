"""What a code at the counter stands for: an order, a piece, a consignment, a blank, or nothing we know."""

import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.orders.codes import read_consignment_number, read_order_number, read_pickup_code, read_piece_code
from configurator.orders.order_store import folded
from configurator.orders.rows import Order, Piece
from configurator.stock.rows_consignment import Consignment

LEAST_SIGNS = 2
MOST_NAMED = 8

_ADDRESS = re.compile(r"(?:https?://\S+)?/orders/([0-9a-z]{20,40})/?")


@dataclass(frozen=True, slots=True)
class OrderMeant:
    """An order, by its number, its pickup code, its page's address or one of its pieces (`piece_id`)."""

    order_id: int
    piece_id: int | None = None


@dataclass(frozen=True, slots=True)
class BlankMeant:
    """A blank, by its barcode or its name: somebody wants to make one."""

    key: str


@dataclass(frozen=True, slots=True)
class OrdersNamed:
    """Several orders of people of that name, newest first: which one is asked back."""

    order_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConsignmentMeant:
    """Goods that are out, by the number on their slip."""

    number: str


Meant = OrderMeant | ConsignmentMeant | BlankMeant | OrdersNamed | None


def recognise(session: Session, text: str, *, catalogue: Catalogue, facility: str) -> Meant:
    """What was scanned or typed into the one field. None: nothing we know.

    In this order: pickup code, piece code, order number, a consignment's number, the address of an order's page, a
    blank's barcode or name, a customer's name with something to collect at this facility.
    """
    return (
        _by_pickup_code(session, text)
        or _by_piece(session, text)
        or _by_number(session, text)
        or _by_consignment(session, text)
        or _by_address(session, text)
        or _blank(text, catalogue)
        or _by_name(session, text, facility)
    )


def _by_pickup_code(session: Session, text: str) -> OrderMeant | None:
    code = read_pickup_code(text)
    return _order(session, col(Order.pickup_code) == code) if code else None


def _by_number(session: Session, text: str) -> OrderMeant | None:
    number = read_order_number(text)
    return _order(session, col(Order.number) == number) if number else None


def _by_consignment(session: Session, text: str) -> ConsignmentMeant | None:
    number = read_consignment_number(text)
    known = sa.select(col(Consignment.id)).where(col(Consignment.number) == number)
    return ConsignmentMeant(number) if number and session.execute(known).first() else None


def _by_address(session: Session, text: str) -> OrderMeant | None:
    """The QR code of an order's page."""
    match = _ADDRESS.fullmatch(text.strip())
    return _order(session, col(Order.token) == match[1]) if match else None


def _by_piece(session: Session, text: str) -> OrderMeant | None:
    code = read_piece_code(text)
    if code is None:
        return None
    statement = sa.select(col(Piece.order_id), col(Piece.id)).where(col(Piece.code) == code)
    row = session.execute(statement).first()
    return OrderMeant(row[0], row[1]) if row else None


def _blank(text: str, catalogue: Catalogue) -> BlankMeant | None:
    wanted = text.strip().casefold()
    for key, blank in catalogue.blanks.items():
        if wanted and wanted in (blank.barcode.casefold(), key, blank.name.casefold()):
            return BlankMeant(key)
    return None


def _by_name(session: Session, text: str, facility: str) -> Meant:
    """By a part of the name, whatever the case and the accents (which no database compares alike)."""
    wanted = folded(text)
    if len(wanted) < LEAST_SIGNS and wanted.isascii():
        return None
    statement = (
        sa.select(col(Order.id), col(Order.name))
        .where(col(Order.status) == "placed", col(Order.facility) == facility, col(Order.fulfilment) != "ship")
        .order_by(col(Order.placed_at).desc(), col(Order.id).desc())
    )
    found = tuple(row[0] for row in session.execute(statement) if wanted in folded(row[1]))
    return OrderMeant(found[0]) if len(found) == 1 else OrdersNamed(found[:MOST_NAMED]) if found else None


def _order(session: Session, condition: sa.ColumnElement[bool]) -> OrderMeant | None:
    row = session.execute(sa.select(col(Order.id)).where(condition)).first()
    return OrderMeant(row[0]) if row else None
