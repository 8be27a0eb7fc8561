"""Compiled: what the search tries: a few neighbouring items go elsewhere, or change places with others."""

from configurator.compiled import compiled
from configurator.production.search.chance import draw
from configurator.production.search.timeline import FAMILY, ITEM, NEVER, START, Cut, Search, change, make

NEAR = 30
"""Places that a move within a machine goes at most, unless it goes to its family."""

LONGEST = 64
"""Items that move together at most."""

FARTHEST = 400
"""Places between the two ends of a move within a machine at most."""


@compiled
def run_of(s: Search, machine: int, i: int) -> tuple[int, int]:
    """First and past place of the neighbours of one family around a place, at most LONGEST of them."""
    family = s.kind[s.item[machine, i, ITEM], FAMILY]
    first, past = i, i + 1
    while first > 0 and past - first < LONGEST and s.kind[s.item[machine, first - 1, ITEM], FAMILY] == family:
        first -= 1
    while past < s.filled[machine] and past - first < LONGEST and s.kind[s.item[machine, past, ITEM], FAMILY] == family:
        past += 1
    return first, past


@compiled
def segment(s: Search, machine: int, i: int) -> tuple[int, int]:
    """What moves: the item at a place, its run, the run's first or last part, or a few items; first and past place."""
    way = draw(s.luck, 100)
    if way < 35:
        return i, i + 1
    if way < 80:
        first, past = run_of(s, machine, i)
        if way < 60:
            return first, past
        if way < 70:
            return i, past
        return first, i + 1
    return i, min(s.filled[machine], i + 1 + draw(s.luck, 6))


@compiled
def at_time(s: Search, machine: int, time: float) -> int:
    """The first place of a machine that starts at or after a time."""
    low, high = 0, s.filled[machine]
    while low < high:
        middle = (low + high) // 2
        if s.spot[machine, middle, START] < time:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def within(s: Search, machine: int, part: tuple[int, int], to: int, room: float) -> bool:
    """Move a part before another place of its machine, if that adds at most `room`."""
    i, past = part
    if i <= to <= past:
        return False
    since, until = min(i, to), max(past, to)
    if until - since > FARTHEST:
        return False
    x = 0
    if to < i:
        x = _copy(s, (machine, i, past), 0, 0)
        _copy(s, (machine, to, i), 0, x)
    else:
        x = _copy(s, (machine, past, to), 0, 0)
        _copy(s, (machine, i, past), 0, x)
    cut = Cut(machine, since, until, until - since, 0)
    if change(s, cut, room) > room:
        return False
    make(s, cut)
    return True


@compiled
def _copy(s: Search, places: tuple[int, int, int], row: int, at: int) -> int:
    """Copy items (machine, from, until) to a trial row; what is past them there."""
    machine, since, until = places
    for k in range(since, until):
        s.trial[row, at] = s.item[machine, k, ITEM]
        at += 1
    return at


@compiled
def across(s: Search, source: tuple[int, int, int], target: tuple[int, int, int], room: float) -> bool:
    """Exchange parts (machine, from, until; either may be empty) of two machines, if that adds at most `room`."""
    a, i, i_past = source
    b, j, j_past = target
    longer = (i_past - i) - (j_past - j)
    if max(s.filled[b] + longer, s.filled[a] - longer) >= s.item.shape[1]:
        return False
    cut_a = Cut(a, i, i_past, _copy(s, target, 0, 0), 0)
    cut_b = Cut(b, j, j_past, _copy(s, source, 1, 0), 1)
    added = change(s, cut_a, NEVER)
    if added + change(s, cut_b, room - added) > room:
        return False
    make(s, cut_a)
    make(s, cut_b)
    return True


@compiled
def swapped(s: Search, machine: int, one: tuple[int, int], other: tuple[int, int], room: float) -> bool:
    """Let two parts of a machine change places, if that adds at most `room`."""
    if one[0] > other[0]:
        one, other = other, one
    if one[1] > other[0] or other[1] - one[0] > FARTHEST:
        return False
    x = _copy(s, (machine, other[0], other[1]), 0, 0)
    x = _copy(s, (machine, one[1], other[0]), 0, x)
    _copy(s, (machine, one[0], one[1]), 0, x)
    cut = Cut(machine, one[0], other[1], other[1] - one[0], 0)
    if change(s, cut, room) > room:
        return False
    make(s, cut)
    return True


@compiled
def to_family(s: Search, machine: int, part: tuple[int, int], room: float) -> bool:
    """Move a part beside an item of its family that is due about the same time."""
    j = s.item[machine, part[0], ITEM]
    family = s.kind[j, FAMILY]
    first, past = s.kin_of[family], s.kin_of[family + 1]
    turn = s.kin_place[j] + draw(s.luck, 2 * NEAR + 1) - NEAR
    other = s.kin[min(max(turn, first), past - 1)]
    b, q = s.place[other, 0], s.place[other, 1]
    q += draw(s.luck, 2)
    if b == machine:
        return within(s, machine, part, q, room)
    return across(s, (machine, part[0], part[1]), (b, q, q), room)


@compiled
def to_machine(s: Search, machine: int, part: tuple[int, int], room: float) -> bool:
    """Move a part to about the same time of another machine, sometimes in exchange for one there."""
    b = draw(s.luck, s.filled.shape[0])
    near = at_time(s, b, s.spot[machine, part[0], START]) + draw(s.luck, 11) - 5
    q = min(max(near, 0), s.filled[b])
    if b == machine:
        return within(s, machine, part, q, room)
    past = q
    if q < s.filled[b] and draw(s.luck, 2):
        q, past = segment(s, b, q)
    return across(s, (machine, part[0], part[1]), (b, q, past), room)


@compiled
def nearby(s: Search, machine: int, part: tuple[int, int], room: float) -> bool:
    """Move a part some places up or down its machine, or let it change places with another there."""
    to = part[0] + draw(s.luck, 2 * NEAR + 1) - NEAR
    if draw(s.luck, 3):
        return within(s, machine, part, min(max(to, 0), s.filled[machine]), room)
    if not 0 <= to < s.filled[machine]:
        return False
    return swapped(s, machine, part, segment(s, machine, to), room)


@compiled
def to_neighbour(s: Search, machine: int, part: tuple[int, int], room: float) -> bool:
    """Move a part before a run that is cheap to go to from its last item, or behind one cheap to come from."""
    count = s.near.shape[2]
    if count == 0:
        return False
    behind = draw(s.luck, 2)
    end = part[0] if behind else part[1] - 1
    rank = min(draw(s.luck, count), draw(s.luck, count))
    family = s.near[behind, s.kind[s.item[machine, end, ITEM], FAMILY], rank]
    first, past = s.kin_of[family], s.kin_of[family + 1]
    other = s.kin[first + draw(s.luck, past - first)]
    b, q = s.place[other, 0], s.place[other, 1]
    q = run_of(s, b, q)[behind]
    if b == machine:
        return within(s, machine, part, q, room)
    return across(s, (machine, part[0], part[1]), (b, q, q), room)
