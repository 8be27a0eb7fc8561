"""What making one piece of a design takes: components from stock, and the operations of its routing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from configurator.blanks.blank import Blank, Detail, Operation
from configurator.designs.describing import areas_used
from configurator.designs.design import Design
from configurator.options.model import Chosen

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def components(design: Design, blank: Blank) -> Mapping[str, int]:
    """Component -> how many of its units one piece takes; what takes none is left out.

    A component's key may name options as a family does: "tee-{colour}-{size}".
    """
    needs: Counter[str] = Counter()
    for uses, times in ((blank.uses, 1), *((detail.uses, times) for detail, times in _details(design, blank))):
        for component, count in uses.items():
            needs[filled_in(component, design)] += count * times
    return {component: count for component, count in needs.items() if count}


def operations(design: Design, blank: Blank, minutes: Mapping[str, float] | None = None) -> tuple[Operation, ...]:
    """The routing in the blank's order: what every piece needs, what its values and areas add, families filled in.

    minutes: area -> minutes that a machine takes for just this artwork; they go on top of what the area adds first.
    """
    used = areas_used(design)
    added = {key for detail, _ in _details(design, blank) for key in detail.adds}
    added |= {key for area in blank.areas if area.key in used for key in area.adds}
    more = {area.adds[0]: (minutes or {}).get(area.key, 0) for area in blank.areas if area.key in used and area.adds}
    return tuple(
        replace(
            operation,
            family=filled_in(operation.family, design),
            run_min=operation.run_min + more.get(operation.key or "", 0),
        )
        for operation in blank.operations
        if operation.key is None or operation.key in added
    )


def leading(steps: Sequence[Operation]) -> Operation:
    """The step that batches are formed for: the one that says so, else the one that is set up longest."""
    return next((step for step in steps if step.leads), max(steps, key=lambda step: step.weight))


def filled_in(pattern: str, design: Design) -> str:
    """`mug-{inside}` with what was chosen: `mug-coral`; several values are joined by `+`."""
    return _PLACEHOLDER.sub(lambda found: _word(design.configuration.get(found[1], found[0])), pattern)


def _details(design: Design, blank: Blank) -> Iterator[tuple[Detail, int]]:
    """The detail of everything chosen, and how many times it counts: grams for a mix part, else once."""
    details = blank.details
    for key in (key for key in blank.detailed if key in design.configuration):
        chosen = design.configuration[key]
        for value, times in ((chosen, 1),) if isinstance(chosen, str) else _values(chosen):
            if (key, value) in details:
                yield details[key, value], times


def _values(chosen: Chosen) -> tuple[tuple[str, int], ...]:
    if isinstance(chosen, tuple):
        return chosen
    if isinstance(chosen, frozenset):
        return tuple((value, 1) for value in sorted(chosen))
    return ((str(chosen), 1),)


def _word(chosen: Chosen) -> str:
    return "+".join(value for value, _ in _values(chosen)) or "none"
