"""Money: integers in minor units (cents), prices include VAT, rounding half up and only once."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from functools import lru_cache

from babel.numbers import get_currency_precision, get_currency_symbol, get_decimal_symbol, get_group_symbol

from configurator.errors import Invalid

MOST = 10**12
"""Minor units: no price, and no amount at a till, is larger."""


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency and the locale its amounts are written in."""

    code: str = "EUR"
    locale: str = "en_IE"

    @property
    def digits(self) -> int:
        """Decimals of the minor unit: 2 for EUR, 0 for JPY."""
        return get_currency_precision(self.code)

    def written(self, minor: int) -> str:
        """`1590` -> `€ 15.90`, with a no-break space, as every page, receipt and mail writes it."""
        return _written(minor, self.code, self.locale)


@lru_cache(4096)
def _written(minor: int, code: str, locale: str) -> str:
    """What babel writes for `¤\u00a0#,##0.00`, without the 0.1 ms that it takes: a click writes ten new prices."""
    symbol, thousands, point, digits = _signs(code, locale)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{symbol}\u00a0{whole:,}".replace(",", thousands)
    decimals = f"{point}{rest:0{digits}}" if digits else ""
    return f"\u2212{text}{decimals}" if minor < 0 else text + decimals


@lru_cache(64)
def _signs(code: str, locale: str) -> tuple[str, str, str, int]:
    """The currency's sign, what stands between thousands and before decimals, and how many of these there are."""
    thousands, point = get_group_symbol(locale), get_decimal_symbol(locale)
    return get_currency_symbol(code, locale), thousands, point, get_currency_precision(code)


def minor(text: str, digits: int = 2) -> int:
    """A price as written in a file or form (`"13.40"`) in minor units (1340).

    Raises NoPrice when it is no plain decimal number, has more decimals than the currency, or is past all sense.
    """
    try:
        scaled = Decimal(text.strip()).scaleb(digits)
    except (DecimalException, AttributeError) as error:
        raise NoPrice(text) from error
    if not scaled.is_finite() or abs(scaled) >= MOST or scaled != scaled.to_integral_value():
        raise NoPrice(text)
    return int(scaled)


def rounded(amount: Decimal) -> int:
    """An exact amount in minor units, rounded half up to a whole one."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def vat_within(gross: int, rate_percent: Decimal) -> int:
    """The VAT contained in a gross amount (minor units): gross x rate / (100 + rate), half up."""
    return rounded(Decimal(gross) * rate_percent / (100 + rate_percent))


class NoPrice(Invalid):
    """A text that was to be a price is none."""

    def __init__(self, text: object) -> None:
        super().__init__(f"“{text}” is no price. Write it like 13.40, with a point and at most two decimals.")
