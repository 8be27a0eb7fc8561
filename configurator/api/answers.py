"""A blank and an answered configuration as plain JSON: prices in minor units incl. VAT, choices by their keys."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from configurator.blanks.blank import Blank
from configurator.designs.design import Design
from configurator.designs.designing import Designed
from configurator.designs.permalink import Asked, write
from configurator.designs.reading_choices import written_choices
from configurator.options.answer import Answer, Blocked, Item
from configurator.options.compiling import Engine
from configurator.options.model import Choices, Chosen, Mix, Number, Option, SomeOf
from configurator.options.ranges import rows_of, told_items
from configurator.production.promise import Promise

Json = dict[str, Any]
Priced = Callable[[Design], int]
"""The price of one piece of a design, minor units incl. VAT."""


def blank_json(blank: Blank, engine: Engine) -> Json:
    """What a blank is and what can be chosen on it. products: exact; null where they are too many to be counted."""
    return {
        "key": blank.key,
        "version": blank.version,
        "name": blank.name,
        "tagline": blank.tagline,
        "pieces": {"least": blank.least, "most": blank.most},
        "products": engine.count(),
        "options": [_option(option) for option in blank.model.options],
        "rules": [rule.because for rule in blank.model.rules],
    }


def configuration_json(
    asked: Asked, designed: Designed, engine: Engine, priced: Priced, *, overlooked: Mapping[str, str]
) -> Json:
    """What these choices make, what is in the way of every other value, and how far the price can still move.

    query: the canonical query of this state, for this API and for the customiser's address.
    overlooked: what of the query was passed over, by field name.
    """
    answer, model = designed.answer, engine.model
    kept = Asked(answer.choices, asked.elements, asked.quantity, asked.template, asked.fields)
    return {
        "query": write(kept),
        "configuration": _chosen_json(answer.configuration),
        "choices": _chosen_json(answer.choices),
        "faults": {**overlooked, **asked.faults},
        "dropped": [{"option": d.option, "value": d.value, "because": list(d.because)} for d in answer.dropped],
        "numbers": {key: rows_of(model.by_key[key].domain, numbers) for key, numbers in answer.numbers.items()},
        "blocked": [_blocked(item, answer.blocked[item]) for item in told_items(model, answer)],
        "kept": [_blocked(item, blocked) for item, blocked in answer.kept.items()],
        "forced": {key: list(because) for key, because in answer.forced.items()},
        "products": engine.count(answer.choices),
        "price": _prices(answer, designed.design, engine, priced),
    }


def promise_json(promise: Promise | None) -> Json | None:
    """When a parcel with these pieces arrives, and what has to come in first; null when nobody can make them."""
    if promise is None:
        return None
    awaits = promise.awaits
    return {
        "on": promise.on.isoformat(),
        "order_within_s": int(promise.order_within.total_seconds()),
        "awaits": awaits and {"component": awaits.component, "left": awaits.left, "on": awaits.on.isoformat()},
    }


def _option(option: Option) -> Json:
    plain: Json = {"key": option.key, "label": option.label, "aspect": option.aspect}
    domain = option.domain
    if isinstance(domain, Number):
        limits = {"least": domain.least, "most": domain.most, "step": domain.step, "unit": domain.unit}
        return {**plain, "kind": "number", **limits, "price_each": domain.price_each}
    if isinstance(domain, Mix):
        parts = [{"key": part.key, "label": part.label, "per_100g": part.per_100g} for part in domain.parts]
        kinds = {"least": domain.least_kinds, "most": domain.most_kinds}
        return {
            **plain,
            "kind": "mix",
            "parts": parts,
            "total_g": domain.total_g,
            "step_g": domain.step_g,
            "kinds": kinds,
        }
    values = [{"key": value.key, "label": value.label, "price": value.price} for value in domain.values]
    if isinstance(domain, SomeOf):
        return {**plain, "kind": "some_of", "values": values, "least": domain.least, "most": domain.most}
    return {**plain, "kind": "one_of", "values": values}


def _chosen_json(choices: Choices) -> Json:
    return {key: _chosen(chosen) for key, chosen in choices.items()}


def _chosen(chosen: Chosen) -> Any:
    if isinstance(chosen, frozenset):
        return sorted(chosen)
    return dict(chosen) if isinstance(chosen, tuple) else chosen


def _blocked(item: Item, blocked: Blocked) -> Json:
    repair = blocked.repair
    return {
        "option": item[0],
        "value": item[1],
        "because": list(blocked.because),
        "choices": [list(each) for each in blocked.choices],
        "without": [list(each) for each in blocked.without],
        "repair": repair
        and {
            "query": urlencode(list(written_choices(repair.choices))),
            "changes": [
                {"option": c.option, "before": c.before and _chosen(c.before), "after": _chosen(c.after)}
                for c in repair.changes
            ],
            "price": repair.price,
        },
    }


def _prices(answer: Answer, design: Design, engine: Engine, priced: Priced) -> Json:
    def at(configuration: Choices) -> int:
        return priced(replace(design, configuration=configuration))

    cheapest, dearest = engine.cheapest(answer.choices), engine.dearest(answer.choices)
    return {
        "each": priced(design),
        "least": at(cheapest),
        "most": at(dearest),
        "cheapest": _chosen_json(cheapest),
        "dearest": _chosen_json(dearest),
    }
