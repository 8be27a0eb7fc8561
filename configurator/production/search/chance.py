"""Compiled: chance from a seed, the same on every machine: Lehmer's generator with 48271 modulo 2**31 - 1."""

from configurator.compiled import compiled
from configurator.production.search.group import Ints

MODULUS = 2**31 - 1


@compiled
def draw(luck: Ints, below: int) -> int:
    """A whole number from 0 to below - 1; luck: the state, one number from 1 to MODULUS - 1."""
    product = luck[0] * 48271
    state = (product & MODULUS) + (product >> 31)
    if state >= MODULUS:
        state -= MODULUS
    luck[0] = state
    return (state * below) >> 31
