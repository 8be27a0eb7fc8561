"""Compiled: a few sheets at a time are laid anew, so that one of them gets emptier and at last is not needed."""

import numpy as np

from configurator.compiled import compiled
from configurator.production.search.chance import draw
from configurator.production.search.group import Floats, Ints
from configurator.production.search.spaces import RULES, Sheets, lay

FEW = 4
"""Sheets that are laid anew together at most."""

EVEN = 10_000
"""How finely chances are drawn."""


@compiled
def emptied(s: Sheets, few: Sheets, sheets: int, work: int, bound: int) -> int:
    """Lay a few sheets of `s` anew, and again, until the work (rectangles laid) is used up; sheets used then.

    A layout of them is taken if it fills them more unevenly (see `lay`), or hardly less. few: FEW sheets for the same
    rectangles, to try on. bound: sheets that cannot do with less, where it ends.
    """
    chosen, items, keys = s.spaces[:FEW].copy(), s.place[:, 0].copy(), np.empty(len(s.place))
    used = 0
    while used < work and sheets > max(bound, 1):
        count = min(sheets, 2 + draw(s.luck, FEW - 1))
        _choose(s, chosen, count, sheets)
        order = _order(s, items[: _gathered(s, chosen[:count], items)], keys)
        used += len(order) + len(s.place) // 16
        now = _uneven(s, chosen[:count])
        needed, filled = lay(few, order, draw(s.luck, RULES), count)
        chance = draw(s.luck, EVEN) / EVEN
        if needed < count or (needed == count and filled >= now * (1 - 0.01 * chance * chance * chance * chance)):
            _take_over(s, few, order, chosen)
            for n in range(count):
                s.rest[chosen[n]] = few.rest[n] if n < needed else s.size[0] * s.size[1]
            for _ in range(count - needed):
                _close(s, sheets)
                sheets -= 1
    return sheets


@compiled
def _choose(s: Sheets, chosen: Ints, count: int, sheets: int) -> None:
    """So many different sheets, every other time the emptiest among them."""
    for n in range(count):
        one = s.rest[:sheets].argmax() if n == 0 and draw(s.luck, 2) else draw(s.luck, sheets)
        while one in chosen[:n]:
            one = draw(s.luck, sheets)
        chosen[n] = one


@compiled
def _gathered(s: Sheets, chosen: Ints, items: Ints) -> int:
    """Put the rectangles of these sheets first among the items; how many there are."""
    found = 0
    for item in range(len(s.place)):
        for sheet in chosen:
            if s.place[item, 0] == sheet:
                items[found] = item
                found += 1
    return found


@compiled
def _order(s: Sheets, items: Ints, keys: Floats) -> Ints:
    """The items, the largest about first."""
    for n in range(len(items)):
        area = s.sizes[items[n], 0] * s.sizes[items[n], 1]
        keys[n] = -area * (0.4 + draw(s.luck, EVEN) / EVEN)
    return items[np.argsort(keys[: len(items)], kind="mergesort")]


@compiled
def _uneven(s: Sheets, chosen: Ints) -> float:
    uneven, whole = 0.0, s.size[0] * s.size[1]
    for sheet in chosen:
        uneven += (1.0 - s.rest[sheet] / whole) ** 2
    return uneven


@compiled
def _take_over(s: Sheets, few: Sheets, order: Ints, chosen: Ints) -> None:
    for item in order:
        s.place[item] = few.place[item]
        s.place[item, 0] = chosen[few.place[item, 0]]


@compiled
def _close(s: Sheets, sheets: int) -> None:
    """Take an empty sheet away: the last one gets its number."""
    whole, empty = s.size[0] * s.size[1], sheets - 1
    for n in range(sheets):
        if s.rest[n] == whole:
            empty = n
    for item in range(len(s.place)):
        if s.place[item, 0] == sheets - 1:
            s.place[item, 0] = empty
    s.rest[empty] = s.rest[sheets - 1]
    s.rest[sheets - 1] = 0
