"""Counting the models of clauses exactly: propagate, split into parts that share no variable, remember each part."""

from collections.abc import Iterable, Mapping, Sequence

from configurator.options.clauses import Clause

Clausal = frozenset[Clause]


def count_models(clauses: Iterable[Clause], weights: Mapping[int, int], inputs: Sequence[int]) -> int:
    """The sum over all models of the product of the weights of their true inputs; exact.

    inputs: the variables that are decided; all others follow from them. weights: for inputs that stand for more
    than one value.
    """
    return _Counter(weights, inputs).count(frozenset(clauses), frozenset(inputs))


class _Counter:
    def __init__(self, weights: Mapping[int, int], inputs: Sequence[int]) -> None:
        self._weights = weights
        self._inputs = frozenset(inputs)
        self._known: dict[Clausal, int] = {}

    def count(self, clauses: Clausal, free: frozenset[int]) -> int:
        """Weighted models over the inputs in `free`, whether or not a clause still speaks of them."""
        propagated = _propagated(clauses)
        if propagated is None:
            return 0
        rest, fixed = propagated
        product = 1
        for literal in fixed:
            product *= self._weights.get(literal, 1)
        open_inputs = free - {abs(literal) for literal in fixed}
        for part, inputs in self._split(rest):
            product *= self._part(part, inputs)
            open_inputs -= inputs
        for variable in open_inputs:
            product *= self._weights.get(variable, 1) + 1
        return product

    def _part(self, clauses: Clausal, inputs: frozenset[int]) -> int:
        if clauses not in self._known:
            branch = self._branch(clauses, inputs)
            self._known[clauses] = sum(self.count(clauses | {(literal,)}, inputs) for literal in (branch, -branch))
        return self._known[clauses]

    def _branch(self, clauses: Clausal, inputs: frozenset[int]) -> int:
        """The input that most clauses speak of; the others would follow anyway."""
        seen: dict[int, int] = {}
        for clause in clauses:
            for literal in clause:
                seen[abs(literal)] = seen.get(abs(literal), 0) + 1
        candidates = inputs or seen.keys()
        return max(candidates, key=lambda variable: (seen.get(variable, 0), -variable))

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
            yield frozenset(group), self._inputs & variables[root]


def _propagated(clauses: Clausal) -> tuple[Clausal, frozenset[int]] | None:
    """What is left after unit propagation, and the literals it fixed; None if they contradict each other."""
    fixed: set[int] = set()
    while True:
        units = {clause[0] for clause in clauses if len(clause) == 1}
        if not units:
            return clauses, frozenset(fixed)
        if any(-literal in units for literal in units):
            return None
        fixed |= units
        shortened = set()
        for clause in clauses:
            if any(literal in units for literal in clause):
                continue
            kept = tuple(literal for literal in clause if -literal not in units)
            if not kept:
                return None
            shortened.add(kept)
        clauses = frozenset(shortened)
