"""What a choice costs, exactly: in hundredths of a minor unit, because a mix is priced per 100 g."""

from configurator.options.model import Chosen, Configuration, Mix, Model, Number, OneOf, Option, SomeOf

Hundredths = int
"""Hundredths of a minor unit: 1340 is 13.4 cents."""


def option_price(option: Option, chosen: Chosen) -> Hundredths:
    """What one option adds to the price as chosen; values the option does not know cost nothing."""
    domain = option.domain
    if isinstance(domain, OneOf):
        value = domain.by_key.get(chosen) if isinstance(chosen, str) else None
        return 100 * value.price if value else 0
    if isinstance(domain, SomeOf):
        return 100 * sum(
            value.price for value in domain.values if isinstance(chosen, frozenset) and value.key in chosen
        )
    if isinstance(domain, Number):
        return 100 * domain.price_each * chosen if isinstance(chosen, int) else 0
    return _mix_price(domain, chosen)


def options_price(model: Model, configuration: Configuration) -> Hundredths:
    """What all options together add to the price."""
    plain = sum(filter(None, map(model.prices.get, configuration.items())))
    return 100 * plain + sum(option_price(option, configuration[option.key]) for option in model.others)


def in_minor_units(hundredths: Hundredths) -> int:
    """Rounded half up to whole minor units (towards positive infinity at exactly a half)."""
    return (hundredths + 50) // 100


def _mix_price(domain: Mix, chosen: Chosen) -> Hundredths:
    grams = dict(chosen) if isinstance(chosen, tuple) else {}
    return sum(part.per_100g * grams.get(part.key, 0) for part in domain.parts)
