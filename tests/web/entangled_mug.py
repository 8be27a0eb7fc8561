"""A mug with so many rules between so many more options that no circuit of them keeps to the budget, and their truth.

The truth is found apart from the engine: by trying every product where few options are open, else by a SAT solver that
is given the forbidden threes themselves, a variable a value.
"""

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

from pysat.examples.rc2 import RC2  # type: ignore[import-untyped]  # python-sat has no types
from pysat.formula import WCNF  # type: ignore[import-untyped]  # as above
from pysat.solvers import Solver

OPTIONS, VALUES, RULES = 40, 4, 160
Pair = tuple[str, str]


class EntangledMug:
    """options: key -> prices of its values, in cents. rules: three (option, value) not made together."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        self.options = {f"o{at}": [rng.randrange(900) for _ in range(VALUES)] for at in range(OPTIONS)}
        self.rules = [self._three(rng) for _ in range(RULES)]
        self.values = [f"v{at}" for at in range(VALUES)]
        self._literals = {pair: number for number, pair in enumerate(self.pairs(), start=1)}
        self._solver: Any = Solver(name="cadical153", bootstrap_with=[*self._one_each(), *self._apart()])

    def pairs(self) -> Iterator[Pair]:
        """Every value of every option."""
        return ((key, value) for key in self.options for value in self.values)

    def write(self, blanks: Path, to: Path) -> Path:
        """The blanks' folder with the options and rules added to the mug's own."""
        shutil.copytree(blanks, to)
        toml = to / "mug" / "blank.toml"
        toml.write_text("\n".join([toml.read_text("utf-8"), *self._toml()]), "utf-8")
        return to

    def possible(self, chosen: Mapping[str, str]) -> bool:
        """Whether a product has all of these."""
        return bool(self._solver.solve(assumptions=[self._literals[pair] for pair in chosen.items()]))

    def contradicts(self, rules: Sequence[str], chosen: Sequence[Pair]) -> bool:
        """Whether some rules, by their sentences, leave no product with these values."""
        clauses = [clause for said, clause in zip(self._sentences(), self._apart(), strict=True) if said in rules]
        with Solver(name="cadical153", bootstrap_with=[*self._one_each(), *clauses]) as solver:
            return not solver.solve(assumptions=[self._literals[pair] for pair in chosen])

    def fewest_changes(self, item: Pair, chosen: Mapping[str, str], most: int) -> int:
        """How many own choices must be given up at least to take a value; `most` is enough."""
        others = [key for key in chosen if key != item[0]]
        for many in range(most):
            for given_up in combinations(others, many):
                kept = {key: chosen[key] for key in others if key not in given_up}
                if self.possible({**kept, item[0]: item[1]}):
                    return many
        return most

    def completions(self, chosen: Mapping[str, str]) -> list[dict[str, str]]:
        """Every product with these values, by trying all that is open."""
        still_open = [key for key in self.options if key not in chosen]
        ways = product(self.values, repeat=len(still_open))
        tried = ({**chosen, **dict(zip(still_open, way, strict=True))} for way in ways)
        return [each for each in tried if not any(all(each[k] == v for k, v in rule) for rule in self.rules)]

    def price(self, configuration: Mapping[str, Any]) -> int:
        """What the added options of a product cost, in cents."""
        return sum(prices[int(configuration[key][1:])] for key, prices in self.options.items())

    def least_price(self, *, dearest: bool = False) -> int:
        """The least (or the most) that the added options of any product cost, by maximum satisfiability."""
        problem, sign = WCNF(), -1 if dearest else 1
        for clause in [*self._one_each(), *self._apart()]:
            problem.append(clause)
        for (key, value), literal in self._literals.items():
            problem.append([-literal], weight=1000 + sign * self.options[key][int(value[1:])])
        with RC2(problem) as solving:
            model = set(solving.compute())
        return self.price({key: value for (key, value), literal in self._literals.items() if literal in model})

    def _three(self, rng: random.Random) -> tuple[Pair, ...]:
        return tuple((key, f"v{rng.randrange(1, VALUES)}") for key in rng.sample(sorted(self.options), 3))

    def _one_each(self) -> list[list[int]]:
        clauses = []
        for key in self.options:
            literals = [self._literals[key, value] for value in self.values]
            clauses += [literals, *([-one, -other] for one, other in combinations(literals, 2))]
        return clauses

    def _apart(self) -> list[list[int]]:
        return [[-self._literals[pair] for pair in rule] for rule in self.rules]

    def _sentences(self) -> list[str]:
        return [f"The three of rule {number} do not fit." for number in range(len(self.rules))]

    def _toml(self) -> Iterator[str]:
        for key, prices in self.options.items():
            values = ", ".join(
                f'{{ key = "v{at}", label = "{key} value {at}", price = "{price / 100:.2f}" }}'
                for at, price in enumerate(prices)
            )
            yield f'[option.{key}]\naspect = "taste"\nlabel = "Option {key}"\none_of = [{values}]\n'
        for sentence, rule in zip(self._sentences(), self.rules, strict=True):
            one, two, three = (f"{key} = {value}" for key, value in rule)
            yield f'[[rule]]\nbecause = "{sentence}"\nwhen = "{one} and {two}"\nrequire = "not ({three})"\n'
