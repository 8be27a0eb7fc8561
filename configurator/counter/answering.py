"""The counter's answer to a scan: green or amber, with who and when, and what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.counter.handing_over import last_hand_over
from configurator.counter.recognising import BlankMeant, OrderMeant, OrdersNamed, recognise
from configurator.orders.order_store import WholeOrder, order_of, whole_order
from configurator.production.rows import HandOver

Tone = Literal["green", "amber", "plain"]


@dataclass(frozen=True)
class CounterAnswer:
    """What the counter shows. `piece_id`: the piece that was scanned, when it was one.

    given: the last hand-over, when everything has left. here: pieces in the bin; missing: pieces still being made.
    """

    tone: Tone
    headline: str
    sentence: str
    whole: WholeOrder | None = None
    blank: str = ""
    choices: tuple[WholeOrder, ...] = ()
    piece_id: int | None = None
    given: HandOver | None = None

    @property
    def here(self) -> int:
        """How many pieces lie in the bin."""
        return _count(self.whole, ("stored",))

    @property
    def missing(self) -> int:
        """How many pieces are still being made."""
        return _count(self.whole, ("waiting", "released", "picked", "made", "checked"))


def answer(session: Session, text: str, *, catalogue: Catalogue, facility: str) -> CounterAnswer:
    """What a code or name means at this counter, and what to do. Looks only; changes nothing."""
    meant = recognise(session, text, catalogue=catalogue, facility=facility)
    if isinstance(meant, BlankMeant):
        return CounterAnswer("plain", catalogue.blank(meant.key).name, "Make one now.", blank=meant.key)
    if isinstance(meant, OrdersNamed):
        orders = tuple(whole_order(session, order_of(session, order_id)) for order_id in meant.order_ids)
        return CounterAnswer("plain", f"{len(orders)} orders", "Ask for the pickup code, or choose.", choices=orders)
    if isinstance(meant, OrderMeant):
        return _about(session, meant, catalogue, facility)
    sentence = "No order, piece or blank has this code. Check it with the customer, or type the name."
    return CounterAnswer("amber", f"“{text.strip()[:32]}” is unknown", sentence)


def _about(session: Session, meant: OrderMeant, catalogue: Catalogue, facility: str) -> CounterAnswer:
    order = order_of(session, meant.order_id)
    whole = whole_order(session, order)
    given = last_hand_over(session, meant.order_id)
    tone, headline, sentence = _told(whole, given, catalogue, facility)
    return CounterAnswer(tone, headline, sentence, whole=whole, piece_id=meant.piece_id, given=given)


def _told(
    whole: WholeOrder, given: HandOver | None, catalogue: Catalogue, facility: str
) -> tuple[Tone, str, str]:
    order = whole.order
    if order.status == "cancelled":
        return "amber", "Cancelled", f"{order.name} cancelled this order. There is nothing to hand over."
    if order.status == "finished" and given:
        return "amber", "Already handed over", f"By {given.clerk}, {given.terminal}. This scan changed nothing."
    if order.fulfilment == "ship":
        return "amber", "This one goes by parcel", f"{order.name} gets it sent. Hand nothing over."
    if order.facility != facility:
        name = catalogue.shop.facility(order.facility).name
        return "amber", f"Picked up in {name}", f"{order.name} chose {name}. It is not here."
    return _at_home(whole)


def _at_home(whole: WholeOrder) -> tuple[Tone, str, str]:
    order = whole.order
    missing = _count(whole, ("waiting", "released", "picked", "made", "checked"))
    told = f"Pickup code {order.pickup_code}, {_pieces(len(whole.pieces))}"
    if missing:
        return "amber", f"Not all ready for {order.name}", f"{told}; {_pieces(missing)} still being made."
    if whole.outstanding > 0 and order.payment_method == "till":
        return "amber", f"Ready for {order.name}, not paid", f"{told}. Take the payment first."
    return "green", f"Ready for {order.name}", f"{told}, {'paid in full' if whole.outstanding <= 0 else 'by invoice'}."


def _count(whole: WholeOrder | None, stages: Sequence[str]) -> int:
    return sum(piece.stage in stages for piece in whole.pieces) if whole else 0


def _pieces(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"


