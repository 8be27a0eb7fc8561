"""What a piece costs by the size of its batch, as a picture: parts stacked, the net price beside, log axis."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from configurator.money import rounded
from configurator.production.batch_costs import CostAt
from configurator.web.price_curve import Frame, round_steps
from configurator.web.stage import drawn
from configurator.web.wording import counted

WIDE = Frame("plot-wide", 760, 320, 66, right=20, top=22)
NARROW = Frame("plot-narrow", 330, 260, 56, right=12, top=22)

LABEL = 70
"""Width of the price's label, px."""

LAYERS = (
    ("blank", 'fill="var(--edge)" fill-opacity=".45"'),
    ("run", 'fill="var(--f6)"'),
    ("sheet", 'fill="var(--f3)"'),
    ("waste", 'fill="var(--f3)" fill-opacity=".45"'),
    ("setup", 'fill="url(#{hatch})"'),
)
"""From below: part of the cost, how it is filled. Changeovers are hatched everywhere."""

HATCH = (
    '<defs><pattern id="{name}" width="6" height="6" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="var(--surface)"/><path d="M0,0V6" stroke="var(--ink)" stroke-width="2.2"/>'
    "</pattern></defs>"
)


@dataclass(frozen=True, slots=True)
class CostCurve:
    """What is drawn. costs: by rising sizes; prices: (pieces, net minor units), each until the next.

    breaks: from how many pieces on a batch earns its costs, if it ever does; full: the most of one batch.
    real: (pieces, cost of each) of released batches.
    """

    costs: tuple[CostAt, ...]
    prices: tuple[tuple[int, Decimal], ...]
    breaks: int | None
    full: int
    real: tuple[tuple[int, Decimal], ...] = ()


def cost_chart(curve: CostCurve, money: Callable[[int], str]) -> Markup:
    """Both drawings of the curve: the stylesheet shows the one that fits the screen."""
    return drawn("".join(_Chart(curve, money, frame).drawn() for frame in (WIDE, NARROW)))


def drawn_sizes(most: int) -> tuple[int, ...]:
    """The sizes that are drawn: each of the small ones, then some for every step of the log axis."""
    found, size = list(range(1, min(most, 60) + 1)), 60
    while size < most:
        size = min(most, math.ceil(size * 1.06))
        found.append(size)
    return tuple(found)


