"""Compiled: what a machine's turn costs, and what a change of it would cost without making it."""

from typing import NamedTuple

from configurator.compiled import compiled
from configurator.production.search.group import Floats, Ints

FAMILY, LINES, FIRST, PAST = range(4)
SLACK, WEIGHT, OWED = range(3)
START, SETUP, LATE, SLOPE, UP, DOWN = range(6)
ITEM, OPEN = range(2)

BLOCK = 16
CLOSED = -1
NEVER = 1e300


class Cut(NamedTuple):
    """A change of one machine's turn: places from `since` to `until` are replaced by `length` items of a trial row."""

    machine: int
    since: int
    until: int
    length: int
    row: int


class Search(NamedTuple):
    """All arrays of a search, flat, because compiled code is fastest with them.

    Items are lines of a family that stay together: kind (n, 4) family, lines, first and past row in `lines`; run (n,)
    minutes; lines (rows, 3): each line's slack, that is the latest start of its item at which it is not late, rising
    within the item; sums of weights and of weight x slack up to it. So an item's lateness at any start is one binary
    search. rows (families + 1, families): setup minutes; free, standing by machine; price of a setup minute; most
    lines a batch (0: any).

    Turns: item (machines, places, 2) item, and lines in its batch so far; filled: items by machine; place (n, 2):
    machine and place of an item. spot (machines, places, 6): start of the run, setup, cost of lateness, its slope,
    how far the start may move up and down before the slope changes. block (machines, blocks, 3): slope, up and down
    of BLOCK places together, so that most of a turn can be moved in time without looking at its items.

    trial (2, places): rows for changes. kin (n,): items by family and due, kin_of (families + 1,): where each begins,
    kin_place (n,). near (2, families, n): families cheap to go to from each, and to come from, the cheapest first.
    luck: the state of chance. patience: -log of evenly spread chances. used: work done.
    """

    kind: Ints
    run: Floats
    lines: Floats
    rows: Floats
    free: Floats
    standing: Ints
    price: float
    most: int
    item: Ints
    spot: Floats
    block: Floats
    filled: Ints
    place: Ints
    trial: Ints
    kin: Ints
    kin_of: Ints
    kin_place: Ints
    near: Ints
    luck: Ints
    patience: Floats
    used: Ints


@compiled
def passed(s: Search, j: int, start: float) -> int:
    """Past the row of the last line of item j that is late when the item starts then."""
    low, high = s.kind[j, FIRST], s.kind[j, PAST]
    while low < high:
        middle = (low + high) // 2
        if s.lines[middle, SLACK] < start:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def lateness(s: Search, j: int, start: float) -> float:
    """Weighted minutes late of item j when it starts then."""
    first = s.kind[j, FIRST]
    if start <= s.lines[first, SLACK]:
        return 0.0
    past = passed(s, j, start) - 1
    return start * s.lines[past, WEIGHT] - s.lines[past, OWED]


@compiled
def setup_before(s: Search, standing: int, opened: int, j: int) -> tuple[float, int]:
    """Setup minutes before item j on a machine that stands so, and the lines in its batch then.

    opened: lines in the batch that is open there, CLOSED: none. Without a limit they are not counted.
    """
    family, lines = s.kind[j, FAMILY], s.kind[j, LINES]
    if standing == family and opened != CLOSED:
        if s.most == 0:
            return 0.0, 0
        if opened + lines <= s.most:
            return 0.0, opened + lines
    return s.rows[standing, family], lines if s.most else 0


@compiled
def before(s: Search, machine: int, place: int) -> tuple[float, int, int]:
    """When a machine is free for that place, what it stands in, and the lines in its open batch."""
    if place == 0:
        return s.free[machine], s.standing[machine], CLOSED
    j = s.item[machine, place - 1, ITEM]
    return s.spot[machine, place - 1, START] + s.run[j], s.kind[j, FAMILY], s.item[machine, place - 1, OPEN]


@compiled
def refresh(s: Search, machine: int, since: int) -> None:
    """Compute a machine's turn anew from a place on."""
    time, standing, opened = before(s, machine, since)
    for k in range(since, s.filled[machine]):
        j = s.item[machine, k, ITEM]
        setup, opened = setup_before(s, standing, opened, j)
        time += setup
        s.item[machine, k, OPEN] = opened
        s.place[j, 0] = machine
        s.place[j, 1] = k
        _settle(s, machine, k, time)
        s.spot[machine, k, SETUP] = setup
        time += s.run[j]
        standing = s.kind[j, FAMILY]
    _sum_blocks(s, machine, since)


