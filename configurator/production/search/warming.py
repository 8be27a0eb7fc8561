"""Compile every search, or load what was compiled before: to be done once, before anybody waits for a plan."""

import subprocess
import sys
from functools import cache

import numpy as np

from configurator.production.search.deciding import plan
from configurator.production.search.group import BARE, Group
from configurator.production.search.lots import Lots, arranged
from configurator.production.search.packing import pack
from configurator.production.search.replanning import replan


@cache
def warm() -> None:
    """After this, plans take only their own time; it takes half a minute once, and half a second at later starts."""
    _warm_lots()
    _warm_the_rest()


def compile_all() -> None:
    """What `warm` compiles, in two processes that keep it for later ones: installing takes two thirds of the time."""
    with subprocess.Popen([sys.executable, "-m", __name__]):  # noqa: S603 - this very module
        _warm_the_rest()
    warm()


def _warm_lots() -> None:
    """The annealing, which plans use too."""
    arranged(Lots([0], [1.0], [[1.0]], [[0.0]], [0.0], [0], 1.0), [[[0]]], 100)


def _warm_the_rest() -> None:
    pack([(1, 1), (2, 1)], (2, 2), turn=True, seed=1, steps=1)
    one, two = np.ones(1), np.ones(2)
    group = Group(np.zeros(2, np.int64), two, two, two, np.zeros((1, 1)), one, one, np.full(1, BARE, np.int64))
    replan(group, plan(group, seed=1, budget=10_000).order, seed=1, budget=100)


if __name__ == "__main__":
    _warm_lots()
