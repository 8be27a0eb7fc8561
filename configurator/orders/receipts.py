"""Receipts and invoices: nothing is computed anew, every figure is the order's own and they add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale

from configurator.blanks.shop import Shop
from configurator.orders.order_store import WholeOrder
from configurator.orders.rows import OrderLine


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line, minor units, VAT included; tax_percent as written ("23")."""

    label: str
    detail: str
    quantity: int
    each: int
    total: int
    tax_percent: str


@dataclass(frozen=True, slots=True)
class VatRow:
    """What of the total is taxed at one rate: gross = net + vat, minor units."""

    percent: str
    net: int
    vat: int
    gross: int


@dataclass(frozen=True)
class Receipt:
    """A receipt (paid) or an invoice (to pay). total = net + vat = sum of lines = sum of the VAT rows.

    number: of the series; supplied_on: the promised day until it is handed over (EU 2006/112, article 226).
    """

    kind: Literal["receipt", "invoice", "cancelled"]
    number: str
    order_number: str
    issued_on: date
    supplied_on: date
    seller: tuple[str, ...]
    seller_vat_id: str
    buyer: tuple[str, ...]
    currency: str
    lines: tuple[ReceiptLine, ...]
    vat_rows: tuple[VatRow, ...]
    net: int
    vat: int
    total: int
    paid: int
    outstanding: int


def receipt(whole: WholeOrder, shop: Shop) -> Receipt:
    """The receipt of an order as it stands: an invoice while something is to pay."""
    order = whole.order
    issued_on = order.placed_at.astimezone(ZoneInfo(shop.timezone)).date()
    return Receipt(
        kind=_kind(whole),
        number=f"{issued_on.year}-{order.id or 0:06d}",
        order_number=order.number,
        issued_on=issued_on,
        supplied_on=order.promised_on,
        seller=(shop.legal_name, *rows_of_address(shop.address)),
        seller_vat_id=shop.vat_id,
        buyer=_buyer(whole, shop.locale),
        currency=order.currency,
        lines=_lines(whole),
        vat_rows=_vat_rows(whole),
        net=order.total - order.vat,
        vat=order.vat,
        total=order.total,
        paid=whole.paid,
        outstanding=whole.outstanding,
    )


def _kind(whole: WholeOrder) -> Literal["receipt", "invoice", "cancelled"]:
    if whole.order.status == "cancelled":
        return "cancelled"
    return "invoice" if whole.outstanding > 0 else "receipt"


def _lines(whole: WholeOrder) -> tuple[ReceiptLine, ...]:
    order = whole.order
    goods = tuple(_line(line) for line in whole.lines)
    if not order.shipping:
        return goods
    return (*goods, ReceiptLine("Parcel", "", 1, order.shipping, order.shipping, order.shipping_percent))


def _line(line: OrderLine) -> ReceiptLine:
    return ReceiptLine(line.title, line.summary, line.quantity, line.each, line.total, line.tax_percent)


def _vat_rows(whole: WholeOrder) -> tuple[VatRow, ...]:
    """Sums of amounts that were rounded once, at quoting: they add up to the order's VAT, to the cent."""
    order = whole.order
    lines = [(line.tax_percent, line.total, line.vat) for line in whole.lines]
    return vat_rows([*lines, (order.shipping_percent, order.shipping, order.shipping_vat)])


def vat_rows(amounts: Sequence[tuple[str, int, int]]) -> tuple[VatRow, ...]:
    """One row a rate of (rate, gross, the VAT in it), the highest rate first; what is 0 is no row."""
    return tuple(_vat_row(percent, amounts) for percent in _rates(amounts))


def _rates(amounts: Sequence[tuple[str, int, int]]) -> list[str]:
    return sorted({percent for percent, gross, _ in amounts if gross}, key=Decimal, reverse=True)


def _vat_row(percent: str, amounts: Sequence[tuple[str, int, int]]) -> VatRow:
    gross = sum(amount for rate, amount, _ in amounts if rate == percent)
    vat = sum(contained for rate, _, contained in amounts if rate == percent)
    return VatRow(percent, gross - vat, vat, gross)


def _buyer(whole: WholeOrder, locale: str) -> tuple[str, ...]:
    order = whole.order
    town = f"{order.postcode} {order.town}".strip()
    country = Locale.parse(locale).territories.get(order.country, order.country) if town else ""
    return tuple(row for row in (order.name, order.company, order.street, town, country) if row)


def rows_of_address(address: str) -> tuple[str, ...]:
    """An address as it is written below each other."""
    return tuple(row.strip() for row in address.replace("\n", ",").split(",") if row.strip())
