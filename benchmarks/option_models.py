"""Feature models of any size, drawn from a seed: `python -m benchmarks.option_models --features N --seed S --out FILE`.

A tree of features as product lines have it (K. Czarnecki and U. Eisenecker, Generative Programming, 2000): each child
needs its parent, a group of children is optional, needed, some of or one of. Ties across the tree say “requires” or
“excludes” between leaves that stand near each other. FILE is DIMACS, for `python -m benchmarks.options FILE`; the same
arguments write the same bytes.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pysat import solvers

from configurator.options.cnf import Clause

_Solver: Any = solvers.Solver  # python-sat has no types
LARGEST_GROUP = 6
WAITING = 20
"""So many parents wait for children at once: the fewer, the deeper the tree."""
NEAR = 300
FEATURES_TO_A_TIE = 20


def main() -> int:
    """Write one model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.option_models", description=__doc__)
    parser.add_argument("--features", type=int, required=True)
    parser.add_argument("--ties", type=int, help="rules across the tree (default: one for 20 features)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    ties = asked.features // FEATURES_TO_A_TIE if asked.ties is None else asked.ties
    asked.out.write_text(dimacs_of(asked.features, feature_model(asked.features, ties, asked.seed)), encoding="ascii")
    return 0


def feature_model(features: int, ties: int, seed: int) -> list[Clause]:
    """Clauses over variables 1 to `features`; 1 is the root. All features but the root can be left out."""
    rng, clauses, parents, leaves = random.Random(seed), [(1,)], [1], list[int]()
    fresh = 2
    while fresh <= features:
        parent = parents.pop(-1 - rng.randrange(min(len(parents), WAITING)))
        group = tuple(range(fresh, min(features, fresh + rng.randrange(LARGEST_GROUP)) + 1))
        fresh = group[-1] + 1
        clauses += [(-child, parent) for child in group]
        asked = _asked(rng, parent, group)
        clauses += asked
        branches = group[: max(1, len(group) // 2)]
        parents += branches
        if all(len(clause) > 2 or max(clause) < 0 for clause in asked):
            leaves += group[len(branches) :]
    with _Solver(name="glucose4", bootstrap_with=clauses) as solver:
        for _ in range(ties):
            tie = _tie(rng, leaves, solver)
            solver.add_clause(tie)
            clauses.append(tie)
    return list(dict.fromkeys(clauses))


def _asked(rng: random.Random, parent: int, group: tuple[int, ...]) -> list[Clause]:
    """What a parent asks of a group of children: nothing, some of them by name, at least one, or exactly one."""
    kind = rng.choices(("optional", "needed", "some", "one"), (4, 2, 2, 2))[0]
    if kind == "optional":
        return []
    if kind == "needed":
        return [(-parent, child) for child in group if rng.random() < 0.5]
    apart = [(-one, -other) for one in group for other in group if one < other]
    return [(-parent, *group), *(apart if kind == "one" else [])]


def _tie(rng: random.Random, leaves: Sequence[int], solver: Any) -> Clause:
    """Between two leaves that no parent needs: a tie of others could leave little of the tree."""
    while True:
        place = rng.randrange(len(leaves) - 1)
        one, other = leaves[place], leaves[min(len(leaves) - 1, place + rng.randrange(1, NEAR))]
        if rng.randrange(3) == 0:
            if solver.solve(assumptions=[one, -other]) and solver.solve(assumptions=[other, -one]):
                return -one, -other
        elif solver.solve(assumptions=[one, other]) and solver.solve(assumptions=[-one, -other]):
            return rng.choice([(-one, other), (one, -other)])


def dimacs_of(features: int, clauses: list[Clause]) -> str:
    """The file's text."""
    lines = [f"p cnf {features} {len(clauses)}", *(" ".join(map(str, (*clause, 0))) for clause in clauses)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
