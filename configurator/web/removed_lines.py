"""What is told of a line that was removed from the cart, and the way back to its design."""

from dataclasses import dataclass

from configurator.blanks.catalogue import Catalogue
from configurator.orders.quoting import LineToQuote, QuotedCart


@dataclass(frozen=True, slots=True)
class Gone:
    """A line that was removed. place: how many lines stood before it; -1 for none; again: the customiser's address."""

    place: int
    title: str
    again: str


NONE_GONE = Gone(-1, "", "")


def design_address(line: LineToQuote) -> str:
    """The customiser's address of a line of the cart, with how many of it."""
    kept = [part for part in line.address.split("&") if part and not part.startswith("pieces=")]
    return f"/blanks/{line.design.blank}?{'&'.join([*kept, f'pieces={line.quantity}'])}"


def gone_of(cart: QuotedCart, line_id: int, catalogue: Catalogue) -> Gone:
    """A line of the cart as it is told of once it is removed."""
    for place, line in enumerate(quoted.line for quoted in cart.lines):
        if line.id == line_id:
            return Gone(place, line.title, design_address(line) if line.design.blank in catalogue.blanks else "")
    return NONE_GONE
