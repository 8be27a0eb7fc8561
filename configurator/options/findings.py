"""What a maker is told of options that rules tie together: contradictions, dead values, forced options, idle rules.

Where only search can tell, it goes so far as a maker waits, and says of what it did not find out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from configurator.options.answer import Item
from configurator.options.circuit_answers import FoundOut
from configurator.options.clauses import YES
from configurator.options.encoding import Encoded
from configurator.options.explaining import Explainer
from configurator.options.model import Option, Rule
from configurator.options.reasoning import Reasoner
from configurator.options.solving import Effort

MOST_EFFORT, MOST_EFFORT_EACH = 200_000, 20_000
"""Contradictions met in seeing whether rules matter: all together, and for one rule."""

Sought = Iterable[tuple[Item, Sequence[int]]]
"""Values with the literals of which one holds when a product has it."""


class Findings:
    """One component."""

    def __init__(
        self, options: Mapping[str, Option], encoded: Encoded, reasoner: Reasoner, explainer: Explainer
    ) -> None:
        self._options = options
        self._encoded = encoded
        self._reasoner = reasoner
        self._explainer = explainer

    @cached_property
    def contradiction(self) -> tuple[tuple[Rule, ...], bool] | None:
        """As few rules as possible that leave no product at all, and whether surely none of them can be left out.

        None if there are products, or nobody knows.
        """
        if YES in self._found.possible or YES in self._found.unknown:
            return None
        numbers, fewest = self._explainer.contradiction()
        return tuple(self._encoded.demands[number].rule for number in numbers), fewest

    def lost(self, sought: Sought) -> list[Item]:
        """Those that no product has."""
        return [item for item, having in sought if not any(self._may(literal) for literal in having)]

    def unknown(self, sought: Sought) -> tuple[Item, ...]:
        """Those of which search did not find out whether any product has them."""
        found = self._found
        return tuple(
            item
            for item, having in sought
            if not any(one in found.possible for one in having) and any(one in found.unknown for one in having)
        )

    def forced(self, key: str) -> tuple[int, ...]:
        """The literals of the one way an option can be set; none if there are or may be several, or never were."""
        literals = self._encoded.literals[key]
        if YES not in self._found.possible:
            return ()
        if key not in self._encoded.bands:
            ways = [literal for member in literals for literal in (member, -member) if self._may(literal)]
            return tuple(ways) if len(ways) == len(literals) else ()
        sizes = self._encoded.bands[key].sizes
        left = [band for band, literal in enumerate(literals) if self._may(literal)]
        return (literals[left[0]],) if len(left) == 1 and sizes[left[0]] == 1 < sum(sizes) else ()

    def idle(self, *, nothing: bool) -> Iterator[Rule]:
        """The rules without which exactly the same products remain; all of them if there are none anyhow."""
        for number, demand in enumerate(self._encoded.demands):
            if nothing or self._idle[number]:
                yield demand.rule

    def undecided(self) -> Iterator[Rule]:
        """Rules of which search did not find out whether they matter."""
        return (self._encoded.demands[number].rule for number, idle in enumerate(self._idle) if idle is None)

    @cached_property
    def _idle(self) -> Sequence[bool | None]:
        """Of each demand whether it never matters; None: not found out."""
        found, left = list[bool | None](), MOST_EFFORT
        for number in range(len(self._encoded.demands)):
            effort = Effort(min(left, MOST_EFFORT_EACH))
            before = effort.left
            found.append(self._explainer.idle(number, effort))
            left -= before - effort.left
        return found

    def _may(self, literal: int) -> bool:
        """Whether it is possible, as far as anybody knows."""
        return literal in self._found.possible or literal in self._found.unknown

    @cached_property
    def _found(self) -> FoundOut:
        """Of every literal of an option."""
        coded = self._encoded
        each = [literal for literals in coded.literals.values() for literal in literals]
        members = [-literal for key in self._options if key not in coded.bands for literal in coded.literals[key]]
        return self._reasoner.found_out(tuple(dict.fromkeys([YES, *each, *members])))
