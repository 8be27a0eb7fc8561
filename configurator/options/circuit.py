"""A d-DNNF circuit: decisions over branches, each branch a conjunction of literals and further decisions.

Branches of a node exclude each other (deterministic); a branch's literals and children speak of different variables
(decomposable). It is not smooth: `missing` are the variables a node speaks of and a branch leaves open.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Mask = int
"""A set of literals as bits: 2 * variable for the variable, 2 * variable + 1 for its negation."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the ways of a node: literals that hold, and nodes (by number) that are decided further."""

    literals: tuple[int, ...]
    children: tuple[int, ...]


def bit(literal: int) -> Mask:
    """The bit of a literal."""
    return 1 << (2 * literal if literal > 0 else 1 - 2 * literal)


def mask_of(literals: Iterable[int]) -> Mask:
    """The bits of some literals."""
    mask = 0
    for literal in literals:
        mask |= bit(literal)
    return mask


def contradictory(literals: Collection[int]) -> bool:
    """Whether a literal stands beside its negation."""
    return len(literals) > 1 and not {-literal for literal in literals}.isdisjoint(literals)


def both(variables: Iterable[int]) -> Mask:
    """The bits of some variables and of their negations."""
    mask = 0
    for variable in variables:
        mask |= 3 << (2 * variable)
    return mask


def literals_in(mask: Mask) -> list[int]:
    """The literals of a mask, by variable."""
    found = []
    while mask:
        low = (mask & -mask).bit_length() - 1
        found.append(low // 2 if low % 2 == 0 else -(low // 2))
        mask &= mask - 1
    return found


class Circuit:
    """Nodes in an order in which children stand before their parents; the last one is the root, and has one branch.

    Nodes that the root does not reach (a compiler leaves them where it gave a branch up) are dropped.
    Branches are numbered through: `homes[b]` is the node of branch b, `literals[b]` and `children[b]` are its own,
    `free[b]` are its missing variables (both bits of each). `ways[n]` are the branches of a node, `steps[n]` the same
    with their children, `parents[n]` the branches that lead to it.
    """

    def __init__(self, variables: int, nodes: Sequence[tuple[Branch, ...]]) -> None:
        self.variables = variables
        self.nodes = _reached(nodes)
        self.root = len(self.nodes) - 1
        branches = [(node, branch) for node, ways in enumerate(self.nodes) for branch in ways]
        self.homes = [node for node, _ in branches]
        self.literals = [branch.literals for _, branch in branches]
        self.children = [branch.children for _, branch in branches]
        self.ways: list[list[int]] = [[] for _ in self.nodes]
        self.parents: list[list[int]] = [[] for _ in self.nodes]
        for number, (node, branch) in enumerate(branches):
            self.ways[node].append(number)
            for child in branch.children:
                self.parents[child].append(number)
        self.steps = [[(way, self.children[way]) for way in ways] for ways in self.ways]
        self.free = self._missing()
        self.having = _by_literal(self.literals)
        self.users = [len(parents) for parents in self.parents]
        self.users[self.root] += 1

    @cached_property
    def masks(self) -> list[Mask]:
        """What each branch can contain by itself; a large circuit is swept without them."""
        return [mask_of(literals) | free for literals, free in zip(self.literals, self.free, strict=True)]

    @property
    def edges(self) -> int:
        """Ties between branches and the nodes below them, and branches that end."""
        return sum(max(1, len(children)) for children in self.children)

    @cached_property
    def leaving(self) -> Mapping[int, list[int]]:
        """Variable -> the branches that leave it open while their node speaks of it."""
        return _by_literal([[literal for literal in literals_in(free) if literal > 0] for free in self.free])

    @cached_property
    def flat(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The places in a mask (see `bit`) of all branches' literals in a row, and where each branch starts.

        Every branch starts with place 0, which no literal has, so that none is empty.
        """
        rows = [[0, *(2 * at if at > 0 else 1 - 2 * at for at in literals)] for literals in self.literals]
        lengths = [len(row) for row in rows]
        starts = np.cumsum([0, *lengths[:-1]], dtype=np.int64)
        return np.fromiter((place for row in rows for place in row), dtype=np.int64, count=sum(lengths)), starts

    def _missing(self) -> list[Mask]:
        """For every branch the variables that its node speaks of and it does not."""
        speaks: list[Mask] = []
        free: list[Mask] = []
        everything = both(range(1, self.variables + 1))
        for node, ways in enumerate(self.ways):
            said = []
            for number in ways:
                mask = both(abs(literal) for literal in self.literals[number])
                for child in self.children[number]:
                    mask |= speaks[child]
                said.append(mask)
            all_said = everything
            if node != self.root:
                all_said = 0
                for mask in said:
                    all_said |= mask
            speaks.append(all_said)
            free += [all_said & ~mask for mask in said]
        return free


def _reached(nodes: Sequence[tuple[Branch, ...]]) -> tuple[tuple[Branch, ...], ...]:
    """The nodes that the root, the last one, leads to; numbered anew where some are left out."""
    reached = bytearray(len(nodes))
    reached[-1] = 1
    for node in range(len(nodes) - 1, -1, -1):
        if reached[node]:
            for branch in nodes[node]:
                for child in branch.children:
                    reached[child] = 1
    if all(reached):
        return tuple(nodes)
    numbers = list(accumulate(reached, initial=0))
    return tuple(
        tuple(Branch(branch.literals, tuple(numbers[child] for child in branch.children)) for branch in ways)
        for ways, there in zip(nodes, reached, strict=True)
        if there
    )


def _by_literal(owned: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """Literal -> the numbers of its owners."""
    owners: dict[int, list[int]] = {}
    for number, literals in enumerate(owned):
        for literal in literals:
            owners.setdefault(literal, []).append(number)
    return owners
