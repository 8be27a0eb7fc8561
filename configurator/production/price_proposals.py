"""Prices per quantity derived from costs: a base and tiers that keep the margin asked for, as lines of a blank.toml."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from math import ceil

from configurator.blanks.blank import Price, Tier
from configurator.money import rounded
from configurator.production.batch_costs import Making, cost_at

_PLACES = 9
"""Of money and per cent: what Decimal cuts off behind 28 digits must not make a margin fall short."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What prices are to be derived by. margin: per cent of the net price; money in minor units.

    quantities: at which the price may fall, the first is what `base` is for. usual: pieces that a batch usually holds:
    a single piece is made together with those of others. vat: per cent. extras: exact gross price of everything that
    is charged besides the base.
    """

    margin: int
    round_to: int
    order_cost: int
    usual: int
    quantities: tuple[int, ...]
    vat: Decimal
    extras: Decimal


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What each of so many pieces costs to make (exact), and what it is sold for, gross, minor units."""

    pieces: int
    cost: Decimal
    now: int
    proposed: int
    margin_now: Decimal
    margin: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A price to take over, beside the one there is."""

    price: Price
    rows: tuple[PriceRow, ...]


def proposal(made: Making, asked: Asked, current: Price) -> Proposal:
    """The lowest base and the largest whole tiers that leave the margin at every quantity; a pure function.

    The base is a multiple of `round_to`, tiers are whole per cents; a tier that would not make a piece cheaper is left
    out, so that each price is the last one's or lower.
    """
    needed = {n: _gross(_cost(made, asked, n), asked) for n in asked.quantities}
    base = _base(needed, asked)
    price = Price(base, tuple(_tiers(needed, base, asked)))
    rows = tuple(_row(n, _cost(made, asked, n), (current, price), asked) for n in asked.quantities)
    return Proposal(price, rows)


def each_at(price: Price, extras: Decimal, pieces: int) -> int:
    """What pricing.quote() asks for each of so many pieces."""
    percent = next((tier.percent for tier in reversed(price.tiers) if tier.pieces <= pieces), Decimal(0))
    return rounded((price.base + extras) * (100 - percent) / 100)


def written(price: Price, digits: int = 2) -> str:
    """A price as lines of a blank.toml."""
    base = f"{Decimal(price.base).scaleb(-digits):f}"
    tiers = ", ".join(f'{tier.pieces} = "-{tier.percent.normalize():f}%"' for tier in price.tiers)
    return f'[price]\nbase  = "{base}"\n' + (f"tiers = {{ {tiers} }}\n" if tiers else "")


def margin(each: int, cost: Decimal, vat: Decimal) -> Decimal:
    """What is left of a gross price after VAT and cost, in per cent of the net price."""
    net = Decimal(each) * 100 / (100 + vat)
    return round((net - cost) * 100 / net, _PLACES) if net else Decimal(-100)


def _cost(made: Making, asked: Asked, pieces: int) -> Decimal:
    """Made with others' up to the usual batch; what the order costs by itself is shared by its pieces."""
    return cost_at(made, max(pieces, asked.usual)).total + Decimal(asked.order_cost) / pieces


def _gross(cost: Decimal, asked: Asked) -> Decimal:
    return round(cost * (100 + asked.vat) / (100 - asked.margin), _PLACES)


def _base(needed: dict[int, Decimal], asked: Asked) -> int:
    """What the dearest quantity needs: sheets may make a middle size dearer than a small one."""
    most = max(needed.values()) - asked.extras
    return max(0, ceil(most / asked.round_to) * asked.round_to)


def _tiers(needed: dict[int, Decimal], base: int, asked: Asked) -> Iterable[Tier]:
    whole, reached = base + asked.extras, Decimal(0)
    ahead: Sequence[int] = sorted(needed)[1:]
    for pieces in ahead if whole > 0 else ():
        # A tier goes on until the next: it must leave the margin at every larger quantity asked for too.
        dearest = max(needed[n] for n in ahead if n >= pieces)
        percent = (100 - dearest * 100 / whole).to_integral_value(ROUND_FLOOR)
        while percent > reached and rounded(whole * (100 - percent) / 100) < dearest:
            percent -= 1
        if percent > reached:
            reached = percent
            yield Tier(pieces, percent)


def _row(pieces: int, cost: Decimal, prices: tuple[Price, Price], asked: Asked) -> PriceRow:
    now, proposed = (each_at(price, asked.extras, pieces) for price in prices)
    return PriceRow(pieces, cost, now, proposed, margin(now, cost, asked.vat), margin(proposed, cost, asked.vat))
