"""Rectangles on sheets: maximal free rectangles, filled in the order given; all in millimetres, y down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from configurator.blanks.blank import SheetSpec

SLACK = 1e-6

Place = tuple[float, float, float, float, bool]
"""A place that is considered: left, top, width, height (gap included), turned."""

RULES: tuple[Callable[[Place], tuple[float, ...]], ...] = (
    lambda place: (place[1] + place[3], place[1], place[0], place[4]),
    lambda place: (place[4], place[1], place[0]),
    lambda place: (not place[4], place[1], place[0]),
    lambda place: (place[0] + place[2], place[0], place[1], place[4]),
)
"""What makes a place the best, least first: lying highest, unturned, turned, leftmost. Which one fills a sheet best
depends on the shape, so that the one is taken that lays the most of them."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """What is laid down: its name (an area's key), size with bleed, unturned, and the bleed in it.

    cut: it is the rectangle around a cut line, bleed and all, not that of a print area.
    """

    name: str
    width: float
    height: float
    bleed: float = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A rectangle on a sheet: sheet from 1, its left top corner with bleed, turned by 90 degrees or not."""

    name: str
    sheet: int
    left: float
    top: float
    width: float
    height: float
    turned: bool
    bleed: float = 0


@dataclass(slots=True)
class _Space:
    """One free rectangle of a sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "_Space") -> bool:
        return (
            other.left >= self.left - SLACK
            and other.top >= self.top - SLACK
            and other.right <= self.right + SLACK
            and other.bottom <= self.bottom + SLACK
        )

    def without(self, taken: "_Space") -> list["_Space"]:
        """The maximal rectangles that are left of this one when `taken` is cut out."""
        left, top = taken.left - self.left, taken.top - self.top
        right, bottom = self.right - taken.right, self.bottom - taken.bottom
        rest = [
            (left, _Space(self.left, self.top, taken.left, self.bottom)),
            (right, _Space(taken.right, self.top, self.right, self.bottom)),
            (top, _Space(self.left, self.top, self.right, taken.top)),
            (bottom, _Space(self.left, taken.bottom, self.right, self.bottom)),
        ]
        return [space for size, space in rest if size > SLACK]

    def meets(self, other: "_Space") -> bool:
        return (
            self.left < other.right - SLACK
            and other.left < self.right - SLACK
            and self.top < other.bottom - SLACK
            and other.top < self.bottom - SLACK
        )


@dataclass(slots=True)
class Nest:
    """Sheets being filled, at most `most` of them. Pieces go down whole or not at all.

    The gap is kept by letting every rectangle claim it on its right and below, on a sheet that is larger by
    one gap; the margin stays free all round.
    """

    spec: SheetSpec
    most: int
    rule: int = 0
    laid: list[Laid] = field(default_factory=list)
    _free: list[list[_Space]] = field(default_factory=list)

    @property
    def sheets(self) -> int:
        """Sheets in use."""
        return max((each.sheet for each in self.laid), default=0)

    def add(self, rectangles: Sequence[Rectangle]) -> tuple[Laid, ...] | None:
        """Lay down everything that one piece needs; None, and nothing laid, when there is no room for all of it."""
        before = [list(spaces) for spaces in self._free]
        laid: list[Laid] = []
        for rectangle in rectangles:
            one = self._lay(rectangle)
            if one is None:
                self._free = before
                return None
            laid.append(one)
        self.laid += laid
        return tuple(laid)

    def _lay(self, rectangle: Rectangle) -> Laid | None:
        for number in range(1, self.most + 1):
            if number > len(self._free):
                self._free.append([self._blank_sheet()])
            found = self._best(self._free[number - 1], rectangle)
            if found:
                left, top, width, height, turned = found
                self._take(number, _Space(left, top, left + width, top + height))
                gap = self.spec.gap_mm
                return Laid(rectangle.name, number, left, top, width - gap, height - gap, turned, rectangle.bleed)
        return None

    def _blank_sheet(self) -> _Space:
        (width, height), margin, gap = self.spec.size_mm, self.spec.margin_mm, self.spec.gap_mm
        return _Space(margin, margin, width - margin + gap, height - margin + gap)

    def _best(self, spaces: list[_Space], rectangle: Rectangle) -> Place | None:
        """The best place by this nest's rule; turned only where that is allowed."""
        gap = self.spec.gap_mm
        sizes = [(rectangle.width + gap, rectangle.height + gap, False)]
        if self.spec.turn and abs(rectangle.width - rectangle.height) > SLACK:
            sizes.append((rectangle.height + gap, rectangle.width + gap, True))
        found = [
            (space.left, space.top, width, height, turned)
            for width, height, turned in sizes
            for space in spaces
            if width <= space.right - space.left + SLACK and height <= space.bottom - space.top + SLACK
        ]
        return min(found, key=RULES[self.rule], default=None)

    def _take(self, number: int, taken: _Space) -> None:
        spaces = self._free[number - 1]
        kept = [space for space in spaces if not space.meets(taken)]
        cut = [rest for space in spaces if space.meets(taken) for rest in space.without(taken)]
        self._free[number - 1] = kept + [
            space for n, space in enumerate(cut) if not _inside(space, kept) and not _inside_others(n, cut)
        ]


def _inside(space: _Space, others: Sequence[_Space]) -> bool:
    return any(other.holds(space) for other in others)


def _inside_others(number: int, spaces: Sequence[_Space]) -> bool:
    """Whether another one holds it; of two equal ones the first stays."""
    space = spaces[number]
    return any(
        other.holds(space) and (n < number or not space.holds(other)) for n, other in enumerate(spaces) if n != number
    )


def fits(spec: SheetSpec, rectangle: Rectangle) -> bool:
    """Whether it fits an empty sheet at all."""
    return Nest(spec, 1).add((rectangle,)) is not None


@lru_cache(maxsize=1024)
def best_rule(spec: SheetSpec, rectangles: tuple[Rectangle, ...], most: int = 200) -> tuple[int, int]:
    """The rule that lays the most equal pieces on one sheet, and how many, counted up to `most`."""
    counts = [_laid_by(Nest(spec, 1, rule), rectangles, most) for rule in range(len(RULES))]
    best = max(range(len(RULES)), key=lambda rule: (counts[rule], -rule))
    return best, counts[best]


def per_sheet(spec: SheetSpec, rectangles: tuple[Rectangle, ...]) -> int:
    """How many equal pieces one sheet takes; 0: not even one."""
    return best_rule(spec, rectangles)[1]


def nest_for(spec: SheetSpec, first: tuple[Rectangle, ...], most: int) -> Nest:
    """Empty sheets, to be filled by the rule that is best for pieces like the first one."""
    return Nest(spec, most, best_rule(spec, first)[0])


def _laid_by(nest: Nest, rectangles: tuple[Rectangle, ...], most: int) -> int:
    return next((n for n in range(most) if not rectangles or nest.add(rectangles) is None), most)


def labels(laid: Sequence[Laid]) -> tuple[str, ...]:
    """A name for every place: letters for rows from the top, numbers from the left ("A1"); each once a sheet.

    The sheet's number comes first where there are several ("2-A1").
    """
    named: dict[int, str] = {}
    several = max((each.sheet for each in laid), default=1) > 1
    for sheet in sorted({each.sheet for each in laid}):
        on_sheet = sorted((n for n, each in enumerate(laid) if each.sheet == sheet), key=lambda n: _reading(laid[n]))
        tops = sorted({round(laid[n].top, 3) for n in on_sheet})
        for top_number, top in enumerate(tops):
            row = [n for n in on_sheet if round(laid[n].top, 3) == top]
            for place, n in enumerate(row, start=1):
                named[n] = (f"{sheet}-" if several else "") + f"{_letters(top_number)}{place}"
    return tuple(named[n] for n in range(len(laid)))


def _reading(laid: Laid) -> tuple[float, float]:
    return laid.top, laid.left


def _letters(number: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
