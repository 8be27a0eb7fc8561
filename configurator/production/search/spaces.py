"""Compiled: rectangles laid on sheets one by one; of every sheet its maximal free rectangles are known (MaxRects)."""

from typing import NamedTuple

from configurator.compiled import compiled
from configurator.production.search.group import Ints

LEFT, TOP, RIGHT, BOTTOM = range(4)
SPACES = 512
"""Free rectangles that are remembered of a sheet; more are forgotten, which wastes but never errs."""

SHORT_SIDE, HIGHEST, AREA = range(3)
RULES = 3
"""What makes a place the best: the least rest beside it, lying highest, the smallest free rectangle."""

FAR = 1 << 60


class Sheets(NamedTuple):
    """Sheets while they fill. All lengths are whole numbers, gaps included.

    sizes (n, 2): width and height of each rectangle; size (2,): of a sheet; turn: may be turned by 90 degrees.
    space (sheets, SPACES, 4): free rectangles; spaces: how many of them a sheet has; rest: its free area.
    place (n, 4): sheet, left, top, turned. luck: the state of chance.
    """

    sizes: Ints
    size: Ints
    turn: bool
    space: Ints
    spaces: Ints
    rest: Ints
    place: Ints
    luck: Ints


class Spot(NamedTuple):
    """A place that is considered: what it scores (least is best), left top corner, size, and whether turned."""

    score: int
    second: int
    left: int
    top: int
    width: int
    height: int


@compiled
def lay(s: Sheets, order: Ints, rule: int, most: int) -> tuple[int, float]:
    """Lay all rectangles in this order, each on the first sheet with room: sheets used, and how unevenly filled.

    Unevenness is the sum of squares of covered shares: of two layouts with as many sheets, the one with the greater
    sum is nearer to emptying a sheet. Where more than `most` sheets are needed: one more than that, not all laid.
    """
    sheets = 0
    for item in order:
        area = s.sizes[item, 0] * s.sizes[item, 1]
        sheet, laid = 0, False
        while not laid:
            if sheet == most:
                return sheet + 1, 0.0
            if sheet == sheets:
                _open(s, sheet)
                sheets += 1
            laid = s.rest[sheet] >= area and _lay_on(s, sheet, item, rule)
            sheet += 1
    uneven, whole = 0.0, s.size[0] * s.size[1]
    for sheet in range(sheets):
        uneven += (1.0 - s.rest[sheet] / whole) ** 2
    return sheets, uneven


@compiled
def _open(s: Sheets, sheet: int) -> None:
    s.space[sheet, 0, LEFT] = s.space[sheet, 0, TOP] = 0
    s.space[sheet, 0, RIGHT] = s.size[0]
    s.space[sheet, 0, BOTTOM] = s.size[1]
    s.spaces[sheet] = 1
    s.rest[sheet] = s.size[0] * s.size[1]


@compiled
def _lay_on(s: Sheets, sheet: int, item: int, rule: int) -> bool:
    spot = _best(s, sheet, (s.sizes[item, 0], s.sizes[item, 1]), rule)
    turned = False
    if s.turn and s.sizes[item, 0] != s.sizes[item, 1]:
        other = _best(s, sheet, (s.sizes[item, 1], s.sizes[item, 0]), rule)
        if other.score < spot.score or (other.score == spot.score and other.second < spot.second):
            spot, turned = other, True
    if spot.score == FAR:
        return False
    s.place[item, 0] = sheet
    s.place[item, 1] = spot.left
    s.place[item, 2] = spot.top
    s.place[item, 3] = 1 if turned else 0
    _take(s, sheet, (spot.left, spot.top, spot.left + spot.width, spot.top + spot.height))
    return True


@compiled
def _best(s: Sheets, sheet: int, size: tuple[int, int], rule: int) -> Spot:
    width, height = size
    best = Spot(FAR, FAR, 0, 0, width, height)
    for n in range(s.spaces[sheet]):
        left, top = s.space[sheet, n, LEFT], s.space[sheet, n, TOP]
        beside, below = s.space[sheet, n, RIGHT] - left - width, s.space[sheet, n, BOTTOM] - top - height
        if beside < 0 or below < 0:
            continue
        if rule == SHORT_SIDE:
            score, second = min(beside, below), max(beside, below)
        elif rule == HIGHEST:
            score, second = top + height, left
        else:
            score, second = (beside + width) * (below + height), min(beside, below)
        if score < best.score or (score == best.score and second < best.second):
            best = Spot(score, second, left, top, width, height)
    return best


@compiled
def _take(s: Sheets, sheet: int, taken: tuple[int, int, int, int]) -> None:
    """Cut a rectangle out of all free ones: what is left of those it meets, unless another one holds it."""
    left, top, right, bottom = taken
    s.rest[sheet] -= (right - left) * (bottom - top)
    count, kept = s.spaces[sheet], 0
    cut = count
    for n in range(count):
        one = s.space[sheet, n]
        if left >= one[RIGHT] or right <= one[LEFT] or top >= one[BOTTOM] or bottom <= one[TOP]:
            _copy(s, sheet, (one[LEFT], one[TOP], one[RIGHT], one[BOTTOM]), kept)
            kept += 1
            continue
        here = (one[LEFT], one[TOP], one[RIGHT], one[BOTTOM])
        cut = _add(s, sheet, (here[0], here[1], left, here[3]), cut)
        cut = _add(s, sheet, (right, here[1], here[2], here[3]), cut)
        cut = _add(s, sheet, (here[0], here[1], here[2], top), cut)
        cut = _add(s, sheet, (here[0], bottom, here[2], here[3]), cut)
    _merge(s, sheet, kept, (count, cut))


@compiled
def _copy(s: Sheets, sheet: int, one: tuple[int, int, int, int], to: int) -> None:
    s.space[sheet, to, LEFT] = one[0]
    s.space[sheet, to, TOP] = one[1]
    s.space[sheet, to, RIGHT] = one[2]
    s.space[sheet, to, BOTTOM] = one[3]


@compiled
def _add(s: Sheets, sheet: int, one: tuple[int, int, int, int], at: int) -> int:
    """Note a free rectangle behind the others, if there is anything of it."""
    if one[2] <= one[0] or one[3] <= one[1] or at >= s.space.shape[1]:
        return at
    _copy(s, sheet, one, at)
    return at + 1


@compiled
def _merge(s: Sheets, sheet: int, kept: int, cut: tuple[int, int]) -> None:
    """Move the rests of cut ones behind the kept ones, those that no other holds; of equal ones the last stays.

    A kept one was maximal and no rest can hold it, so that only rests are looked at.
    """
    total = kept
    for n in range(cut[0], cut[1]):
        one = s.space[sheet, n]
        here = (one[LEFT], one[TOP], one[RIGHT], one[BOTTOM])
        if not _held(s, sheet, here, (0, total)) and not _held(s, sheet, here, (n + 1, cut[1])):
            _copy(s, sheet, here, total)
            total += 1
    s.spaces[sheet] = total


@compiled
def _held(s: Sheets, sheet: int, one: tuple[int, int, int, int], among: tuple[int, int]) -> bool:
    for n in range(among[0], among[1]):
        other = s.space[sheet, n]
        if other[LEFT] <= one[0] and other[TOP] <= one[1] and other[RIGHT] >= one[2] and other[BOTTOM] >= one[3]:
            return True
    return False
