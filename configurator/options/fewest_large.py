"""As few rules as possible of thousands that contradict something, in machine code: what follows without trying.

Most reasons follow step by step, each from one clause; where they do not, None says so and a solver goes on.
Sources: as in `fewest`; A. Nadel, Boosting minimal unsatisfiable core extraction (FMCAD 2010): a model is turned
through rules that are known to be needed too, which finds more.
"""

from collections.abc import Sequence

import numpy as np

from configurator.options.cnf import Clause, tidied
from configurator.options.fewest_loops import followed, occurring, only
from configurator.options.fewest_rotating import fewest


class Following:
    """Rules (each some clauses), ready to be asked for what contradicts something. Safe to share between threads."""

    def __init__(self, variables: int, rules: Sequence[Sequence[Clause]]) -> None:
        owned = [(number, clause) for number, rule in enumerate(rules) for clause in tidied(rule)]
        starts = np.cumsum([0, *(len(clause) for _, clause in owned)], dtype=np.int64)
        literals = _places([literal for _, clause in owned for literal in clause])
        owners = np.array([number for number, _ in owned], dtype=np.int64)
        self._rules = len(rules)
        self._rows = occurring(starts, literals, owners, 2 * variables + 2)

    def rules(self, fixed: Sequence[int]) -> Sequence[int]:
        """Numbers of rules from which it follows step by step that what is fixed cannot be; none if from none."""
        found: list[int] = np.flatnonzero(followed(self._rows, self._rules, _places(fixed))).tolist()
        return found

    def fewest(self, fixed: Sequence[int], rules: Sequence[int]) -> Sequence[int]:
        """Of rules that contradict what is fixed a set of which none can be left out; none where that takes too long.

        What is fixed does not contradict itself.
        """
        used = np.zeros(self._rules, dtype=np.uint8)
        used[list(rules)] = 1
        rows, left, numbers = only(self._rows, used, _places(fixed))
        found: list[int] = numbers[fewest(rows, len(numbers), left) > 0].tolist()
        return found


def _places(literals: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    given = np.array(literals, dtype=np.int64)
    return np.where(given > 0, 2 * given, 1 - 2 * given)
