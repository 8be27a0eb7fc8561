"""The loop that finds the cheapest model with each of some literals at once, compiled. Rows as in circuit_loops."""

import numpy as np

from configurator.compiled import compiled
from configurator.options.circuit_loops import NEVER, Bytes, Ints, Rows, take_best


@compiled
def least_with_each(  # noqa: C901, PLR0912 - compiled whole
    circuit: tuple[Ints, Rows, Rows, Rows], spent: Ints, asked: Ints
) -> tuple[Bytes, Bytes]:
    """For each asked place (A) whether some model has it (A), and the places of the cheapest that has it (A x P).

    spent: cost by place (P); all together are less than NEVER. One sweep up finds the least that every node costs, one
    down the least that everything beside it costs: the cheapest model with a literal goes through the branch for which
    both together are least.
    """
    ways, (literal_starts, literals), (child_starts, children), (free_starts, free) = circuit
    nodes, branches, root = len(ways) - 1, len(child_starts) - 1, len(ways) - 2
    whole = np.zeros(branches, dtype=np.int64)
    homes = np.zeros(branches, dtype=np.int64)
    values = np.zeros(nodes, dtype=np.int64)
    best = np.zeros(nodes, dtype=np.int64)
    for node in range(nodes):
        least = np.int64(NEVER)
        for branch in range(ways[node], ways[node + 1]):
            cost = np.int64(0)
            for at in range(literal_starts[branch], literal_starts[branch + 1]):
                cost += spent[literals[at]]
            for at in range(child_starts[branch], child_starts[branch + 1]):
                cost += values[children[at]]
            whole[branch], homes[branch] = cost, node
            if cost < least:
                least, best[node] = cost, branch
        values[node] = least
    beside = np.full(nodes, NEVER, dtype=np.int64)
    above = np.zeros(nodes, dtype=np.int64)
    beside[root] = 0
    numbers = np.full(len(spent), -1, dtype=np.int64)
    numbers[asked] = np.arange(len(asked))
    found = np.full(len(asked), NEVER, dtype=np.int64)
    through = np.full(len(asked), -1, dtype=np.int64)
    for node in range(root, -1, -1):
        for branch in range(ways[node], ways[node + 1]):
            total = beside[node] + whole[branch]
            for at in range(child_starts[branch], child_starts[branch + 1]):
                child = children[at]
                if total - values[child] < beside[child]:
                    beside[child], above[child] = total - values[child], branch
            for at in range(literal_starts[branch], literal_starts[branch + 1]):
                number = numbers[literals[at]]
                if number >= 0 and total < found[number]:
                    found[number], through[number] = total, branch
            for at in range(free_starts[branch], free_starts[branch + 1]):
                for place in range(2 * free[at], 2 * free[at] + 2):
                    number = numbers[place]
                    if number >= 0 and total + spent[place] < found[number]:
                        found[number], through[number] = total + spent[place], branch
    costly = (spent > 0).astype(np.uint8)
    taken = np.zeros((len(asked), len(spent)), dtype=np.uint8)
    for number in range(len(asked)):
        branch = through[number]
        if branch >= 0:
            chosen = best.copy()
            chosen[homes[branch]] = branch
            while homes[branch] != root:
                branch = above[homes[branch]]
                chosen[homes[branch]] = branch
            taken[number, asked[number]] = 1
            take_best((circuit[1], circuit[2]), chosen, costly, taken[number])
    return (through >= 0).astype(np.uint8), taken
