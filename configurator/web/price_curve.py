"""The price of a piece against how many are ordered, as a picture: log axis, own quantity marked."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from configurator.web.stage import drawn

Money = Callable[[int], str]
Curve = Sequence[tuple[int, int]]
"""(pieces, price of each in minor units), rising in pieces; a price holds until the next entry."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in its picture, in px; `name` is its class."""

    name: str
    width: int
    height: int
    left: int
    right: int = 16
    top: int = 24
    bottom: int = 34

    @property
    def foot(self) -> int:
        """Where the axis of pieces lies."""
        return self.height - self.bottom


WIDE = Frame("plot-wide", 512, 226, 54)
NARROW = Frame("plot-narrow", 330, 212, 50, right=14)


@lru_cache(maxsize=500)
def price_curve_picture(curve: Curve, quantity: int, money: Money) -> Markup:
    """Both drawings of the curve, said once in words: the stylesheet shows the one that fits the screen."""
    (least, dear), (most, cheap) = curve[0], curve[-1]
    says = f"{money(dear)} each at {least}, falling to {money(cheap)} each at {most}"
    plots = "".join(_Plot(curve, quantity, money, frame).drawn() for frame in (WIDE, NARROW))
    return drawn(f'<div class="plots" role="img" aria-label="{says}" data-part>{plots}</div>')


def price_at(curve: Curve, quantity: int) -> int:
    """The price of each at that quantity."""
    return next((each for pieces, each in reversed(curve) if pieces <= quantity), curve[0][1])


@dataclass(frozen=True)
class _Across:
    """The axis of pieces from the first of `tiers` to their last; the same for every price."""

    frame: Frame
    tiers: tuple[int, ...]
    quantity: int

    @property
    def least(self) -> int:
        return self.tiers[0]

    @property
    def most(self) -> int:
        return max(self.tiers[-1], self.least + 1)

    @property
    def inside(self) -> int:
        return min(max(self.quantity, self.least), self.most)

    def x(self, pieces: int) -> float:
        frame = self.frame
        return frame.left + (frame.width - frame.left - frame.right) * _share(pieces, self.least, self.most)

    @cached_property
    def drawn(self) -> str:
        return f"<g data-part>{''.join(self._tick(each) for each in self._ticks())}</g>"

    def _tick(self, pieces: int) -> str:
        x, height = self.x(pieces), self.frame.height
        name = "ax axon" if pieces == self.quantity else "ax"
        return (
            f'<text x="{x:.1f}" y="{height - 10}" text-anchor="middle" class="{name}">{pieces}</text>'
            f'<path d="M{x:.1f} {self.frame.foot}v5" stroke="var(--edge)"/>'
        )

    def _ticks(self) -> list[int]:
        """Own quantity and the ends first, then the tiers that leave room for their number."""
        chosen: list[int] = []
        for pieces in (self.inside, self.least, self.most, *self.tiers[1:], 3, 6):
            apart = all(abs(self.x(pieces) - self.x(other)) > 24 for other in chosen if other != pieces)
            if self.least <= pieces <= self.most and apart and pieces not in chosen:
                chosen.append(pieces)
        return sorted(chosen)


@dataclass(frozen=True)
class _Up:
    """The axis of prices, by its round steps: most clicks change the price within them."""

    frame: Frame
    steps: tuple[int, ...]
    money: Money

    def y(self, each: float) -> float:
        frame, low, high = self.frame, self.steps[0], self.steps[-1]
        return frame.top + (frame.foot - frame.top) * (1 - (each - low) / (high - low))

    @cached_property
    def drawn(self) -> str:
        return f"<g data-part>{''.join(self._row(each) for each in self.steps)}</g>"

    def _row(self, each: int) -> str:
        frame, y = self.frame, self.y(each)
        return (
            f'<path d="M{frame.left} {y:.1f}H{frame.width - frame.right}" stroke="var(--line)"/>'
            f'<text x="{frame.left - 8}" y="{y + 4.5:.1f}" text-anchor="end" class="ax">{self.money(each)}</text>'
        )


_across, _up = lru_cache(maxsize=500)(_Across), lru_cache(maxsize=500)(_Up)


class _Plot:
    def __init__(self, curve: Curve, quantity: int, money: Money, frame: Frame) -> None:
        self.curve, self.money, self.frame = curve, money, frame
        prices = [each for _, each in curve]
        self.across = _across(frame, tuple([pieces for pieces, _ in curve]), quantity)
        self.up = _up(frame, tuple(round_steps(min(prices), max(prices))), money)

    def drawn(self) -> str:
        frame = self.frame
        return (
            f'<svg class="plot {frame.name}" viewBox="0 0 {frame.width} {frame.height}" aria-hidden="true">'
            f"{self.up.drawn}{self.across.drawn}{self.line()}{self.mark()}</svg>"
        )

    def line(self) -> str:
        way = "".join(self.corners()) + f"H{self.across.x(self.across.most):.0f}"
        under = f"{way}V{self.frame.foot}H{self.across.x(self.across.least):.0f}Z"
        return f'<path class="under" d="{under}"/><path class="curve" d="{way}"/>'

    def corners(self) -> Iterator[str]:
        """Where the price changes, in whole px."""
        before = self.curve[0][1]
        yield f"M{self.across.x(self.curve[0][0]):.0f} {self.up.y(before):.0f}"
        for pieces, each in self.curve[1:]:
            if each != before:
                yield f"H{self.across.x(pieces):.0f}V{self.up.y(each):.0f}"
            before = each

    def mark(self) -> str:
        pieces, frame = self.across.inside, self.frame
        each = price_at(self.curve, pieces)
        x, y = round(self.across.x(pieces)), round(self.up.y(each))
        place = f'x="{x - 6}" text-anchor="end"' if x > frame.width * 0.55 else f'x="{x + 8}"'
        return (
            f'<path class="at" d="M{x} {y}V{frame.foot}"/><circle class="here" cx="{x}" cy="{y}" r="8"/>'
            f'<text {place} y="{y - 13}" class="axb">{self.money(each)} each</text>'
        )


@lru_cache(maxsize=10_000)
def _share(pieces: int, least: int, most: int) -> float:
    return math.log(pieces / least) / math.log(most / least)


def round_steps(low: int, high: int) -> list[int]:
    """Three to six round prices from below the lowest to above the highest, with room for the label."""
    span = max(high - low, high // 8, 1)
    step = next(s for s in _round_numbers() if span / s <= 4)
    first = max(0, (low - 1) // step) * step
    count = -(-(high + step // 4 - first) // step)
    return [first + step * number for number in range(max(count, 1) + 1)]


def _round_numbers() -> list[int]:
    return [base * 10**power for power in range(9) for base in (1, 2, 5)]
