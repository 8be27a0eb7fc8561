"""Prices: one exact sum a piece, rounded once; what is quoted here is what page, cart, order and receipt say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from configurator.blanks.blank import Blank
from configurator.blanks.shop import Shop
from configurator.designs.describing import areas_used, chosen_label, configuration_lines, summary, title
from configurator.designs.design import Design
from configurator.designs.making import components, operations
from configurator.designs.sewing import SewnAreas, stitches_price
from configurator.money import rounded, vat_within
from configurator.options.model import OneOf
from configurator.options.prices import option_price, options_price

__all__ = [
    "Quote",
    "Totals",
    "cart_totals",
    "components",
    "configuration_lines",
    "operations",
    "price_curve",
    "quote",
    "summary",
    "title",
]

_NOTHING: Decimal | int = 0
NOTHING_SEWN: SewnAreas = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of some pieces of one design, minor units, VAT included.

    each is rounded once; total = each x quantity; vat is contained in total. tier: per cent off.
    parts: (label, minor units) of one piece, which add up to each.
    """

    quantity: int
    each: int
    total: int
    vat: int
    tax: str
    tax_percent: Decimal
    tier: Decimal
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class VatLine:
    """What of a total is taxed at one rate: gross with its VAT, minor units."""

    percent: Decimal
    gross: int
    vat: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a cart, minor units: total = goods + shipping, vat = that of the lines + shipping_vat.

    by_rate: the same total by VAT rate, highest first; its VAT adds up to vat.
    """

    goods: int
    shipping: int
    total: int
    vat: int
    shipping_vat: int
    shipping_percent: Decimal
    by_rate: tuple[VatLine, ...]


def quote(  # noqa: PLR0913 everything a price depends on is passed in: promise 8
    design: Design,
    blank: Blank,
    shop: Shop,
    *,
    quantity: int,
    pooled_with: int = 0,
    sewn: SewnAreas = NOTHING_SEWN,
    saved: int = 0,
) -> Quote:
    """The price of `quantity` pieces while `pooled_with` other pieces of the same blank are in the cart.

    sewn: what is embroidered on its areas, paid by the stitch. saved: minor units less for all pieces together, since
    they join a batch; each piece gets its whole share.
    """
    exact = tuple(_exact_parts(design, blank, shop, sewn))
    percent = _tier(blank, quantity + pooled_with)
    whole = _each(Decimal(0) + sum(amount for _, amount in exact), percent)
    each = max(0, whole - saved // quantity)
    parts = _rounded_parts(exact)
    discount = whole - sum(minor for _, minor in parts)
    if percent:
        parts = (*parts, (f"{_plain(percent)} % less from {_tier_start(blank, percent)} pieces", discount))
    if each < whole:
        parts = (*parts, ("Made with a batch that fills", each - whole))
    rate = shop.taxes[blank.tax]
    total = each * quantity
    return Quote(
        quantity=quantity,
        each=each,
        total=total,
        vat=vat_within(total, rate),
        tax=blank.tax,
        tax_percent=rate,
        tier=percent,
        parts=parts,
    )


def price_each(  # noqa: PLR0913 as quote()
    design: Design, blank: Blank, shop: Shop, *, quantity: int, pooled_with: int = 0, sewn: SewnAreas = NOTHING_SEWN
) -> int:
    """What quote() says each piece costs, without the rest: a click asks for several prices."""
    exact = blank.price.base + exact_extras(design, blank, shop, sewn=sewn)
    return _each(exact, _tier(blank, quantity + pooled_with))


def exact_extras(design: Design, blank: Blank, shop: Shop, *, sewn: SewnAreas = NOTHING_SEWN) -> Decimal:
    """What a piece is charged besides its base, before any tier; exact minor units."""
    options = Decimal(options_price(blank.model, design.configuration)) / 100
    return sum((amount for _, amount in _area_parts(design, blank, shop, sewn)), options)


def price_curve(
    design: Design, blank: Blank, shop: Shop, *, sewn: SewnAreas = NOTHING_SEWN
) -> tuple[tuple[int, int], ...]:
    """(pieces, price each) from the least quantity on, at every quantity where the price changes, and at the most."""
    starts = {blank.least, blank.most} | {tier.pieces for tier in blank.price.tiers}
    exact = blank.price.base + exact_extras(design, blank, shop, sewn=sewn)
    return tuple(
        (pieces, _each(exact, _tier(blank, pieces))) for pieces in sorted(starts) if blank.least <= pieces <= blank.most
    )


def cart_totals(quotes: Sequence[Quote], shop: Shop, fulfilment: str) -> Totals:
    """The sums of quoted lines; shipping is charged for `ship` only, taxed at the highest rate of its goods."""
    goods = sum(line.total for line in quotes)
    shipping = shipping_price(shop, goods) if fulfilment == "ship" and quotes else 0
    percent = max((line.tax_percent for line in quotes), default=Decimal(0))
    shipping_vat = vat_within(shipping, percent)
    return Totals(
        goods=goods,
        shipping=shipping,
        total=goods + shipping,
        vat=sum(line.vat for line in quotes) + shipping_vat,
        shipping_vat=shipping_vat,
        shipping_percent=percent,
        by_rate=_by_rate(
            [*((line.tax_percent, line.total, line.vat) for line in quotes), (percent, shipping, shipping_vat)]
        ),
    )


def _exact_parts(design: Design, blank: Blank, shop: Shop, sewn: SewnAreas) -> Iterator[tuple[str, Decimal | int]]:
    """(label, exact minor units) of everything that one piece is charged for."""
    yield blank.name, blank.price.base
    configuration, priced = design.configuration, blank.model.priced
    for option in blank.model.options:
        chosen = configuration[option.key]
        if line := priced.get((option.key, chosen)):
            yield line
        elif not isinstance(option.domain, OneOf) and (price := option_price(option, chosen)):
            yield f"{option.label}: {chosen_label(option, chosen)}", Decimal(price) / 100
    yield from _area_parts(design, blank, shop, sewn)


def _area_parts(design: Design, blank: Blank, shop: Shop, sewn: SewnAreas) -> Iterator[tuple[str, Decimal]]:
    used = areas_used(design)
    for area in blank.areas:
        if area.price and area.key in used:
            yield area.label, Decimal(area.price)
        if stitched := stitches_price(area, shop, sewn):
            yield f"{area.label}: {sewn[area.key].stitches:,} stitches", stitched


def _each(exact: Decimal, percent: Decimal) -> int:
    return max(0, rounded(exact * (100 - percent) / 100))


def _rounded_parts(exact: Sequence[tuple[str, Decimal | int]]) -> tuple[tuple[str, int], ...]:
    """Whole minor units whose sum is the rounded sum: each takes what the running total gained."""
    if all(isinstance(amount, int) for _, amount in exact):
        return tuple((label, int(amount)) for label, amount in exact)
    parts: list[tuple[str, int]] = []
    before, running = 0, _NOTHING
    for label, amount in exact:
        running += amount
        so_far = running if isinstance(running, int) else rounded(running)
        parts.append((label, so_far - before))
        before = so_far
    return tuple(parts)


def _tier(blank: Blank, pieces: int) -> Decimal:
    """Per cent off at so many pieces: that of the last tier they reach."""
    return next((tier.percent for tier in reversed(blank.price.tiers) if tier.pieces <= pieces), Decimal(0))


def _tier_start(blank: Blank, percent: Decimal) -> int:
    return next(tier.pieces for tier in blank.price.tiers if tier.percent == percent)


def shipping_price(shop: Shop, goods: int) -> int:
    """What a parcel with goods of that price costs, minor units."""
    free_from = shop.shipping.free_from
    return 0 if free_from is not None and goods >= free_from else shop.shipping.price


def _by_rate(amounts: Sequence[tuple[Decimal, int, int]]) -> tuple[VatLine, ...]:
    rates = sorted({percent for percent, gross, _ in amounts if gross}, reverse=True)
    return tuple(
        VatLine(
            rate,
            sum(gross for percent, gross, _ in amounts if percent == rate),
            sum(vat for percent, _, vat in amounts if percent == rate),
        )
        for rate in rates
    )


def _plain(percent: Decimal) -> str:
    return f"{percent:f}".rstrip("0").rstrip(".") if "." in f"{percent:f}" else f"{percent:f}"
