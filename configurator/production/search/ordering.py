"""Compiled: in which order rectangles are laid down, so that they take the fewest sheets."""

from configurator.compiled import compiled
from configurator.production.search.chance import draw
from configurator.production.search.group import Ints
from configurator.production.search.spaces import RULES, Sheets, lay

EVEN = 10_000
"""How finely the chance to accept a slightly worse order is drawn."""


@compiled
def ordered(s: Sheets, starts: Ints, steps: int, bound: int) -> tuple[Ints, int]:
    """The best order found, and the rule it is laid by: the best start, changed step by step.

    starts (m, n): orders to start from; bound: sheets that cannot do with less, where the search ends.
    """
    best, rule, sheets, uneven = _best_start(s, starts)
    current, way, now, uneven_now = best.copy(), rule, sheets, uneven
    trial = best.copy()
    for _ in range(steps):
        if sheets <= bound:
            break
        trial[:] = current
        for _ in range(1 + draw(s.luck, 3)):
            _shuffle(s, trial)
        by = way if draw(s.luck, 5) else draw(s.luck, RULES)
        found, filled = lay(s, trial, by, now)
        worse = draw(s.luck, EVEN) / EVEN
        if found < now or (found == now and filled >= uneven_now * (1 - 0.002 * worse * worse * worse * worse)):
            current[:] = trial
            way, now, uneven_now = by, found, filled
            if found < sheets or (found == sheets and filled > uneven):
                best[:] = trial
                rule, sheets, uneven = by, found, filled
    return best, rule


@compiled
def _best_start(s: Sheets, starts: Ints) -> tuple[Ints, int, int, float]:
    """The order that needs fewest sheets by any rule: with that rule, the sheets, and how unevenly they are filled."""
    best, rule, sheets, uneven = starts[0].copy(), 0, len(s.spaces) + 1, 0.0
    for order in starts:
        for way in range(RULES):
            found, filled = lay(s, order, way, min(len(s.spaces), sheets))
            if found < sheets or (found == sheets and filled > uneven):
                best, rule, sheets, uneven = order.copy(), way, found, filled
    return best, rule, sheets, uneven


@compiled
def _shuffle(s: Sheets, order: Ints) -> None:
    """Two change places, or one comes earlier; often one that lay on a late sheet."""
    count = len(order)
    a = draw(s.luck, count)
    if draw(s.luck, 2):
        a = _later(s, order, _later(s, order, a, draw(s.luck, count)), draw(s.luck, count))
    if draw(s.luck, 2):
        b = draw(s.luck, count)
        order[a], order[b] = order[b], order[a]
        return
    b = max(0, a - 1 - draw(s.luck, max(1, count // 3)))
    one = order[a]
    for n in range(a, b, -1):
        order[n] = order[n - 1]
    order[b] = one


@compiled
def _later(s: Sheets, order: Ints, a: int, b: int) -> int:
    """Which of two was laid on the later sheet."""
    return a if s.place[order[a], 0] >= s.place[order[b], 0] else b
