"""Simple rules, as people plan without a computer: what a plan is compared with, and never worse than."""

from collections.abc import Mapping

import numpy as np

from configurator.production.search.constructing import dealt
from configurator.production.search.group import Group, Ints, Order
from configurator.production.search.pricing import Pricing

BUCKETS = 10
"""Due buckets of the rule: a tenth each of the time that the lines keep all machines busy."""


def simple_rules(pricing: Pricing) -> Mapping[str, Order]:
    """The rules that people know by name, each with the order it gives."""
    group = pricing.group
    return {
        "earliest_due_date": _dealt(pricing, _by_due(group), by_end=False),
        "group_by_family": family_by_family(group),
        "due_bucket_family": _dealt(pricing, _by_bucket(group, BUCKETS), by_end=True),
    }


def variations(pricing: Pricing) -> list[Order]:
    """The same rules as somebody else might mean them; and the shortest first, for where all is late."""
    group = pricing.group
    buckets = [_by_bucket(group, buckets) for buckets in (2, 5, 20)]
    orders = [_by_due(group), *buckets, _by_bucket(group, 1), _shortest_first(group)]
    return [_dealt(pricing, order, by_end=True) for order in orders]


def in_machines(lines: Ints, machine: Ints, machines: int) -> Order:
    """The order of lines of which each is given with its machine."""
    counts = np.bincount(machine, minlength=machines).astype(np.int64)
    return Order(lines[np.argsort(machine, kind="stable")], counts)


def family_by_family(group: Group) -> Order:
    """Families by their earliest due, each whole on the machine that is free first, its lines by due."""
    lines = np.lexsort((np.arange(len(group.due)), group.due, group.family)).astype(np.int64)
    free, standing = group.free.copy(), group.standing_rows.copy()
    parts: list[list[Ints]] = [[] for _ in free]
    own = {int(f): lines[group.family[lines] == f] for f in np.unique(group.family)}
    for family in sorted(own, key=lambda f: (group.due[own[f][0]], f)):
        machine = int(free.argmin())
        again = (len(own[family]) - 1) // group.most if group.most else 0
        setup = group.rows[standing[machine], family] + again * group.setup[family, family]
        free[machine] += setup + group.run[own[family]].sum()
        standing[machine] = family
        parts[machine].append(own[family])
    counts = np.array([sum(len(part) for part in own) for own in parts], np.int64)
    return Order(np.concatenate([part for own in parts for part in own] or [lines]), counts)


def _by_due(group: Group) -> Ints:
    return np.argsort(group.due, kind="stable").astype(np.int64)


def _shortest_first(group: Group) -> Ints:
    """Weight over run minutes, the greatest first (Smith 1956)."""
    return np.argsort(-group.urgency, kind="stable").astype(np.int64)


def _by_bucket(group: Group, buckets: int) -> Ints:
    width = max(group.horizon, 1e-9) / buckets
    return np.lexsort((group.due, group.family, np.floor(group.due / width))).astype(np.int64)


def _dealt(pricing: Pricing, order: Ints, *, by_end: bool) -> Order:
    machine = dealt(pricing.lines, pricing.item_of[order], by_end)[0]
    return in_machines(order, machine, pricing.group.machines)
