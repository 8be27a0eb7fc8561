"""What preflight warned of in a cart's designs: shown again at checkout, ticked there, kept with the order."""

from collections.abc import Set

from configurator.errors import Conflict
from configurator.orders.quoting import LineToQuote, QuotedCart


class WarningsNotSeen(Conflict):
    """Something may not come out well, and nobody has ticked that it is wanted so."""

    def __init__(self, lines: tuple[LineToQuote, ...]) -> None:
        told = "; ".join(f"{line.title}: {' '.join(line.warnings)}" for line in lines)
        super().__init__(f"Something may not come out well. Tick that it is to be made so, or edit it. {told}")


def lines_warned_of(cart: QuotedCart) -> tuple[LineToQuote, ...]:
    """The lines whose designs preflight has warned of."""
    return tuple(quoted.line for quoted in cart.lines if quoted.line.warnings)


def warned_written(cart: QuotedCart) -> str:
    """What the tick sends: the designs it is about, so that a tick does not count for another one."""
    return ",".join(sorted({line.design.hash for line in lines_warned_of(cart)}))


def read_ticked(text: str) -> frozenset[str]:
    """The designs of a tick."""
    return frozenset(text.split(",")) - {""}


def unticked(cart: QuotedCart, ticked: Set[str]) -> tuple[LineToQuote, ...]:
    """The lines that are warned of and not ticked."""
    return tuple(line for line in lines_warned_of(cart) if line.design.hash not in ticked)


def check_ticked(cart: QuotedCart, ticked: Set[str]) -> None:
    """Raise WarningsNotSeen unless every design that is warned of was ticked."""
    lines = unticked(cart, ticked)
    if lines:
        raise WarningsNotSeen(lines)
