"""The cart's lines as they stand on its page: many of one blank in a row, as lists make them, are folded into one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.designs.describing import texts_on
from configurator.designs.design import Design
from configurator.web.cart_views import CheckoutView, LineView

MOST_OPEN = 4
"""So many lines of a blank stand one by one."""
MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in a row, each with its place in the cart. name: the blank's, empty where they stand one by one.

    words: what is written on those that are folded, where they differ; more: how many others there are. open: they are
    shown one by one at first.
    """

    lines: tuple[tuple[int, LineView], ...]
    name: str = ""
    words: tuple[str, ...] = ()
    more: int = 0
    open: bool = False

    @property
    def sound(self) -> tuple[LineView, ...]:
        """Those that can be ordered."""
        return tuple(line for _, line in self.lines if not line.problem)

    @property
    def pieces(self) -> int:
        """How many can be ordered."""
        return sum(line.quantity for line in self.sound)

    @property
    def total(self) -> int:
        """What they cost together, minor units."""
        return sum(line.total for line in self.sound)


def blocks(view: CheckoutView, catalogue: Catalogue, *, touched: str = "", gone: int = -1) -> tuple[Block, ...]:
    """All lines of a cart. touched: the field that was just changed; gone: the place of a line that was removed.

    Where something was just done, or something is wrong, nothing is folded away.
    """
    designs = [quoted.line.design for quoted in view.cart.lines]
    runs = groupby(range(len(designs)), lambda place: designs[place].blank)
    return tuple(
        _block(view, designs, list(places), catalogue.blanks.get(key), (touched, gone)) for key, places in runs
    )


def _block(
    view: CheckoutView, designs: Sequence[Design], places: Sequence[int], blank: Blank | None, just: tuple[str, int]
) -> Block:
    lines = tuple((place, view.lines[place]) for place in places)
    if blank is None or len(lines) <= MOST_OPEN:
        return Block(lines)
    words = tuple(_differing([texts_on(designs[place]) for place in places]))
    wanted = any(line.problem or line.error or just[0] == f"pieces-{line.id}" for _, line in lines)
    near = places[0] <= just[1] <= places[-1] + 1
    return Block(lines, blank.name, words[:MOST_TOLD], max(0, len(words) - MOST_TOLD), wanted or near)


def _differing(texts: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is written on each and not on all of them."""
    same = set(texts[0]).intersection(*texts)
    return (words for each in texts if (words := " ".join(text for text in each if text not in same)))
