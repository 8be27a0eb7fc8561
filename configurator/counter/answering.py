"""The counter's answer about an order: green or amber, what lies where, and what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from configurator.blanks.shop import Shop
from configurator.counter.handing_over import Given, last_hand_over, lies_at
from configurator.counter.taking_back import Returned, last_returned
from configurator.orders.order_store import WholeOrder, order_of, whole_order
from configurator.orders.rows import OrderLine, Piece

Tone = Literal["green", "amber"]


@dataclass(frozen=True)
class LineHere:
    """A line of the order: its pieces in this store's bin, those that have left, those still to come."""

    line: OrderLine
    here: tuple[Piece, ...]
    left: tuple[Piece, ...]
    coming: tuple[Piece, ...]

    @property
    def count(self) -> int:
        """How many pieces the line has."""
        return len(self.here) + len(self.left) + len(self.coming)


@dataclass(frozen=True)
class CounterAnswer:
    """What the counter shows about an order.

    headline is followed by the customer's name if `named`. given: the last hand-over, if anything has left; returned:
    a later one that was taken back.
    handing: whether the pieces that are here may be handed over now; due: what is to be paid first, minor units.
    piece_id: the piece that was scanned, when it was one.
    """

    tone: Tone
    headline: str
    sentence: str
    whole: WholeOrder
    lines: tuple[LineHere, ...]
    given: Given | None
    named: bool = False
    handing: bool = False
    due: int = 0
    piece_id: int | None = None
    returned: Returned | None = None

    @property
    def here(self) -> tuple[Piece, ...]:
        """The pieces in the bin."""
        return tuple(piece for line in self.lines for piece in line.here)

    @property
    def left(self) -> tuple[Piece, ...]:
        """The pieces that their customer has."""
        return tuple(piece for line in self.lines for piece in line.left)

    @property
    def coming(self) -> tuple[Piece, ...]:
        """The pieces still being made, or on their way to this store."""
        return tuple(piece for line in self.lines for piece in line.coming)


def answer(session: Session, order_id: int, *, shop: Shop, facility: str, piece_id: int | None = None) -> CounterAnswer:
    """What an order means at the counter of a store, and what to do. Looks only; changes nothing."""
    whole = whole_order(session, order_of(session, order_id))
    lines = tuple(_line(line, whole.pieces, facility) for line in whole.lines)
    found = _Found(whole, lines, last_hand_over(session, order_id), piece_id, last_returned(session, order_id))
    return _closed(found) or _elsewhere(found, shop, facility) or _at_home(found)


@dataclass(frozen=True)
class _Found:
    whole: WholeOrder
    lines: tuple[LineHere, ...]
    given: Given | None
    piece_id: int | None
    returned: Returned | None

    def says(self, tone: Tone, headline: str, sentence: str, **more: bool | int) -> CounterAnswer:
        return CounterAnswer(
            tone,
            headline,
            sentence,
            whole=self.whole,
            lines=self.lines,
            given=self.given,
            piece_id=self.piece_id,
            returned=self.returned,
            named=bool(more.get("named")),
            handing=bool(more.get("handing")),
            due=int(more.get("due", 0)),
        )


def _line(line: OrderLine, pieces: Sequence[Piece], facility: str) -> LineHere:
    mine = [piece for piece in pieces if piece.line_id == line.id]
    return LineHere(
        line=line,
        here=tuple(piece for piece in mine if lies_at(piece, facility)),
        left=tuple(piece for piece in mine if piece.stage == "handed_over"),
        coming=tuple(piece for piece in mine if piece.stage != "handed_over" and not lies_at(piece, facility)),
    )


def _closed(found: _Found) -> CounterAnswer | None:
    """Cancelled, or everything has left."""
    if found.whole.order.status == "cancelled":
        back = -found.whole.outstanding
        sentence = "There is nothing to hand over." + (" Money was paid: give it back." if back > 0 else "")
        return found.says("amber", "This order was cancelled", sentence)
    if found.given and all(line.count == len(line.left) for line in found.lines):
        return found.says("amber", "Already handed over", "This scan changed nothing.")
    return None


def _elsewhere(found: _Found, shop: Shop, facility: str) -> CounterAnswer | None:
    """A parcel, or an order of another store."""
    order = found.whole.order
    if order.fulfilment == "ship":
        return found.says("amber", "This one goes by parcel", "It is sent to its customer. Hand nothing over.")
    if order.facility != facility:
        name = next((place.name for place in shop.facilities if place.key == order.facility), order.facility)
        return found.says("amber", f"To be picked up in {name}", "It is not in this store. Hand nothing over.")
    return None


def _at_home(found: _Found) -> CounterAnswer:
    order = found.whole.order
    here, coming = (sum(len(getattr(line, what)) for line in found.lines) for what in ("here", "coming"))
    due = max(0, found.whole.outstanding) if order.payment_method == "till" else 0
    told = f"Pickup code {order.pickup_code}, {_pieces(sum(line.count for line in found.lines))}, {_paid(found.whole)}"
    if not here:
        headline = "Being made" if any(_begun(line) for line in found.lines) else "Not begun yet"
        return found.says("amber", headline, told, due=due)
    if coming and order.leaves == "as_ready":
        if due:
            return found.says("amber", "Take the payment first", f"{told}. A part is ready, the rest follows", due=due)
        return found.says("green", "A part is ready for", f"{told}. The rest follows", named=True, handing=True)
    if coming:
        return found.says("amber", "Not all here yet", told, handing=due == 0, due=due)
    if due:
        return found.says("amber", "Take the payment first", told, due=due)
    return found.says("green", "Ready for", told, named=True, handing=True)


def _begun(line: LineHere) -> bool:
    return any(piece.stage != "waiting" for piece in line.coming)


def _paid(whole: WholeOrder) -> str:
    if whole.outstanding <= 0:
        return "paid in full"
    return "not paid yet" if whole.order.payment_method == "till" else "by invoice"


def _pieces(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"
