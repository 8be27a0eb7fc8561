"""Compiled: a machine's turn as visits of families, searched for; which lines a visit makes follows from their dues."""

from typing import NamedTuple

from configurator.compiled import compiled
from configurator.production.search.chance import draw
from configurator.production.search.group import Floats, Ints
from configurator.production.search.timeline import NEVER

DUE, LATEST, RUN, WEIGHT = range(4)
NOW, TRIAL, BEST, FIRST = range(4)

LONGEST = 5
"""Visits that move together at most."""

FARTHEST = 8
"""Visits that turn round together at most."""


class Visits(NamedTuple):
    """One machine's families and lines, flat, because compiled code is fastest with them.

    lines (n, 4): due, the latest end that is put up with, run, weight; by family and latest end. of (families + 1,):
    where each family's begin. rows (families + 1, families): setup minutes. free, standing: how the machine stands.
    run: minutes of all lines. price of a setup minute; most lines a batch (0: any). order (4, places): families in
    turn, now, on trial, the best and at first; filled (4,): how many. left, head (families,): scratch. part (places,
    2): first and past line of each visit on trial. luck: the state of chance. patience: -log of evenly spread chances.
    """

    lines: Floats
    of: Ints
    rows: Floats
    free: float
    standing: int
    run: float
    price: float
    most: int
    order: Ints
    filled: Ints
    left: Ints
    head: Ints
    part: Ints
    luck: Ints
    patience: Floats


@compiled
def explore(v: Visits, warmth: Floats, hot: int, work: int) -> float:
    """The cheapest of several searches, which is on trial afterwards, with its lines; what it costs.

    warmth (tries, steps): what a change may cost; the first `hot` tries begin with the visits now, the others with
    the best so far. work: for each try.
    """
    _copy(v, NOW, FIRST)
    _copy(v, NOW, TRIAL)
    _copy(v, NOW, BEST)
    best = priced(v, NEVER)
    for n in range(len(warmth)):
        _copy(v, FIRST if n < hot else BEST, NOW)
        best = _try(v, warmth[n], work, best)
    _copy(v, BEST, TRIAL)
    return priced(v, NEVER)


