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
NEVER = 1 << 61
"""More than any cost that one number holds; twice of it still fits."""


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
def ruled_out(fixed: Ints, rivals: Rows, places: int) -> Bytes:
    """The places (P) that a rival of is among those fixed (F)."""
    against = np.zeros(places, dtype=np.uint8)
    for place in fixed:
        for at in range(rivals[0][place], rivals[0][place + 1]):
            against[rivals[1][at]] = 1
    return against


@compiled
def held_against(fixed: Ints, cases: Words, rivals: Rows, places: int) -> Words:
    """By place the cases (P x W bits) in which it cannot hold: those (F x W) in which a rival of it is fixed (F)."""
    against = np.zeros((places, cases.shape[1]), dtype=np.uint64)
    for number in range(len(fixed)):
        for at in range(rivals[0][fixed[number]], rivals[0][fixed[number] + 1]):
            for word in range(cases.shape[1]):
                against[rivals[1][at], word] |= cases[number, word]
    return against


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
def least_numbers(circuit: tuple[Ints, Rows, Rows], against: Bytes, spent: Ints) -> tuple[int, Ints]:  # noqa: C901 - compiled whole
    """The least cost of a model that has none of the places `against` (P), and the best branch of every node (N).

    -1 when there is no such model. spent: cost by place (P); all together are less than NEVER. Of equal branches the
    first is taken.
    """
    ways, (child_starts, children), (owner_starts, owners) = circuit
    nodes = len(ways) - 1
    own = np.zeros(len(child_starts) - 1, dtype=np.int64)
    for place in range(len(against)):
        for at in range(owner_starts[place], owner_starts[place + 1]):
            own[owners[at]] += spent[place]
            if against[place]:
                own[owners[at]] = NEVER
    values = np.zeros(nodes, dtype=np.int64)
    best = np.full(nodes, -1, dtype=np.int64)
    for node in range(nodes):
        least = np.int64(NEVER)
        for branch in range(ways[node], ways[node + 1]):
            cost = own[branch]
            for at in range(child_starts[branch], child_starts[branch + 1]):
                if cost >= least:
                    break
                cost += values[children[at]]
            if cost < least:
                least = cost
                best[node] = branch
        values[node] = least
    return values[nodes - 1] if best[nodes - 1] >= 0 else -1, best


@compiled
def least_limbs(  # noqa: C901, PLR0912 - compiled whole
    circuit: tuple[Ints, Rows, Rows], against: Bytes, spent: Ints
) -> tuple[Ints, Ints]:
    """As least_numbers, of costs of any size: limbs by place (P x L), the least ones first; empty for no model."""
    ways, (child_starts, children), (owner_starts, owners) = circuit
    nodes, limbs = len(ways) - 1, spent.shape[1]
    dead = np.zeros(len(child_starts) - 1, dtype=np.uint8)
    own = np.zeros((len(child_starts) - 1, limbs), dtype=np.int64)
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
    least: Ints = values[nodes - 1]
    return least if best[nodes - 1] >= 0 else cost[:0], best


@compiled
def take_best(circuit: tuple[Rows, Rows], best: Ints, costly: Bytes, taken: Bytes) -> None:
    """Mark the places (P) of the model that the best branches make; a variable nobody speaks of is taken cheaply."""
    (literal_starts, literals), (child_starts, children) = circuit
    chosen = np.zeros(len(best), dtype=np.uint8)
    chosen[len(best) - 1] = 1
    for node in range(len(best) - 1, -1, -1):
        if chosen[node]:
            branch = best[node]
            for at in range(literal_starts[branch], literal_starts[branch + 1]):
                taken[literals[at]] = 1
            for at in range(child_starts[branch], child_starts[branch + 1]):
                chosen[children[at]] = 1
    for variable in range(1, len(taken) // 2):
        if not taken[2 * variable] and not taken[2 * variable + 1]:
            taken[2 * variable if costly[2 * variable + 1] else 2 * variable + 1] = 1
