"""Money: integers in minor units (cents), prices include VAT, rounding half up and only once."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision

from configurator.errors import Invalid


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
    """Kept: a page writes the same few amounts at every keystroke, and babel takes 0.1 ms for each."""
    amount = Decimal(abs(minor)).scaleb(-get_currency_precision(code))
    text = format_currency(amount, code, format="¤\u00a0#,##0.00", locale=locale, currency_digits=True)
    return f"\u2212{text}" if minor < 0 else text


def minor(text: str, digits: int = 2) -> int:
    """A price as written in a file or form (`"13.40"`) in minor units (1340).

    Raises NoPrice when it is no plain decimal number or has more decimals than the currency.
    """
    try:
        scaled = Decimal(text.strip()).scaleb(digits)
    except (InvalidOperation, AttributeError) as error:
        raise NoPrice(text) from error
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
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
