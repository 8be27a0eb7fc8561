"""A number as the customiser shows it: a field, and what cannot be taken now as ranges with why and the way out."""

from dataclasses import dataclass

from configurator.web.blocked_views import BlockedView


@dataclass(frozen=True, slots=True)
class RangeView:
    """A range with why, and the way to the number of it that is nearest to what is shown; told as a value is."""

    key: str
    label: str
    blocked: BlockedView
    chosen: bool = False
    swatch: None = None
    icon: None = None


@dataclass(frozen=True, slots=True)
class NumberView:
    """A number field: `shown` is what was typed, usable or not. ranges: what cannot be taken now."""

    shown: str
    least: int
    most: int
    step: int
    unit: str
    price_each: int
    ranges: tuple[RangeView, ...] = ()
