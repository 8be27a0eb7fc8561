"""Lines and pieces of an order: where they are made, their stock, one row a piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Shop
from configurator.designs.making import leading
from configurator.designs.pricing import Quote, components, operations
from configurator.orders.codes import piece_code
from configurator.orders.design_store import keep_blank
from configurator.orders.due import due_at
from configurator.orders.making_place import LineNeeds, home_of, making_places
from configurator.orders.quoting import Joining, LineToQuote, QuotedLine
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.stock.reserving import reserve
from configurator.stock.stock_store import available_locked


@dataclass(frozen=True)
class _Priced:
    line: LineToQuote
    quote: Quote
    uses: Mapping[str, int]
    needs: LineNeeds
    version: str
    joining: Joining | None
    process: str


def add_lines(
    session: Session, order: Order, cart: Sequence[QuotedLine], *, catalogue: Catalogue, now: datetime
) -> None:
    """Write an order's lines and pieces and reserve their stock, each line where it can be made.

    Raises SoldOut naming everything that is short, NotMadeAnywhere.
    """
    lines = [_priced(session, order, quoted, quoted.quote, catalogue) for quoted in cart if quoted.quote]
    places = _places(session, order, [line.needs for line in lines], catalogue.shop)
    for place in sorted(set(places)):
        reserve(session, place, _needs_at(place, places, lines), order_id=order.id or 0, now=now)
    rows = [_row(order, number, *pair) for number, pair in enumerate(zip(lines, places, strict=True), 1)]
    session.add_all(rows)
    session.flush()
    first = 1
    for row in rows:
        add_pieces(session, order, row, numbers=range(first, first + row.quantity), shop=catalogue.shop)
        first += row.quantity


def add_pieces(session: Session, order: Order, line: OrderLine, *, numbers: Iterable[int], shop: Shop) -> None:
    """Write one row a piece of a line, waiting for their batch, due so that the promised date holds."""
    maker = shop.facility(line.facility)
    days = shop.shipping.days if order.fulfilment == "ship" else shop.days_between(maker, order.facility)
    due = due_at(order.promised_on, maker, travel_days=days)
    rows: list[dict[str, Any]] = [
        {
            "code": piece_code(order.number, number),
            "order_id": order.id,
            "line_id": line.id,
            "number": number,
            "design_hash": line.design_hash,
            "blank": line.blank,
            "title": line.title,
            "facility": line.facility,
            "process": line.process,
            "stage": "waiting",
            "rush": order.rush,
            "due_at": due,
            "moved_at": order.placed_at,
        }
        for number in numbers
    ]
    session.execute(sa.insert(Piece), rows)


def _priced(session: Session, order: Order, quoted: QuotedLine, quote: Quote, catalogue: Catalogue) -> _Priced:
    line = quoted.line
    blank = catalogue.blank(line.design.blank)
    keep_blank(session, blank, now=order.placed_at)
    uses = components(line.design, blank)
    steps = operations(line.design, blank)
    centres = frozenset(operation.at for operation in steps)
    all_pieces = {component: count * line.quantity for component, count in uses.items()}
    needs, process = LineNeeds(line.title, centres, all_pieces), leading(steps).at if steps else ""
    return _Priced(line, quote, uses, needs, blank.version, quoted.joining, process)


def _places(session: Session, order: Order, needs: Sequence[LineNeeds], shop: Shop) -> tuple[str, ...]:
    """Choose while nobody else can take from the stock concerned."""
    free = available_locked(session, {component for line in needs for component in line.components})
    return making_places(needs, free, shop, home_of(order.fulfilment, order.facility, shop))


def _needs_at(place: str, places: Sequence[str], lines: Sequence[_Priced]) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for line, where in zip(lines, places, strict=True):
        for component, count in line.needs.components.items() if where == place else ():
            total[component] = total.get(component, 0) + count
    return total


def _row(order: Order, position: int, priced: _Priced, place: str) -> OrderLine:
    line, quote = priced.line, priced.quote
    return OrderLine(
        order_id=order.id or 0,
        position=position,
        design_hash=line.design.hash,
        blank=line.design.blank,
        blank_version=priced.version,
        title=line.title,
        summary=line.summary,
        quantity=line.quantity,
        each=quote.each,
        total=quote.total,
        tax=quote.tax,
        vat=quote.vat,
        tax_percent=f"{quote.tax_percent.normalize():f}",
        uses=dict(priced.uses),
        address=line.address,
        facility=place,
        process=priced.process,
        warnings=list(line.warnings),
        joined=priced.joining.batch if priced.joining else "",
        saved=priced.joining.saved if priced.joining else 0,
    )
