"""What a component costs when it is sold as it lies on the shelf, and its VAT: as the blanks that use it say; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from configurator.blanks.blank import Blank, Detail
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.draft import NAMED, filled, option_of
from configurator.options.model import OneOf, Option, Value


@dataclass(frozen=True, slots=True)
class Asking:
    """A component's price as it is, minor units incl. VAT, and the rate. each 0: no blank says a price of it alone."""

    each: int
    tax_percent: Decimal


def asking(catalogue: Catalogue) -> Mapping[str, Asking]:
    """Component -> what is asked for one.

    The body of a blank costs what the blank does with the values that it is named by, nothing on it; what a value adds
    costs what the value does; of several parts none has a price alone. Where several blanks use one, the first says
    the price. What no blank uses has no price and the highest rate: too little VAT is what a shop is fined for.
    """
    taxes = catalogue.shop.taxes
    found: dict[str, Asking] = {}
    for blank in catalogue.blanks.values():
        for component, each in (*_bodies(blank), *_added(blank)):
            before = found.get(component)
            if before is None or (each and not before.each):
                found[component] = Asking(each, before.tax_percent if before else taxes[blank.tax])
    unknown = Asking(0, max(taxes.values()))
    return {component: found.get(component, unknown) for component in catalogue.shop.components}


def _bodies(blank: Blank) -> Iterator[tuple[str, int]]:
    for pattern, count in blank.uses.items():
        options = [(name, option_of(blank.model, name)) for name in dict.fromkeys(NAMED.findall(pattern))]
        domains = [(name, option.domain) for name, option in options if option and isinstance(option.domain, OneOf)]
        if len(domains) < len(options) or count != 1 or len(blank.uses) > 1:
            yield from ((component, 0) for component in filled(pattern, blank.model))
            continue
        for values in product(*(domain.values for _, domain in domains)):
            yield (
                _named(pattern, [name for name, _ in domains], values),
                blank.price.base + sum(value.price for value in values),
            )


def _named(pattern: str, names: list[str], values: tuple[Value, ...]) -> str:
    words = {name: value.key for name, value in zip(names, values, strict=True)}
    return NAMED.sub(lambda match: words[match.group(1)], pattern)


def _added(blank: Blank) -> Iterator[tuple[str, int]]:
    always = [option for option in blank.model.options if _is_body(blank, option)]
    for (key, value), detail in blank.details.items():
        option = option_of(blank.model, key)
        plain = len(detail.uses) == 1 and (option not in always or (len(always) == 1 and not blank.uses))
        base = blank.price.base if option in always else 0
        for pattern, count in detail.uses.items():
            price = base + _price(option, value) if plain and count == 1 else 0
            yield from ((component, price) for component in filled(pattern, blank.model))


def _is_body(blank: Blank, option: Option) -> bool:
    """Whether every value takes a component: then it is the body, or a part of it, and no addition."""
    if not isinstance(option.domain, OneOf):
        return False
    return all(blank.details.get((option.key, value.key), Detail()).uses for value in option.domain.values)


def _price(option: Option | None, value: str) -> int:
    values = getattr(option.domain, "by_key", {}) if option else {}
    return int(values[value].price) if value in values else 0
