"""The loop of counting by residues, compiled. Rows are (starts, entries); children stand before parents.

Written plainly, with one loop inside the other: what compiles well. Shapes: branches B, nodes N, variables V, primes K.
"""

import numpy as np
from numpy.typing import NDArray

from configurator.compiled import compiled

Ints = NDArray[np.int64]
Halves = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Rows = tuple[Ints, Ints]

BITS = 31
_LOW = (1 << BITS) - 1


@compiled
def models_left(  # noqa: C901, PLR0912 - compiled whole
    circuit: tuple[Ints, Rows, Rows],
    usual: tuple[Ints, Halves],
    states: tuple[Bytes, Ints],
    ratios: Ints,
    below: Ints,
) -> Ints:
    """The residues (N x K) of the models of every node under what is fixed; not always below the prime.

    usual: residues of the nodes (N x K), and of every branch by itself (B x K), while nothing is fixed; nodes that
    nothing changes keep theirs. states: of each branch (B) 1 if it contradicts what is fixed, 2 if it leaves some of
    that open; of each variable (V) the row of `ratios` by which an open one counts otherwise, or -1. below: how far
    each prime (K) is below 2**31; at most 2**14.
    """
    ways, (child_starts, children), (free_starts, free) = circuit
    values, products = usual[0].copy(), usual[1]
    branches, rows = states
    nodes, primes = len(ways) - 1, len(below)
    changed = np.zeros(nodes, dtype=np.uint8)
    left = np.empty(primes, dtype=np.int64)
    total = np.empty(primes, dtype=np.int64)
    for node in range(nodes):
        touched = False
        for branch in range(ways[node], ways[node + 1]):
            touched = touched or branches[branch] > 0
            for at in range(child_starts[branch], child_starts[branch + 1]):
                touched = touched or changed[children[at]] > 0
            if touched:
                break
        if not touched:
            continue
        changed[node] = 1
        total[:] = 0
        for branch in range(ways[node], ways[node + 1]):
            if branches[branch] & 1:
                continue
            for prime in range(primes):
                left[prime] = products[branch, prime]
            for at in range(child_starts[branch], child_starts[branch + 1]):
                child = children[at]
                for prime in range(primes):
                    wide = left[prime] * values[child, prime]
                    wide = (wide >> BITS) * below[prime] + (wide & _LOW)
                    left[prime] = (wide >> BITS) * below[prime] + (wide & _LOW)
            if branches[branch]:
                for at in range(free_starts[branch], free_starts[branch + 1]):
                    row = rows[free[at]]
                    if row >= 0:
                        for prime in range(primes):
                            wide = left[prime] * ratios[row, prime]
                            wide = (wide >> BITS) * below[prime] + (wide & _LOW)
                            left[prime] = (wide >> BITS) * below[prime] + (wide & _LOW)
            for prime in range(primes):
                total[prime] += left[prime]
        for prime in range(primes):
            wide = (total[prime] >> BITS) * below[prime] + (total[prime] & _LOW)
            values[node, prime] = (wide >> BITS) * below[prime] + (wide & _LOW)
    return values