@compiled
def _settle(s: Search, machine: int, k: int, start: float) -> None:
    j = s.item[machine, k, ITEM]
    first, end = s.kind[j, FIRST], s.kind[j, PAST]
    past = passed(s, j, start)
    s.spot[machine, k, START] = start
    s.spot[machine, k, UP] = s.lines[past, SLACK] - start if past < end else NEVER
    if past == first:
        s.spot[machine, k, LATE] = s.spot[machine, k, SLOPE] = 0.0
        s.spot[machine, k, DOWN] = NEVER
    else:
        s.spot[machine, k, SLOPE] = s.lines[past - 1, WEIGHT]
        s.spot[machine, k, LATE] = start * s.lines[past - 1, WEIGHT] - s.lines[past - 1, OWED]
        s.spot[machine, k, DOWN] = start - s.lines[past - 1, SLACK]


@compiled
def _sum_blocks(s: Search, machine: int, since: int) -> None:
    count = s.filled[machine]
    for block in range(since // BLOCK, (count + BLOCK - 1) // BLOCK):
        slope, up, down = 0.0, NEVER, NEVER
        for k in range(block * BLOCK, min(count, (block + 1) * BLOCK)):
            slope += s.spot[machine, k, SLOPE]
            up = min(up, s.spot[machine, k, UP])
            down = min(down, s.spot[machine, k, DOWN])
        s.block[machine, block, 0] = slope
        s.block[machine, block, 1] = up
        s.block[machine, block, 2] = down


@compiled
def machine_cost(s: Search, machine: int) -> float:
    """Setup and lateness cost of a machine's turn."""
    cost = 0.0
    for k in range(s.filled[machine]):
        cost += s.price * s.spot[machine, k, SETUP] + s.spot[machine, k, LATE]
    return cost


@compiled
def change(s: Search, cut: Cut, room: float) -> float:
    """What a change would add to the cost of its machine; anything above `room` once it is known to exceed it."""
    machine = cut.machine
    time, standing, opened = before(s, machine, cut.since)
    added = 0.0
    for k in range(cut.since, cut.until):
        added -= s.price * s.spot[machine, k, SETUP] + s.spot[machine, k, LATE]
    s.used[0] += cut.length + (cut.until - cut.since) // 2 + 8
    for x in range(cut.length):
        j = s.trial[cut.row, x]
        setup, opened = setup_before(s, standing, opened, j)
        time += setup
        added += s.price * setup + lateness(s, j, time)
        time += s.run[j]
        standing = s.kind[j, FAMILY]
    return _after(s, cut, (time, standing, opened), (added, room))


@compiled
def _after(s: Search, cut: Cut, state: tuple[float, int, int], costs: tuple[float, float]) -> float:
    """The rest of `change`: from the first item behind it to the end of the turn.

    One item gets another setup; more do where the limit of a batch moves through a family's run. The others are
    only moved in time.
    """
    machine, k = cut.machine, cut.until
    time, standing, opened = state
    added, room = costs
    while k < s.filled[machine]:
        j = s.item[machine, k, ITEM]
        setup, opened = setup_before(s, standing, opened, j)
        time += setup
        added += s.price * (setup - s.spot[machine, k, SETUP])
        added += lateness(s, j, time) - s.spot[machine, k, LATE]
        shift = time - s.spot[machine, k, START]
        time += s.run[j]
        standing = s.kind[j, FAMILY]
        k += 1
        if opened == s.item[machine, k - 1, OPEN]:
            return added + moved(s, machine, k, shift, room - added)
    return added


@compiled
def moved(s: Search, machine: int, since: int, shift: float, room: float) -> float:
    """What the items from a place on cost more when all of them start `shift` minutes later; see `change` for room."""
    added, k, count = 0.0, since, s.filled[machine]
    if shift == 0.0:
        return 0.0
    steps = 0
    while k < count and (shift < 0 or added <= room):
        steps += 1
        block = k // BLOCK
        if k % BLOCK == 0 and -s.block[machine, block, 2] <= shift <= s.block[machine, block, 1]:
            added += shift * s.block[machine, block, 0]
            k += BLOCK
        elif -s.spot[machine, k, DOWN] <= shift <= s.spot[machine, k, UP]:
            added += shift * s.spot[machine, k, SLOPE]
            k += 1
        else:
            j = s.item[machine, k, ITEM]
            added += lateness(s, j, s.spot[machine, k, START] + shift) - s.spot[machine, k, LATE]
            k += 1
    s.used[0] += steps
    return added


@compiled
def make(s: Search, cut: Cut) -> None:
    """Make a change: the items behind it move up or down, and the turn is computed anew from there."""
    machine, count = cut.machine, s.filled[cut.machine]
    by = cut.length - (cut.until - cut.since)
    if by < 0:
        for k in range(cut.until, count):
            s.item[machine, k + by, ITEM] = s.item[machine, k, ITEM]
    elif by > 0:
        for k in range(count - 1, cut.until - 1, -1):
            s.item[machine, k + by, ITEM] = s.item[machine, k, ITEM]
    for x in range(cut.length):
        s.item[machine, cut.since + x, ITEM] = s.trial[cut.row, x]
    s.filled[machine] = count + by
    refresh(s, machine, cut.since)
    s.used[0] += (s.filled[machine] - cut.since) * 2 + 8
