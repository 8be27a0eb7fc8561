"""Lines and pieces of an order: where they are made, their stock, one row a piece."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.catalogue import Catalogue
from configurator.blanks.shop import Facility, Shop
from configurator.designs.making import leading
from configurator.designs.pricing import Quote, components, operations
from configurator.errors import Conflict
from configurator.orders.codes import piece_code
from configurator.orders.design_store import keep_blank
from configurator.orders.due import Handover, due_at
from configurator.orders.making_place import LineNeeds, home_of, sourced
from configurator.orders.quoting import Joining, LineToQuote, QuotedLine
from configurator.orders.rows import Order, OrderLine, Piece
from configurator.stock.claiming import claim, coming, lock_expected, portions
from configurator.stock.reserving import SoldOut, reserve
from configurator.stock.shelf import Coming, Shelf, Source
from configurator.stock.stock_store import available_locked


class ComesLater(Conflict):
    """What was to be had when the page was made has to be waited for now, or longer than it said."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has bought what was left since this page was made; more of it is expected. "
            "Nothing was ordered: look at the new date and decide."
        )


@dataclass(frozen=True, slots=True)
class When:
    """The time of ordering, and the last day of a delivery that the customer agreed to wait for (None: for none).

    lines: cart line -> the day that was promised for it alone; of all others it is the order's.
    """

    now: datetime
    awaits: date | None = None
    lines: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True)
class _Priced:
    line: LineToQuote
    quote: Quote
    uses: Mapping[str, int]
    needs: LineNeeds
    version: str
    joining: Joining | None
    process: str


def add_lines(session: Session, order: Order, cart: Sequence[QuotedLine], catalogue: Catalogue, when: When) -> None:
    """Write an order's lines and pieces and reserve their stock, each line where it can be made; what is not there yet
    is promised out of the deliveries that its customer agreed to wait for.

    Raises SoldOut naming everything that is short, ComesLater, NotMadeAnywhere.
    """
    lines = [_priced(session, order, quoted, quoted.quote, catalogue) for quoted in cart if quoted.quote]
    sources = _sources(session, order, [line.needs for line in lines], catalogue.shop, when)
    for place in sorted({source.place for source in sources}):
        reserve(session, place, _here(place, sources), order_id=order.id or 0, now=when.now)
    days = [when.lines.get(line.line.id, order.promised_on) for line in lines]
    rows = [_row(order, number, *each) for number, each in enumerate(zip(lines, sources, days, strict=True), 1)]
    session.add_all(rows)
    session.flush()
    first = 1
    for row, source in zip(rows, sources, strict=True):
        add_pieces(session, order, row, numbers=range(first, first + row.quantity), shop=catalogue.shop)
        first += row.quantity
        if source.awaits:
            claims = portions(piece_ids(session, row), row.uses, source)
            claim(session, source.place, claims, order_id=order.id or 0)


def add_pieces(session: Session, order: Order, line: OrderLine, *, numbers: Iterable[int], shop: Shop) -> None:
    """Write one row a piece of a line, waiting for their batch, due so that the promised date holds."""
    due = due_of(order, line, shop.facility(line.facility), shop)
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


def due_of(order: Order, line: OrderLine, maker: Facility, shop: Shop) -> datetime:
    """When what a facility makes of an order's line must be finished there."""
    days = Handover(order.fulfilment, order.facility).days_from(maker, shop)
    return due_at(line.promised_on, maker, travel_days=days)


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


def _sources(session: Session, order: Order, needs: Sequence[LineNeeds], shop: Shop, when: When) -> tuple[Source, ...]:
    """Choose while nobody else can take from what is concerned; nobody waits at a counter for a delivery."""
    components = {component for line in needs for component in line.components}
    home = home_of(order.fulfilment, order.facility, shop)
    if order.fulfilment == "counter":
        return sourced(needs, Shelf(available_locked(session, components)), shop, home)
    lock_expected(session)
    known = coming(session, when.now.date(), components)
    free = available_locked(session, components)
    try:
        return sourced(needs, Shelf(free, agreed(known, when.awaits)), shop, home)
    except SoldOut:
        sourced(needs, Shelf(free, known), shop, home)
        raise ComesLater from None


def agreed(known: Coming, last: date | None) -> Coming:
    """The deliveries of a day that was agreed on, and sooner ones."""
    return {
        place: [each for each in deliveries if last is not None and each.on <= last]
        for place, deliveries in known.items()
    }


def _here(place: str, sources: Sequence[Source]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for source in sources:
        total.update(source.here if source.place == place else {})
    return total


def piece_ids(session: Session, line: OrderLine) -> list[int]:
    """Those of a line, in their order."""
    statement = sa.select(col(Piece.id)).where(col(Piece.line_id) == line.id).order_by(col(Piece.number))
    return [id_ for (id_,) in session.execute(statement) if id_ is not None]


def _row(order: Order, position: int, priced: _Priced, source: Source, promised_on: date) -> OrderLine:
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
        facility=source.place,
        promised_on=promised_on,
        process=priced.process,
        warnings=list(line.warnings),
        joined=priced.joining.batch if priced.joining else "",
        saved=priced.joining.saved if priced.joining else 0,
    )
