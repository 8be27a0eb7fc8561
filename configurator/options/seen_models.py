"""Models a solver has found, and literals it has found impossible: what they answer needs no search.

Source: M. Janota, I. Lynce and J. Marques-Silva, Algorithms for computing backbones of propositional formulae,
AI Communications 28 (2015): every model shows many literals to be possible, one call can rule out all that are left.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from configurator.options.circuit import Mask, bit, literals_in, mask_of

FIRST_MODELS, MOST_MODELS = 300, 300
"""The first ones stay: they were found while little was fixed, and serve every customer's first clicks."""
MOST_LOST = 60


class SeenModels:
    """The first and the latest models, and for the latest questions what was impossible under what was fixed."""

    def __init__(self, variables: int) -> None:
        self._variables = variables
        self._first: list[Mask] = []
        self._models: deque[Mask] = deque(maxlen=MOST_MODELS)
        self._lost: deque[tuple[Mask, Mask]] = deque(maxlen=MOST_LOST)

    def note(self, model: Sequence[int]) -> Mask:
        """Keep a model; its literals as bits."""
        places = np.zeros(2 * self._variables + 2, dtype=np.uint8)
        literals = np.fromiter(model, dtype=np.int64, count=len(model))
        places[np.where(literals > 0, 2 * literals, 1 - 2 * literals)] = 1
        mask = int.from_bytes(np.packbits(places, bitorder="little").tobytes(), "little")
        (self._first if len(self._first) < FIRST_MODELS else self._models).append(mask)
        return mask

    def note_lost(self, fixed: Sequence[int], lost: Mask) -> None:
        """Keep what no model has together with what is fixed: it stays so when more is fixed."""
        if lost:
            self._lost.append((mask_of(fixed), lost))

    def possible(self, fixed: Sequence[int]) -> Mask:
        """The literals of all kept models that have what is fixed; none if no such model is known."""
        asked, found = mask_of(fixed), 0
        for model in chain(self._first, self._models):
            if model & asked == asked:
                found |= model
        return found

    def one(self, fixed: Sequence[int]) -> list[int]:
        """The latest kept model that has what is fixed, which there is."""
        asked = mask_of(fixed)
        latest_first = chain(reversed(self._models), reversed(self._first))
        return literals_in(next(model for model in latest_first if model & asked == asked))

    def lost(self, fixed: Sequence[int]) -> Mask:
        """Literals known to be impossible with what is fixed."""
        asked, found = mask_of(fixed), 0
        for given, lost in self._lost:
            if given & asked == given:
                found |= lost
        return found


def negations(literals: Iterable[int]) -> Mask:
    """The bits of the negations of some literals."""
    mask = 0
    for literal in literals:
        mask |= bit(-literal)
    return mask
