"""The loops over a large circuit's branches, compiled. Rows are (starts, entries); children stand before parents.

Written plainly, with one loop inside the other: what compiles well. Shapes: branches B, nodes N, places P, words W.
"""

import numpy as np
from numpy.typing import NDArray

from configurator.compiled import compiled

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Rows = tuple[Ints, Ints]
_CARRY = 40
_FULL = (1 << _CARRY) - 1


@compiled
def open_branches(circuit: tuple[Ints, Rows, Rows], against: Bytes) -> Bytes:  # noqa: C901, PLR0912 - compiled whole
    """Branches (B) in some model that has none of the places `against` (P); empty when there is no such model."""
    ways, (child_starts, children), (owner_starts, owners) = circuit
    nodes = len(ways) - 1
    dead = np.zeros(len(child_starts) - 1, dtype=np.uint8)
    for place in range(len(against)):
        if against[place]:
            for at in range(owner_starts[place], owner_starts[place + 1]):
                dead[owners[at]] = 1
    branches = np.zeros(len(child_starts) - 1, dtype=np.uint8)
    holds = np.zeros(nodes, dtype=np.uint8)
    for node in range(nodes):
        for branch in range(ways[node], ways[node + 1]):
            good = not dead[branch]
            if good:
                for at in range(child_starts[branch], child_starts[branch + 1]):
                    if not holds[children[at]]:
                        good = False
                        break
            if good:
                branches[branch] = 1
                holds[node] = 1
    if not holds[nodes - 1]:
        return branches[:0]
    reached = np.zeros(nodes, dtype=np.uint8)
    reached[nodes - 1] = 1
    for node in range(nodes - 1, -1, -1):
        for branch in range(ways[node], ways[node + 1]):
            if not reached[node]:
                branches[branch] = 0
            elif branches[branch]:
                for at in range(child_starts[branch], child_starts[branch + 1]):
                    reached[children[at]] = 1
    return branches


@compiled
def seen_places(branches: Bytes, literals: Rows, free: Rows, places: int) -> Bytes:
    """The places (P) of the open branches, with both of every variable that an open branch leaves free."""
    seen = np.zeros(places, dtype=np.uint8)
    for branch in range(len(branches)):
        if branches[branch]:
            for at in range(literals[0][branch], literals[0][branch + 1]):
                seen[literals[1][at]] = 1
            for at in range(free[0][branch], free[0][branch + 1]):
                seen[2 * free[1][at]] = 1
                seen[2 * free[1][at] + 1] = 1
    return seen


@compiled
def open_cases(  # noqa: C901 - compiled whole
    circuit: tuple[Ints, Rows, Rows, Rows], against: Words, everywhere: Words
) -> Words:
    """For each place the cases (P x W bits) in which some model has it; a case has none of the places against it."""
    ways, (literal_starts, literals), (child_starts, children), (free_starts, free) = circuit
    nodes, words = len(ways) - 1, len(everywhere)
    cases = np.zeros((len(literal_starts) - 1, words), dtype=np.uint64)
    holds = np.zeros((nodes, words), dtype=np.uint64)
    for node in range(nodes):
        for branch in range(ways[node], ways[node + 1]):
            for word in range(words):
                left = everywhere[word]
                for at in range(literal_starts[branch], literal_starts[branch + 1]):
                    left &= ~against[literals[at], word]
                for at in range(child_starts[branch], child_starts[branch + 1]):
                    left &= holds[children[at], word]
                cases[branch, word] = left
                holds[node, word] |= left
    reached = np.zeros((nodes, words), dtype=np.uint64)
    reached[nodes - 1] = holds[nodes - 1]
    seen = np.zeros(against.shape, dtype=np.uint64)
    for node in range(nodes - 1, -1, -1):
        for branch in range(ways[node], ways[node + 1]):
            for word in range(words):
                left = cases[branch, word] & reached[node, word]
                if left:
                    for at in range(child_starts[branch], child_starts[branch + 1]):
                        reached[children[at], word] |= left
                    for at in range(literal_starts[branch], literal_starts[branch + 1]):
                        seen[literals[at], word] |= left
                    for at in range(free_starts[branch], free_starts[branch + 1]):
                        seen[2 * free[at], word] |= left
                        seen[2 * free[at] + 1, word] |= left
    return seen


@compiled
def cheapest_places(  # noqa: C901, PLR0912 - compiled whole
    circuit: tuple[Ints, Rows, Rows, Rows], against: Bytes, spent: Ints, taken: Bytes
) -> Ints:
    """The least cost (limbs) of a model that has none of the places `against` (P); empty when there is no such model.

    The places of the model are marked in `taken` (P).

    spent: limbs by place. Of equal branches the first is taken; a variable nobody speaks of takes its cheaper place.
    """
    ways, (literal_starts, literals), (child_starts, children), (owner_starts, owners) = circuit
    nodes, limbs = len(ways) - 1, spent.shape[1]
    dead = np.zeros(len(literal_starts) - 1, dtype=np.uint8)
    own = np.zeros((len(literal_starts) - 1, limbs), dtype=np.int64)
    for place in range(len(against)):
        costs = False
        for limb in range(limbs):
            costs = costs or spent[place, limb] > 0
        if costs or against[place]:
            for at in range(owner_starts[place], owner_starts[place + 1]):
                if against[place]:
                    dead[owners[at]] = 1
                for limb in range(limbs):
                    own[owners[at], limb] += spent[place, limb]
    values = np.zeros((nodes, limbs), dtype=np.int64)
    best = np.full(nodes, -1, dtype=np.int64)
    cost = np.zeros(limbs, dtype=np.int64)
    for node in range(nodes):
        for branch in range(ways[node], ways[node + 1]):
            good = not dead[branch]
            if good:
                for at in range(child_starts[branch], child_starts[branch + 1]):
                    if best[children[at]] < 0:
                        good = False
                        break
            if not good:
                continue
            for limb in range(limbs):
                cost[limb] = own[branch, limb]
            for at in range(child_starts[branch], child_starts[branch + 1]):
                for limb in range(limbs):
                    cost[limb] += values[children[at], limb]
            for limb in range(limbs - 1):
                cost[limb + 1] += cost[limb] >> _CARRY
                cost[limb] &= _FULL
            less = best[node] < 0
            if not less:
                for limb in range(limbs - 1, -1, -1):
                    if cost[limb] != values[node, limb]:
                        less = cost[limb] < values[node, limb]
                        break
            if less:
                best[node] = branch
                values[node] = cost
    if best[nodes - 1] < 0:
        return cost[:0]
    chosen = np.zeros(nodes, dtype=np.uint8)
    chosen[nodes - 1] = 1
    for node in range(nodes - 1, -1, -1):
        if chosen[node]:
            branch = best[node]
            for at in range(literal_starts[branch], literal_starts[branch + 1]):
                taken[literals[at]] = 1
            for at in range(child_starts[branch], child_starts[branch + 1]):
                chosen[children[at]] = 1
    for variable in range(1, len(taken) // 2):
        if not taken[2 * variable] and not taken[2 * variable + 1]:
            dear = False
            for limb in range(limbs):
                dear = dear or spent[2 * variable + 1, limb] > 0
            taken[2 * variable if dear else 2 * variable + 1] = 1
    least: Ints = values[nodes - 1]
    return least