@compiled
def _try(v: Visits, warmth: Floats, work: int, best: float) -> float:
    """Change the visits now until the work is used up; what the best so far cost."""
    used, steps = 0, len(warmth)
    _copy(v, NOW, TRIAL)
    now = priced(v, NEVER)
    while used < work:
        room = warmth[min(steps - 1, used * steps // work)] * v.patience[draw(v.luck, len(v.patience))]
        used += v.filled[NOW] // 8 + 2
        if not _changed(v) or v.price * setup_minutes(v) > now + room:
            continue
        used += v.filled[TRIAL] // 2 + len(v.lines) // 16
        cost = priced(v, now + room)
        if cost <= now + room:
            now = cost
            _copy(v, TRIAL, NOW)
            if cost < best:
                best = cost
                _copy(v, TRIAL, BEST)
    return best


@compiled
def _copy(v: Visits, source: int, target: int) -> None:
    for k in range(v.filled[source]):
        v.order[target, k] = v.order[source, k]
    v.filled[target] = v.filled[source]


@compiled
def setup_minutes(v: Visits) -> float:
    """Setups between the visits on trial."""
    minutes, standing = 0.0, v.standing
    for k in range(v.filled[TRIAL]):
        minutes += v.rows[standing, v.order[TRIAL, k]]
        standing = v.order[TRIAL, k]
    return minutes


@compiled
def priced(v: Visits, limit: float) -> float:
    """What the visits on trial cost, each line in the last visit that still makes it by its latest end.

    That is looked for from the end, which is known: everything runs without a pause. Where batches are limited, the
    end is known once the lines are dealt, so that they may be dealt twice. Above `limit`: anything that is.
    """
    setups = setup_minutes(v)
    again = _least_again(v)
    cost, rest, more = _dealt(v, v.free + v.run + setups + again, limit - v.price * setups)
    if v.most and abs(rest - v.free) > 1e-9:
        cost, rest, more = _dealt(v, v.run + setups + again + 2 * v.free - rest, limit - v.price * setups)
    return cost + v.price * (setups + more)


@compiled
def _least_again(v: Visits) -> float:
    """Setups within visits, as batches are full, if every visit is filled up; counts the visits of each family."""
    v.left[:] = 0
    for k in range(v.filled[TRIAL]):
        v.left[v.order[TRIAL, k]] += 1
    minutes = 0.0
    if v.most:
        for family in range(len(v.left)):
            batches = (v.of[family + 1] - v.of[family] + v.most - 1) // v.most
            minutes += max(0, batches - v.left[family]) * v.rows[family, family]
    return minutes


@compiled
def _dealt(v: Visits, end: float, limit: float) -> tuple[float, float, float]:
    """Cost of lateness, when the first setup would begin, and minutes of setups within visits."""
    _least_again(v)
    for family in range(len(v.head)):
        v.head[family] = v.of[family + 1]
    time, late, more = end, 0.0, 0.0
    for k in range(v.filled[TRIAL] - 1, -1, -1):
        family = v.order[TRIAL, k]
        v.left[family] -= 1
        past, first = v.head[family], v.of[family]
        n, last = past, v.left[family] == 0
        while n > first and (last or v.lines[n - 1, LATEST] >= time):
            n -= 1
            if v.most and past - n > 1 and (past - n) % v.most == (1 if v.most > 1 else 0):
                time -= v.rows[family, family]
                more += v.rows[family, family]
            if time > v.lines[n, DUE]:
                late += v.lines[n, WEIGHT] * (time - v.lines[n, DUE])
            time -= v.lines[n, RUN]
        v.head[family] = n
        v.part[k, 0] = n
        v.part[k, 1] = past
        if late > limit:
            return late, v.free, more
        time -= v.rows[v.order[TRIAL, k - 1] if k else v.standing, family]
    return late, time, more


@compiled
def _changed(v: Visits) -> bool:
    """Put a neighbour of the visits now on trial; false where that has no visit of some family or too many visits."""
    way, count = draw(v.luck, 100), v.filled[NOW]
    i = draw(v.luck, count)
    if way < 25:
        return _without(v, i)
    _copy(v, NOW, TRIAL)
    if way < 40:
        return _with_one(v, draw(v.luck, count + 1), draw(v.luck, len(v.head)))
    if way < 80:
        length = 1 + draw(v.luck, LONGEST) if draw(v.luck, 2) else 1
        length = min(length, count - i)
        _shift(v, i, length, draw(v.luck, count - length + 1))
    elif way < 90:
        j = draw(v.luck, count)
        v.order[TRIAL, i] = v.order[NOW, j]
        v.order[TRIAL, j] = v.order[NOW, i]
    else:
        past = min(count, i + 2 + draw(v.luck, FARTHEST - 1))
        for k in range(i, past):
            v.order[TRIAL, k] = v.order[NOW, past - 1 - (k - i)]
    _join(v)
    return True


@compiled
def _without(v: Visits, i: int) -> bool:
    found, x, family = False, 0, v.order[NOW, i]
    for k in range(v.filled[NOW]):
        if k != i:
            v.order[TRIAL, x] = v.order[NOW, k]
            found = found or v.order[NOW, k] == family
            x += 1
    v.filled[TRIAL] = x
    _join(v)
    return found


@compiled
def _with_one(v: Visits, i: int, family: int) -> bool:
    count = v.filled[NOW]
    if count == v.order.shape[1]:
        return False
    for k in range(count, i, -1):
        v.order[TRIAL, k] = v.order[NOW, k - 1]
    v.order[TRIAL, i] = family
    v.filled[TRIAL] = count + 1
    _join(v)
    return True


@compiled
def _shift(v: Visits, i: int, length: int, to: int) -> None:
    """Move visits so that the first of them comes to a place."""
    for k in range(v.filled[NOW]):
        if k < to:
            source = k if k < i else k + length
        elif k < to + length:
            source = i + k - to
        else:
            source = k - length if k - length < i else k
        v.order[TRIAL, k] = v.order[NOW, source]


@compiled
def _join(v: Visits) -> None:
    """Two visits of one family in a row are one."""
    x = 0
    for k in range(v.filled[TRIAL]):
        if x == 0 or v.order[TRIAL, x - 1] != v.order[TRIAL, k]:
            v.order[TRIAL, x] = v.order[TRIAL, k]
            x += 1
    v.filled[TRIAL] = x
