"""A number as the customiser shows it: a field, and what cannot be taken now as ranges with why and the way out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from configurator.options.answer import Answer
from configurator.options.model import Number, Option
from configurator.web.blocked_views import BlockedView, Refusing, blocked_view, item_label
from configurator.web.mix_views import Fix
from configurator.web.taking import to_choose

_NUMBER = re.compile(r"-?[0-9]+")


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
    """A number field: `shown` is what was typed, usable or not. ranges: what cannot be taken now.

    lost: what is said where a number was typed that could not be kept. fixes: the ways out of that.
    """

    shown: str
    least: int
    most: int
    step: int
    unit: str
    price_each: int
    ranges: tuple[RangeView, ...] = ()
    lost: str = ""
    fixes: tuple[Fix, ...] = ()


def lost_number(
    answer: Answer, option: Option, domain: Number, refusing: Refusing, typed: str
) -> tuple[str, tuple[Fix, ...]]:
    """What is said of a number that was typed and could not be kept, and the ways out; nothing if it was kept.

    typed: as it was written, if no such number is made and the nearest that is was tried in its place; else empty.
    """
    dropped = next((each for each in answer.dropped if each.option == option.key), None)
    if dropped is None:
        return "", ()
    shown, found, unit = answer.configuration[option.key], _NUMBER.fullmatch(dropped.value), domain.unit
    because = f"“{dropped.value}” could not be kept. {' '.join(dropped.because)}"
    if found is None:
        return f"{because} {shown}\u00a0{unit} is shown instead.", ()
    wanted = int(found[0])
    nearest = min(answer.numbers[option.key], key=lambda number: abs(number - wanted))
    fixes = tuple(_kept_all_the_same(answer, option, wanted, refusing))
    if nearest != shown:
        fixes = ((f"Take {nearest} {unit}, the nearest possible", to_choose({option.key: nearest})), *fixes)
    if typed:
        to_do = "choose below" if fixes else "change those to have it"
        tried = f"the nearest, {wanted}\u00a0{unit}, does not go with your other choices"
        return f"“{typed}” is not made and {tried}: {to_do}, {shown}\u00a0{unit} is shown until then.", fixes
    words = ", the nearest possible," if nearest == shown else ""
    return f"{because} {shown}\u00a0{unit}{words} is shown instead.", fixes


def _kept_all_the_same(answer: Answer, option: Option, wanted: int, refusing: Refusing) -> Iterator[Fix]:
    """The typed number with as few other choices changed as can be."""
    blocked = answer.blocked.get((option.key, wanted))
    if blocked is not None and blocked.repair is not None:
        way = blocked_view(refusing, option, item_label(option, wanted), blocked)
        yield way.button, way.take
