"""What can still be reached with what was chosen: from the cheapest to the dearest, and the way to the cheapest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from configurator.designs.describing import chosen_label
from configurator.designs.design import Design
from configurator.designs.designing import finished
from configurator.designs.permalink import Asked
from configurator.options.compiling import Engine
from configurator.options.model import Choices, Configuration
from configurator.web.taking import to_choose

Priced = Callable[[Design], int]
"""The price of one piece of a design, minor units incl. VAT."""

MOST_TOLD = 6
"""Of so many options it is told how they would be set; of a hundred nobody reads more."""


@dataclass(frozen=True, slots=True)
class Cheaper:
    """The button that completes the own choices as cheaply as can be: what it sends, sets otherwise and saves.

    changes: the first few in words; more: how many others.
    """

    take: str
    changes: tuple[str, ...]
    more: int
    saves: int


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """Prices of one piece with the own choices, artwork and quantity as they are, minor units incl. VAT.

    at: where the present price lies between least and most, 0 to 1. cheaper: None when nothing is cheaper.
    """

    least: int
    most: int
    each: int
    at: float
    cheaper: Cheaper | None


def price_span(asked: Asked, design: Design, each: int, engine: Engine, priced: Priced) -> PriceSpan:
    """The span that is still open. `asked.choices` are kept; everything else may be decided otherwise.

    each: what a piece of the design costs.
    """
    cheapest, dearest = engine.cheapest(asked.choices), engine.dearest(asked.choices)
    least, most = (
        priced(finished(replace(design, configuration=configuration))) for configuration in (cheapest, dearest)
    )
    at = (each - least) / (most - least) if most > least else 0.0
    cheaper = Cheaper(*_completed(asked, design, engine, cheapest), each - least) if each > least else None
    return PriceSpan(least, most, each, at, cheaper)


def _completed(
    asked: Asked, design: Design, engine: Engine, cheapest: Configuration
) -> tuple[str, tuple[str, ...], int]:
    """What a button sends to complete it so, the first options that it sets otherwise in words, and how many more."""
    own = engine.answer(asked.choices).choices
    changed = {key: chosen for key, chosen in cheapest.items() if chosen != design.configuration[key]}
    said = {**own, **changed}
    enough = {**engine.model.defaults, **said} == cheapest or engine.answer(said).configuration == cheapest
    take = to_choose(changed) if enough else to_choose(cheapest, filled_in=True)
    told = tuple(islice(_said(engine, changed), MOST_TOLD))
    return take, told, len(changed) - len(told)


def _said(engine: Engine, changed: Choices) -> Iterator[str]:
    for option in engine.model.options:
        if option.key in changed:
            yield f"{option.label} {chosen_label(option, changed[option.key])}"
