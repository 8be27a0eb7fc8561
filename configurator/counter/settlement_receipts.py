"""The receipt of what was sold out of a consignment, in a series of its own: figures as they were booked."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from configurator.blanks.shop import Shop
from configurator.orders.receipts import Receipt, ReceiptLine, rows_of_address, vat_rows
from configurator.stock.consignment_store import NoSuchConsignment, WholeConsignment
from configurator.stock.rows_consignment import Settlement


@dataclass(frozen=True, slots=True)
class Received:
    """Money taken at the till for what was sold, minor units; negative: given back."""

    method: str
    amount: int
    received_at: datetime


def received(settlement: Settlement) -> tuple[Received, ...]:
    """What was paid, and given back if it was taken back."""
    taken = Received(settlement.method, settlement.total, settlement.at)
    if settlement.undone_at is None:
        return (taken,)
    return taken, Received(settlement.method, -settlement.total, settlement.undone_at)


def settlement_receipt(whole: WholeConsignment, settlement_id: int, shop: Shop) -> Receipt:
    """The receipt of a settlement in which something was sold. Raises NoSuchConsignment when there is none such.

    supplied_on: the day on which the goods became the buyer's, which is that of the settlement.
    """
    pairs = [pair for pair in whole.settlements if pair[0].id == settlement_id and pair[0].total]
    if not pairs:
        raise NoSuchConsignment
    settlement, said = pairs[0]
    day = settlement.at.astimezone(ZoneInfo(shop.timezone)).date()
    lines = {line.id or 0: line for line in whole.lines}
    sold = [(lines[number], each) for number, each in sorted(said.items()) if each.sold]
    return Receipt(
        kind="cancelled" if settlement.undone_at else "receipt",
        number=f"C{day.year}-{settlement_id:06d}",
        order_number=whole.consignment.number,
        issued_on=day,
        supplied_on=day,
        seller=(shop.legal_name, *rows_of_address(shop.address)),
        seller_vat_id=shop.vat_id,
        buyer=(whole.consignment.name,),
        currency=whole.consignment.currency,
        lines=tuple(
            ReceiptLine(line.label, "", each.sold, line.each, each.total, line.tax_percent) for line, each in sold
        ),
        vat_rows=vat_rows([(line.tax_percent, each.total, each.vat) for line, each in sold]),
        net=settlement.total - settlement.vat,
        vat=settlement.vat,
        total=settlement.total,
        paid=0 if settlement.undone_at else settlement.total,
        outstanding=0,
    )
