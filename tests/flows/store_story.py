"""A store in the real shop: pick-up orders that are placed, planned, made and lie in its bins."""

from dataclasses import dataclass, field
from itertools import count

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.designs.making import components
from configurator.designs.pricing import operations
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.checkout import Checkout, Customer, seen_of
from configurator.orders.order_store import order_of
from configurator.orders.placing import place_order
from configurator.orders.quoting import quoted
from configurator.orders.rows import Order, Piece
from configurator.production.floor import scan
from configurator.production.planning import plan
from configurator.production.releasing import release
from configurator.production.rows import Batch, BatchPlace
from configurator.production.scans import ScanIn
from configurator.production.wishes import Wish
from configurator.staff.hiring import hire_clerk, hire_maker, set_up_terminal
from configurator.web.forms import query_pairs
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring
from tests.builders import seeded

STORE = "store-bremen"
KEY, PIN, OTHER_PIN = "store-terminal-key", "4471", "2280"
MAKER = ("deniz@lot-one.example", "Deniz", "make-it-well")
STATIONS = ("picking", "production", "check", "storage")


@dataclass
class StoreStory:
    """What happens behind the counter; every step is a transaction of its own."""

    wiring: Wiring
    draw_from: str = "story"
    _number: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg] # count is generic to mypy only

    def __post_init__(self) -> None:
        self.studio = Studio(self.wiring)
        self._draw = seeded(self.draw_from)

    def hire(self) -> None:
        """Jana and Tariq at the counter, Deniz in the workshop, one terminal."""
        with self.wiring.database.write() as session:
            hire_maker(session, *MAKER, "plant-bremen")
            set_up_terminal(session, "Counter Bremen 1", STORE, KEY)
            hire_clerk(session, "Jana", STORE, PIN)
            hire_clerk(session, "Tariq", STORE, OTHER_PIN)

    def order(self, *wishes: tuple[str, str], name: str = "Marit Haugen", **changes: str) -> Order:
        """Somebody orders (blank, query) pieces to be picked up at the store, paid at the till."""
        with self.wiring.database.write() as session:
            return self._placed(session, wishes, name, {"fulfilment": "pickup", "facility": STORE, **changes})

    def _placed(self, session: Session, wishes: tuple[tuple[str, str], ...], name: str, given: dict[str, str]) -> Order:
        wiring, now, token = self.wiring, self.wiring.clock.now(), f"{self.draw_from} {next(self._number)}"
        promised = now.date()
        for key, query in wishes:
            blank = wiring.catalogue.blank(key)
            step = self.studio.step(blank, query_pairs(query))
            wanted = Wanted(self.studio.proofed(step), step.asked.quantity, step.address)
            add_to_cart(session, token, wanted, now=now)
            steps = operations(step.design, blank)
            wish = Wish(steps, wanted.quantity, given["fulfilment"], given["facility"], components(step.design, blank))
            promise = wiring.promises.promise(wish, now)
            promised = max(promised, promise.on) if promise else promised
        checkout = Checkout(
            token_hash=token,
            seen=seen_of(quoted(lines_to_quote(session, token), wiring.catalogue, given["fulfilment"])),
            fulfilment=given["fulfilment"],
            facility=given["facility"],
            customer=Customer(name, "zoe@example.com", "", "Osterdeich 41", "28203", "Bremen", "DE"),
            payment_method=given.get("payment_method", "till"),
            rights_declared=True,
            promised_on=promised,
            checkout_key=token,
        )
        return place_order(session, checkout, catalogue=wiring.catalogue, jobs=wiring.jobs, now=now, draw=self._draw)

    def make(self, order: Order, *, stored: int = 1000, until: str = "storage") -> None:
        """Plan and release it, and scan its first pieces through the stations, at last into the store's bin."""
        now = self.wiring.clock.now()
        with self.wiring.database.write() as session:
            plan(session, catalogue=self.wiring.catalogue, now=now)
        for batch in self.batches(order):
            with self.wiring.database.write() as session:
                release(session, batch, who="Deniz", catalogue=self.wiring.catalogue, jobs=self.wiring.jobs, now=now)
        for code, facility in self.pieces(order)[:stored]:
            for station in STATIONS[: STATIONS.index(until) + 1]:
                self.scan(code, station, facility)
            if facility != STORE and until == "storage":
                self.scan(code, "storage", STORE)

    def scan(self, code: str, station: str, facility: str) -> None:
        """Scan a piece at a station."""
        told = ScanIn(f"{station} {code} {facility}", station, code, "Deniz", facility)  # type: ignore[arg-type] # a name of STATIONS
        with self.wiring.database.write() as session:
            scan(session, told, shop=self.wiring.catalogue.shop, jobs=self.wiring.jobs, now=self.wiring.clock.now())

    def batches(self, order: Order) -> list[int]:
        """The open batches that an order's pieces are in."""
        statement = (
            sa.select(col(Batch.id))
            .join(BatchPlace, col(BatchPlace.batch_id) == col(Batch.id))
            .join(Piece, col(Piece.id) == col(BatchPlace.piece_id))
            .where(col(Piece.order_id) == order.id, col(Batch.status) == "open")
            .distinct()
        )
        with self.wiring.database.read() as session:
            return list(session.execute(statement).scalars().all())

    def pieces(self, order: Order) -> list[tuple[str, str]]:
        """(code, where it is made) of an order's pieces."""
        statement = sa.select(col(Piece.code), col(Piece.facility)).where(col(Piece.order_id) == order.id)
        with self.wiring.database.read() as session:
            return [(row[0], row[1]) for row in session.execute(statement.order_by(col(Piece.number)))]

    def stages(self, order: Order) -> list[str]:
        """Where an order's pieces are."""
        statement = sa.select(col(Piece.stage)).where(col(Piece.order_id) == order.id).order_by(col(Piece.number))
        with self.wiring.database.read() as session:
            return list(session.execute(statement).scalars().all())

    def again(self, order: Order) -> Order:
        """The order as it is now."""
        with self.wiring.database.read() as session:
            return order_of(session, order.id or 0)