class _Chart:
    def __init__(self, curve: CostCurve, money: Callable[[int], str], frame: Frame) -> None:
        self.curve, self.money, self.frame = curve, money, frame
        self.most = max(curve.costs[-1].pieces, 2)
        told = [cost.total for cost in curve.costs] + [amount for _, amount in (*curve.prices, *curve.real)]
        highest = float(max(told))
        self.steps = round_steps(0, math.ceil(highest))
        self.foot = frame.height - frame.bottom
        # A pattern inside a drawing that is not shown is not drawn elsewhere either: each has its own.
        self.hatch = f"hatch-{frame.name}"

    def x(self, pieces: float) -> float:
        frame = self.frame
        return frame.left + (frame.width - frame.left - frame.right) * math.log(pieces) / math.log(self.most)

    def y(self, amount: float) -> float:
        return self.frame.top + (self.foot - self.frame.top) * (1 - amount / self.steps[-1])

    def drawn(self) -> str:
        frame = self.frame
        return (
            f'<svg class="plot {frame.name}" viewBox="0 0 {frame.width} {frame.height}" role="img"'
            f' aria-label="{self.says()}">{HATCH.format(name=self.hatch)}{self.layers()}{self.grid()}'
            f"{self.price()}{self.marks()}{self.real()}</svg>"
        )

    def says(self) -> str:
        first, last = self.curve.costs[0], self.curve.costs[-1]
        enough = self.curve.breaks
        earns = f"It earns its costs from {counted(enough, 'piece')} on" if enough else "It never earns them"
        alone, many = self.money(rounded(first.total)), self.money(rounded(last.total))
        return f"A piece costs {alone} alone, {many} each for {last.pieces}. {earns}; the same as a table below"

    def layers(self) -> str:
        below, parts = [Decimal(0)] * len(self.curve.costs), []
        for name, fill in LAYERS:
            above = [under + getattr(cost, name) for under, cost in zip(below, self.curve.costs, strict=True)]
            parts.append(
                f'<path d="{self.line(above)}{self.line(below, back=True)}Z" {fill.format(hatch=self.hatch)}/>'
            )
            below = above
        return "".join(parts)

    def line(self, amounts: Sequence[Decimal], *, back: bool = False) -> str:
        points = [
            f"{self.x(cost.pieces):.1f} {self.y(float(amount)):.1f}"
            for cost, amount in zip(self.curve.costs, amounts, strict=True)
        ]
        return ("L" if back else "M") + "L".join(reversed(points) if back else points)

    def grid(self) -> str:
        frame = self.frame
        rows = "".join(
            f'<path d="M{frame.left} {self.y(v):.1f}H{frame.width - frame.right}" stroke="var(--line)"/>'
            f'<text x="{frame.left - 8}" y="{self.y(v) + 4.5:.1f}" text-anchor="end" class="ax">{self.money(v)}</text>'
            for v in self.steps
        )
        ticks = "".join(
            f'<text x="{self.x(n):.1f}" y="{frame.height - 10}" text-anchor="middle" class="ax">{n}</text>'
            f'<path d="M{self.x(n):.1f} {self.foot}v5" stroke="var(--edge)"/>'
            for n in self.ticks()
        )
        return rows + ticks

    def ticks(self) -> list[int]:
        chosen: list[int] = []
        for pieces in (1, self.most, self.curve.full, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
            apart = all(abs(self.x(pieces) - self.x(other)) > 26 for other in chosen if other != pieces)
            if pieces <= self.most and apart and pieces not in chosen:
                chosen.append(pieces)
        return sorted(chosen)

    def price(self) -> str:
        """The net price: a step wherever the price changes."""
        (_, first), *rest = self.curve.prices
        corners = [f"M{self.x(1):.1f} {self.y(float(first)):.1f}"]
        corners += [f"H{self.x(pieces):.1f}V{self.y(float(net)):.1f}" for pieces, net in rest]
        way = "".join(corners) + f"H{self.x(self.most):.1f}"
        end = self.frame.width - self.frame.right
        near = [net for (_, net), then in zip(self.curve.prices, rest, strict=False) if self.x(then[0]) > end - LABEL]
        highest = max([*near, self.curve.prices[-1][1]])
        place = f'x="{end}" y="{self.y(float(highest)) - 8:.1f}"'
        label = f'<text {place} text-anchor="end" class="ax strong">price, net</text>'
        return (
            f'<path d="{way}" fill="none" stroke="var(--surface)" stroke-width="6"/>'
            f'<path d="{way}" fill="none" stroke="var(--ink)" stroke-width="2.5"/>{label}'
        )

    def real(self) -> str:
        """A dot for every released batch, with what was really in it."""
        return "".join(
            f'<circle cx="{self.x(min(pieces, self.most)):.1f}" cy="{self.y(float(each)):.1f}" r="4.5" class="dot">'
            f"<title>{counted(pieces, 'piece')}, {self.money(rounded(each))} each</title></circle>"
            for pieces, each in self.curve.real
        )

    def marks(self) -> str:
        """Where a batch begins to earn its costs."""
        if self.curve.breaks is None:
            return ""
        x = self.x(self.curve.breaks)
        ends = x > self.frame.width * 0.6
        place = f'x="{x - 8:.1f}" text-anchor="end"' if ends else f'x="{x + 8:.1f}"'
        return (
            f'<path d="M{x:.1f} {self.frame.top}V{self.foot}" stroke="var(--good)" stroke-width="2"'
            ' stroke-dasharray="5 4"/>'
            f'<text {place} y="{self.frame.top + 10}" class="ax strong good">earns from {self.curve.breaks} on</text>'
        )
