"""What a component answers to some choices: contradictory ones dropped, the rest completed, questions kept open."""

from collections.abc import Mapping
from dataclasses import dataclass

from configurator.options.answer import Blocked, Dropped, Item
from configurator.options.asking import Asking
from configurator.options.component import Component
from configurator.options.lazily import Lazily
from configurator.options.model import Choices, Chosen, Configuration, Grams
from configurator.options.weighing import Weighed, Wish


@dataclass(frozen=True)
class Partly:
    """The part of an Answer that one component gives; asking: for one question without all the others."""

    configuration: Configuration
    choices: Choices
    dropped: tuple[Dropped, ...]
    blocked: Mapping[Item, Blocked]
    kept: Mapping[Item, Blocked]
    forced: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, ...]]
    asking: Asking


def partly(component: Component, own: Choices, wishes: Mapping[str, Grams]) -> Partly | None:
    """Answer for one component; wishes: mixes that do not add up, to come near to. None if there is no product."""
    fits = not wishes and _fits(component, own)  # mostly, and then nothing else needs to be asked
    kept = own if fits else _kept(component, own, wishes)
    if kept is None:
        return None
    configuration = {**component.defaults, **kept} if fits else _completed(component, kept, own, wishes)
    if configuration is None:
        return None
    asking = Asking(component, kept, configuration)
    return Partly(
        configuration=configuration,
        choices=kept,
        dropped=tuple(
            Dropped(key, said(chosen), component.reasons(component.literals(key, chosen), kept).because)
            for key, chosen in own.items()
            if key not in kept
        ),
        blocked=Lazily(lambda: asking.blocked_items, asking.blocked),
        kept=Lazily(asking.kept_items, asking.blocked),
        forced=Lazily(asking.forced_options, asking.forced),
        numbers=Lazily(asking.number_options, asking.numbers),
        asking=asking,
    )


def said(chosen: Chosen) -> str:
    """A choice in a few words, by its keys."""
    if isinstance(chosen, tuple):
        return ", ".join(f"{part} {amount}\u00a0g" for part, amount in chosen)
    return ", ".join(sorted(chosen)) if isinstance(chosen, frozenset) else str(chosen)


def _kept(component: Component, own: Choices, wishes: Mapping[str, Grams]) -> Choices | None:
    """The own choices, or as many of them as can go together."""
    if component.possible(component.literals_of(own)):
        return own
    kept = {key: component.weighed(key, Wish("own", chosen)) for key, chosen in own.items()}
    found = component.completed(component.plan("free").instead({**_near(component, wishes), **kept}), ())
    return None if found is None else {key: chosen for key, chosen in own.items() if found[key] == chosen}


def _completed(component: Component, kept: Choices, own: Choices, wishes: Mapping[str, Grams]) -> Configuration | None:
    """What is kept of the own choices with as many defaults as fit, then the cheapest. All of own: not all fit."""
    if not wishes and len(kept) < len(own) and _fits(component, kept):
        return {**component.defaults, **kept}
    plan = component.plan("free").instead({**_near(component, wishes), **dict.fromkeys(kept)})
    found = component.completed(plan, component.literals_of(kept))
    return None if found is None else {**found, **kept}


def _fits(component: Component, own: Choices) -> bool:
    """Whether all other options can be at their defaults beside these choices."""
    return component.possible(component.literals_of(own), component.default_literals(own))


def _near(component: Component, wishes: Mapping[str, Grams]) -> Mapping[str, Weighed]:
    return {key: component.weighed(key, Wish("wish", grams)) for key, grams in wishes.items()}
