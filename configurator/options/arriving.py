"""Choices as they arrive, from links, forms and old orders: what can be used, and what not and why. Never raises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from configurator.options.answer import Dropped
from configurator.options.mixing import mix_fault
from configurator.options.model import Chosen, Grams, Mix, Model, Number, OneOf, SomeOf

_LONGEST = 60


@dataclass
class Arrived:
    """own: choices that are values of their options, in the model's order. dropped: what is no value, and why.

    open_mixes: mixes that do not add up (in dropped too), with the sentence that says so.
    """

    own: dict[str, Chosen] = field(default_factory=dict)
    open_mixes: dict[str, tuple[Grams, str]] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, option: str, value: object, sentence: str) -> None:
        """Note what could not be used."""
        self.dropped.append(Dropped(option, str(value)[:_LONGEST], (sentence,)))


def arrived(choices: Mapping[str, Any], model: Model) -> Arrived:
    """Sort out what arrived."""
    found = Arrived()
    for option in model.options:
        if option.key in choices:
            _take(found, option.key, option.domain, choices[option.key])
    known = {option.key for option in model.options}
    for key, chosen in choices.items():
        if key not in known:
            found.drop(str(key)[:_LONGEST], chosen, "There is no such option.")
    return found


def amounts_said(grams: Grams) -> str:
    """`oats 300 g, honey 150 g`."""
    return ", ".join(f"{part} {amount}\u00a0g" for part, amount in grams)


def _take(found: Arrived, key: str, domain: OneOf | SomeOf | Number | Mix, chosen: Any) -> None:
    if isinstance(domain, OneOf):
        if isinstance(chosen, str) and chosen in domain.by_key:
            found.own[key] = chosen
        else:
            found.drop(key, chosen, "This value is not offered.")
    elif isinstance(domain, SomeOf):
        _take_some(found, key, domain, chosen)
    elif isinstance(domain, Number):
        _take_number(found, key, domain, chosen)
    else:
        _take_mix(found, key, domain, chosen)


def _take_some(found: Arrived, key: str, domain: SomeOf, chosen: Any) -> None:
    if not isinstance(chosen, frozenset | set | list | tuple):
        found.drop(key, chosen, "Several values are chosen here.")
        return
    known = frozenset(value for value in chosen if isinstance(value, str) and value in domain.by_key)
    for stranger in chosen:
        if not isinstance(stranger, str) or stranger not in domain.by_key:
            found.drop(key, stranger, "This value is not offered.")
    if known or not chosen:
        found.own[key] = known


def _take_number(found: Arrived, key: str, domain: Number, chosen: Any) -> None:
    whole = isinstance(chosen, int) and not isinstance(chosen, bool)
    if whole and domain.least <= chosen <= domain.most and (chosen - domain.least) % domain.step == 0:
        found.own[key] = chosen
        return
    steps = f" in steps of {domain.step}" if domain.step > 1 else ""
    found.drop(key, chosen, f"{domain.least} to {domain.most} {domain.unit}{steps} are possible.")


def _take_mix(found: Arrived, key: str, domain: Mix, chosen: Any) -> None:
    amounts = _amounts(chosen)
    keys = [part.key for part in domain.parts]
    if amounts is None:
        found.drop(key, chosen, "A mix is made of whole grams of its parts.")
        return
    for stranger in amounts.keys() - set(keys):
        found.drop(key, stranger, "This part is not offered.")
    grams = tuple((part, amounts[part]) for part in keys if amounts.get(part))
    fault = mix_fault(domain, grams)
    if fault is None:
        found.own[key] = grams
    else:
        found.open_mixes[key] = grams, fault
        found.drop(key, amounts_said(grams), fault)


def _amounts(chosen: Any) -> dict[str, int] | None:
    """Grams by part, the same part named twice added up; None if it is nothing of the kind."""
    if not isinstance(chosen, tuple | list):
        return None
    amounts: dict[str, int] = {}
    for pair in chosen:
        if not isinstance(pair, tuple | list) or len(pair) != 2 or not isinstance(pair[0], str):
            return None
        if not isinstance(pair[1], int) or isinstance(pair[1], bool) or pair[1] < 0:
            return None
        amounts[pair[0]] = amounts.get(pair[0], 0) + pair[1]
    return amounts
