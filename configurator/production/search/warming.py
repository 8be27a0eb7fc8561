"""Compile every search, or load what was compiled before: to be done once, before anybody waits for a plan."""

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
    one, two = np.ones(1), np.ones(2)
    group = Group(np.zeros(2, np.int64), two, two, two, np.zeros((1, 1)), one, one, np.full(1, BARE, np.int64))
    replan(group, plan(group, seed=1, budget=10_000).order, seed=1, budget=100)
    pack([(1, 1), (2, 1)], (2, 2), turn=True, seed=1, steps=1)
    arranged(Lots([0], [1.0], [[1.0]], [[0.0]], [0.0], [0], 1.0), [[[0]]], 100)
