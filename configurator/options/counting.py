"""Counting the models of clauses exactly: propagate, split into parts that share no variable, remember each part."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import prod

from configurator.options.clauses import Clause

Clausal = frozenset[Clause]


def count_models(clauses: Iterable[Clause], weights: Mapping[int, int], groups: Sequence[Sequence[int]]) -> int:
    """The sum over all models of the product of the weights of their true inputs; exact.

    groups: the inputs, exactly one of each group true, or a single input that is true or not; all other variables
    follow from them. weights: for inputs that stand for more than one value.
    """
    return _Counter(weights, groups).count(frozenset(clauses), frozenset(range(len(groups))))


class _Counter:
    def __init__(self, weights: Mapping[int, int], groups: Sequence[Sequence[int]]) -> None:
        self._weights = weights
        self._groups = groups
        self._home = {variable: number for number, group in enumerate(groups) for variable in group}
        self._known: dict[Clausal, int] = {}

    def count(self, clauses: Clausal, free: frozenset[int]) -> int:
        """Weighted models over the groups in `free`, whether or not a clause still speaks of them."""
        propagated = _propagated(clauses)
        if propagated is None:
            return 0
        rest, fixed = propagated
        product = prod(self._weights.get(literal, 1) for literal in fixed)
        free -= {self._home[abs(literal)] for literal in fixed if self._settles(literal)}
        for part, groups in self._split(rest):
            product *= self._part(part, groups)
            free -= groups
        return product << len(free)

    def _settles(self, literal: int) -> bool:
        """Whether a fixed literal settles its group: one of several is taken, or a single one is decided."""
        home = self._home.get(abs(literal))
        return home is not None and (literal > 0 or len(self._groups[home]) == 1)

    def _part(self, clauses: Clausal, groups: frozenset[int]) -> int:
        if clauses not in self._known:
            ways, rest = self._branches(clauses, groups)
            self._known[clauses] = sum(self.count(clauses | {(literal,)}, rest) for literal in ways)
        return self._known[clauses]

    def _branches(self, clauses: Clausal, groups: frozenset[int]) -> tuple[Sequence[int], frozenset[int]]:
        """The ways to settle the group that most clauses speak of, and the groups that are then still open.

        Without a group left, what follows is branched on: exactly one way will do.
        """
        seen = Counter(abs(literal) for clause in clauses for literal in clause)
        if not groups:
            variable = max(seen)
            return (variable, -variable), groups
        chosen = max(groups, key=lambda number: (sum(seen[variable] for variable in self._groups[number]), -number))
        group = self._groups[chosen]
        ways = (group[0], -group[0]) if len(group) == 1 else [variable for variable in group if seen[variable]]
        return ways, groups

    def _split(self, clauses: Clausal) -> Iterable[tuple[Clausal, frozenset[int]]]:
        """Groups of clauses that share no variable, with the inputs each speaks of."""
        leader: dict[int, int] = {}

        def find(variable: int) -> int:
            while leader.setdefault(variable, variable) != variable:
                leader[variable] = leader[leader[variable]]
                variable = leader[variable]
            return variable

        for clause in clauses:
            first = find(abs(clause[0]))
            for literal in clause[1:]:
                leader[find(abs(literal))] = first
        groups: dict[int, list[Clause]] = {}
        for clause in clauses:
            groups.setdefault(find(abs(clause[0])), []).append(clause)
        variables: dict[int, set[int]] = {}
        for variable in list(leader):
            variables.setdefault(find(variable), set()).add(variable)
        for root, group in groups.items():
            yield frozenset(group), frozenset(self._home[v] for v in variables[root] if v in self._home)


def _propagated(clauses: Clausal) -> tuple[Clausal, frozenset[int]] | None:
    """What is left after unit propagation, and the literals it fixed; None if they contradict each other."""
    units = [clause[0] for clause in clauses if len(clause) == 1]
    if not units:
        return clauses, frozenset()
    speaking: dict[int, list[Clause]] = {}
    for clause in clauses:
        for literal in clause:
            speaking.setdefault(literal, []).append(clause)
    open_literals = {clause: len(clause) for clause in clauses}
    fixed: set[int] = set()
    while units:
        unit = units.pop()
        if unit not in fixed:
            fixed.add(unit)
            for clause in speaking.get(-unit, ()):
                open_literals[clause] -= 1
                if open_literals[clause] == 1:
                    units += [literal for literal in clause if -literal not in fixed]
    contradicted = any(-literal in fixed for literal in fixed) or 0 in open_literals.values()
    return None if contradicted else (_left(clauses, fixed), frozenset(fixed))


def _left(clauses: Clausal, fixed: set[int]) -> Clausal:
    """The clauses that the fixed literals do not satisfy, without the literals they rule out."""
    return frozenset(
        tuple(literal for literal in clause if -literal not in fixed)
        for clause in clauses
        if not any(literal in fixed for literal in clause)
    )
