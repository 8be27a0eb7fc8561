"""A store for tests: its orders go through the floor into bins, and over the counter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from configurator.blanks.catalogue import Catalogue
from configurator.counter.answering import CounterAnswer, answer
from configurator.counter.handing_over import HandingOver, hand_over
from configurator.counter.recognising import recognise
from configurator.counter.selling import WalkIn, sell
from configurator.counter.taking_back import Taking, take_back
from configurator.orders.checkout import Customer
from configurator.orders.order_store import WholeOrder, order_of, whole_order
from configurator.orders.payment import Taken, take_payment
from configurator.orders.rows import Order, Piece
from configurator.production.rows_floor import BinUse, HandOver
from tests.builders import THURSDAY, a_catalogue, a_design, a_shop, a_tee, a_tin, wanted
from tests.production.workshop import Workshop, a_sheet_mug

THROUGH = ("picking", "production", "check", "storage")


def store_catalogue(**changes: Any) -> Catalogue:
    """Mugs with a barcode, T-shirts and tins; twelve of every component."""
    return a_catalogue(a_sheet_mug(barcode="4012345678901"), a_tee(), a_tin(), shop=a_shop(start=12, **changes))


@dataclass
class Store(Workshop):
    """A workshop whose orders are picked up at the store."""

    def pickup(self, pieces: int = 1, text: str = "Zoë", **changes: Any) -> Order:
        """Somebody orders mugs to be picked up here, paid at the till."""
        given = {"fulfilment": "pickup", "payment_method": "till", **changes}
        return self.mugs(pieces, text, **given)

    def ready(self, pieces: int = 1, *, stored: int | None = None, **changes: Any) -> Order:
        """Such an order, made; all its pieces in the bin, or the first few."""
        order = self.pickup(pieces, **changes)
        self.make(order, pieces if stored is None else stored)
        return order

    def make(self, order: Order, stored: int) -> None:
        """Plan, release and make an order; the first pieces go all the way into the bin."""
        self.plan()
        for number in {batch.number for batch in self.open()}:
            if set(self.pieces(number)) & set(self.codes(order)):
                self.release(number)
        for code in self.codes(order)[:stored]:
            for station in THROUGH:
                self.scan(station, code, facility="store")

    def pay(self, order: Order, amount: int | None = None, key: str = "till") -> None:
        """The customer pays at the till."""
        with self.database.write() as session:
            due = whole_order(session, order_of(session, order.id or 0)).outstanding if amount is None else amount
            taken = Taken("counter", "cash", due, f"{key} {order.number}", 1, "Jana")
            take_payment(session, order.id or 0, taken, now=self.clock.now())

    def give(self, order: Order, *numbers: int, clerk: str = "Jana", **changes: Any) -> tuple[Piece, ...]:
        """A clerk hands over an order, or the pieces of these numbers."""
        wish = HandingOver(order.id or 0, clerk, f"{clerk}'s counter", "store", self.ids(order, *numbers))
        with self.database.write() as session:
            return hand_over(session, replace(wish, **changes), now=self.clock.now())

    def returned(self, order: Order, *numbers: int, clerk: str = "Jana", **changes: Any) -> tuple[Piece, ...]:
        """A clerk takes the last hand-over back, or some pieces of it."""
        given = self.answer(order).given
        at, pieces = (given.at, frozenset(given.pieces)) if given else (self.clock.now(), frozenset[int]())
        pieces = self.ids(order, *numbers) if numbers else pieces
        taking = Taking(order.id or 0, clerk, f"{clerk}'s counter", "store", at, pieces, "handed to the wrong person")
        with self.database.write() as session:
            return take_back(session, replace(taking, **changes), shop=self.catalogue.shop, now=self.clock.now())

    def ids(self, order: Order, *numbers: int) -> frozenset[int]:
        """The ids of an order's pieces of these numbers."""
        mine = sa.select(col(Piece.id)).where(col(Piece.order_id) == order.id, col(Piece.number).in_(numbers))
        return frozenset(self.ask(mine))

    def look(self, text: str, facility: str = "store") -> Any:
        """What the counter makes of a code."""
        with self.database.read() as session:
            return recognise(session, text, catalogue=self.catalogue, facility=facility)

    def answer(self, order: Order, facility: str = "store") -> CounterAnswer:
        """What the counter says about an order."""
        with self.database.read() as session:
            return answer(session, order.id or 0, shop=self.catalogue.shop, facility=facility)

    def walk_in(self, pieces: int = 1, *, seen: int | None = None, **changes: Any) -> WalkIn:
        """A mug made at the counter for somebody who waits."""
        design = changes.pop("design", None) or a_design(self.catalogue.blank("mug"), changes.pop("text", "Emil"))
        sale = WalkIn(
            wanted=wanted(design, self.catalogue, pieces),
            customer=Customer("Emil"),
            facility="store",
            clerk="Jana",
            clerk_id=1,
            method="cash",
            seen=1590 * pieces if seen is None else seen,
            key="tap",
            promised_on=THURSDAY,
        )
        return replace(sale, **changes)

    def sell(self, sale: WalkIn) -> Order:
        """Take the payment and start."""
        with self.database.write() as session:
            return sell(session, sale, catalogue=self.catalogue, jobs=self.jobs, now=self.clock.now(), draw=self._draw)

    def whole(self, order: Order) -> WholeOrder:
        """The order as it is now."""
        with self.database.read() as session:
            return whole_order(session, order_of(session, order.id or 0))

    def bins(self) -> Sequence[int]:
        """The bins in use."""
        return list(self.ask(sa.select(col(BinUse.bin)).order_by(col(BinUse.bin))))

    def hand_overs(self) -> list[tuple[str, int]]:
        """(clerk, piece id) of everything that has left."""
        with self.database.read() as session:
            rows = session.execute(
                sa.select(col(HandOver.clerk), col(HandOver.piece_id)).order_by(col(HandOver.piece_id))
            )
            return [(row[0], row[1]) for row in rows]


__all__ = ["Store", "store_catalogue"]
