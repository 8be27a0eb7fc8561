"""Rectangles on as few sheets as can be found: maximal free rectangles, and a search for the order to lay them in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from configurator.production.search.chance import MODULUS
from configurator.production.search.emptying import FEW, emptied
from configurator.production.search.group import Ints
from configurator.production.search.ordering import ordered
from configurator.production.search.spaces import SPACES, Sheets, lay

STEPS = 15_000
"""Orders that are tried for some hundred rectangles; fewer of many, see `steps_for`."""

WHOLE = 10
"""Of so many orders one is of all rectangles; the work of the others is for a few sheets at a time."""

Size = tuple[int, int]
"""Width and height in whole units."""


@dataclass(frozen=True, slots=True)
class Put:
    """Where a rectangle lies: sheet from 0, left and top, turned by 90 degrees or not."""

    sheet: int
    left: int
    top: int
    turned: bool


@dataclass(frozen=True, slots=True)
class Packing:
    """Every rectangle's place, in the order given; bound: sheets that it cannot do without."""

    places: tuple[Put, ...]
    sheets: int
    bound: int


class LargerThanTheSheet(ValueError):
    """A rectangle does not fit even an empty sheet."""

    def __init__(self, number: int, size: Size, sheet: Size) -> None:
        super().__init__(
            f"Rectangle {number} of {size[0]} x {size[1]} is larger than the sheet of {sheet[0]} x {sheet[1]}."
        )


def steps_for(rectangles: int) -> int:
    """Orders worth trying: about 0.2 CPU-seconds for a hundred rectangles, and as long for a thousand."""
    return int(min(STEPS, 150_000_000 / max(1, rectangles) ** 2))


def pack(sizes: Sequence[Size], sheet: Size, *, turn: bool, seed: int, steps: int | None = None) -> Packing:
    """Lay all rectangles on sheets of one size; the same input gives the same layout.

    turn: whether they may be turned by 90 degrees. steps: orders to try; None: see `steps_for`. Raises
    LargerThanTheSheet.
    """
    if not sizes:
        return Packing((), 0, 0)
    _check(sizes, sheet, turn=turn)
    table = np.array(sizes, np.int64)
    bound = least_sheets(table, sheet, turn=turn)
    s = _sheets(table, sheet, turn=turn, most=min(len(sizes), 2 * bound + 8), seed=seed)
    tries = steps_for(len(sizes)) if steps is None else steps
    order, rule = ordered(s, _starts(table), tries // WHOLE, bound)
    if lay(s, order, rule, len(s.spaces))[0] > len(s.spaces):
        s = _sheets(table, sheet, turn=turn, most=len(sizes), seed=seed)
    used = lay(s, order, rule, len(s.spaces))[0]
    place = s.place.copy()
    few = _sheets(table, sheet, turn=turn, most=FEW, seed=seed)
    fewer = emptied(s, few, used, (tries - tries // WHOLE) * len(sizes), bound)
    if fewer < used:
        place = _fullest_first(s, fewer)
    places = tuple(Put(int(n), int(left), int(top), bool(turned)) for n, left, top, turned in place)
    return Packing(places, fewer, bound)


def _fullest_first(s: Sheets, sheets: int) -> Ints:
    """Places with the sheets numbered anew, so that the last one is the emptiest as after laying in order."""
    number = np.argsort(np.argsort(s.rest[:sheets], kind="stable"))
    place = s.place.copy()
    place[:, 0] = number[place[:, 0]]
    return place


def _check(sizes: Sequence[Size], sheet: Size, *, turn: bool) -> None:
    for number, (width, height) in enumerate(sizes):
        upright = width <= sheet[0] and height <= sheet[1]
        if not upright and not (turn and height <= sheet[0] and width <= sheet[1]):
            raise LargerThanTheSheet(number, (width, height), sheet)


def least_sheets(sizes: Ints, sheet: Size, *, turn: bool) -> int:
    """Sheets that these rectangles cannot do without.

    By area; and unturned also by dual feasible functions (Fekete and Schepers 2004): a side over the sheet's less p
    counts as the whole, one under p as nothing, for every p up to the half.
    """
    width, height = sheet
    area = -(-int((sizes[:, 0] * sizes[:, 1]).sum()) // (width * height))
    if turn:
        half = int((2 * sizes.min(axis=1) > max(width, height)).sum())
        return max(1, area, half)
    across, down = _rounded(sizes[:, 0], width), _rounded(sizes[:, 1], height)
    return max(1, -(-int((across @ down.T).max()) // (width * height)))


def _rounded(sides: Ints, whole: int) -> Ints:
    """(p, sides) the sides as each p counts them; the first row as they are."""
    ps = np.unique(np.append(sides[2 * sides <= whole], 0))[:, None]
    rounded: Ints = np.where(sides > whole - ps, whole, np.where(sides < ps, 0, sides)).astype(np.int64)
    return rounded


def _starts(sizes: Ints) -> Ints:
    """Largest first: by area, longer side, height, and half the girth."""
    width, height = sizes[:, 0], sizes[:, 1]
    keys = (
        (-np.arange(len(sizes)), width * height),
        (sizes.min(axis=1), sizes.max(axis=1)),
        (width, height),
        (-np.arange(len(sizes)), width + height),
    )
    return np.array([np.lexsort(key)[::-1] for key in keys], np.int64)


def _sheets(sizes: Ints, sheet: Size, *, turn: bool, most: int, seed: int) -> Sheets:
    return Sheets(
        sizes=sizes,
        size=np.array(sheet, np.int64),
        turn=turn,
        space=np.zeros((most, SPACES, 4), np.int64),
        spaces=np.zeros(most, np.int64),
        rest=np.zeros(most, np.int64),
        place=np.zeros((len(sizes), 4), np.int64),
        luck=np.array([1 + (seed * 2654435761 + 97) % (MODULUS - 1)], np.int64),
    )
