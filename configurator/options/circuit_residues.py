"""Exact counts of a large circuit by residues, in machine code.

It counts modulo many primes at once; the Chinese remainder theorem joins what they say into one whole number. The
product of the primes is larger than any count can be.
Source: D. E. Knuth, The Art of Computer Programming 2, 4.3.2, modular arithmetic.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from math import isqrt, prod

import numpy as np
from numpy.typing import NDArray

from configurator.options.circuit import Circuit, contradictory, literals_in
from configurator.options.circuit_counting import Counted
from configurator.options.counting_loops import BITS, models_left

FARTHEST = 1 << 14
MOST_CELLS = 1 << 24
"""More residues than these (64 MB) are not kept; such a circuit is counted in whole numbers."""
_DEAD, _LOOSE = 1, 2


class TooManyResidues(Exception):
    """The counts of a circuit are too large for its residues to be kept."""


class Residues:
    """Models of a circuit by weight, as `Counted` counts them; safe to share between threads.

    Raises TooManyResidues.
    """

    def __init__(self, circuit: Circuit, weights: Mapping[int, int]) -> None:
        counted = Counted(circuit, weights)
        self._circuit = circuit
        self._weights = weights
        self._primes = _primes_beyond(counted.count(()), weights.values())
        if not self._primes or len(self._primes) * len(circuit.homes) > MOST_CELLS:
            raise TooManyResidues
        self._below = np.array([(1 << BITS) - prime for prime in self._primes], dtype=np.int64)
        self._shares = _shares(self._primes)
        free = [[literal for literal in literals_in(mask) if literal > 0] for mask in circuit.free]
        self._rows = _starts(circuit.ways), _rows(circuit.children), _rows(free)
        self._usual = self._residues(counted.values), self._residues(self._alone(free)).astype(np.int32)
        self._ratios: dict[int, NDArray[np.int64]] = {}

    def count(self, fixed: Sequence[int]) -> int:
        """The models that have all of what is fixed."""
        if contradictory(fixed):
            return 0
        literals = list(dict.fromkeys(fixed))
        branches = np.zeros(len(self._circuit.homes), dtype=np.uint8)
        rows = np.full(self._circuit.variables + 1, -1, dtype=np.int64)
        for row, literal in enumerate(literals):
            branches[self._circuit.leaving.get(abs(literal), [])] |= _LOOSE
            rows[abs(literal)] = row
        for literal in literals:
            branches[self._circuit.having.get(-literal, [])] |= _DEAD
        ratios = np.array([self._ratio(literal) for literal in literals], dtype=np.int64)
        ratios = ratios.reshape(len(literals), len(self._primes))
        values = models_left(self._rows, self._usual, (branches, rows), ratios, self._below)
        found: list[int] = values[-1].tolist()
        return sum(each * share for each, share in zip(found, self._shares, strict=True)) % prod(self._primes)

    def _alone(self, free: Sequence[Sequence[int]]) -> Iterator[int]:
        """What each branch counts by itself: the weights of its literals, and the ways of what it leaves open."""
        for literals, left_open in zip(self._circuit.literals, free, strict=True):
            own = prod(self._weights.get(literal, 1) for literal in literals)
            yield own * prod(self._weights.get(variable, 1) + 1 for variable in left_open)

    def _residues(self, numbers: Iterable[int]) -> NDArray[np.int64]:
        known: dict[int, list[int]] = {}
        rows = []
        for number in numbers:
            if number not in known:
                known[number] = [number % prime for prime in self._primes]
            rows.append(known[number])
        return np.array(rows, dtype=np.int64)

    def _ratio(self, literal: int) -> NDArray[np.int64]:
        """What a variable that is left open counts when it is fixed, in parts of what it counts otherwise."""
        if literal not in self._ratios:
            usual, now = self._weights.get(abs(literal), 1) + 1, self._weights.get(literal, 1) if literal > 0 else 1
            ratios = [now * pow(usual, -1, prime) % prime for prime in self._primes]
            self._ratios[literal] = np.array(ratios, dtype=np.int64)
        return self._ratios[literal]


def _primes_beyond(most: int, weights: Iterable[int]) -> tuple[int, ...]:
    """Primes whose product is larger than a number; none divides a weight plus one. Empty if there are too few."""
    taken, product = [], 1
    factors = {2, *(weight + 1 for weight in weights)}
    for prime in _primes():
        if all(factor % prime for factor in factors):
            taken.append(prime)
            product *= prime
            if product > most:
                return tuple(taken)
    return ()


@cache
def _primes() -> tuple[int, ...]:
    """The primes that are at most so far below 2**31, the largest first."""
    top = 1 << BITS
    composite = bytearray(FARTHEST + 1)
    for divisor in range(2, isqrt(top) + 1):
        for far in range(top % divisor, FARTHEST + 1, divisor):
            composite[far] = 1
    return tuple(top - far for far in range(1, FARTHEST + 1) if not composite[far])


def _shares(primes: Sequence[int]) -> list[int]:
    """By prime: the number that leaves 1 there and 0 at the others."""
    whole = prod(primes)
    return [whole // prime * pow(whole // prime, -1, prime) for prime in primes]


def _starts(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Where each row begins when all stand one after the other, and where the last one ends."""
    return np.array([0, *accumulate(map(len, rows))], dtype=np.int64)


def _rows(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = _starts(rows)
    return starts, np.fromiter((each for row in rows for each in row), dtype=np.int64, count=int(starts[-1]))
