"""What a cart cannot be ordered for now, since it is neither there nor expected: told while it can be changed."""

from datetime import datetime

from sqlmodel import Session

from configurator.designs.pricing import components, operations
from configurator.errors import Conflict
from configurator.orders.making_place import LineNeeds, home_of, sourced
from configurator.orders.quoting import QuotedCart, QuotedLine
from configurator.stock.claiming import coming
from configurator.stock.shelf import Shelf
from configurator.stock.stock_store import available
from configurator.web.date_choices import Place
from configurator.web.wiring import Wiring


def short_of_cart(session: Session, cart: QuotedCart, place: Place, wiring: Wiring, now: datetime) -> str:
    """What placing the order now would be refused for, in a sentence; empty when everything is there or comes."""
    shop = wiring.catalogue.shop
    try:
        home = home_of(place.fulfilment, place.facility, shop)
        shelf = Shelf(available(session), coming(session, now.date()))
        sourced([_needs(line, wiring) for line in cart.lines if line.quote], shelf, shop, home)
    except Conflict as refusal:
        return refusal.sentence
    return ""


def _needs(quoted: QuotedLine, wiring: Wiring) -> LineNeeds:
    line = quoted.line
    blank = wiring.catalogue.blank(line.design.blank)
    uses = components(line.design, blank)
    centres = frozenset(step.at for step in operations(line.design, blank))
    return LineNeeds(line.title, centres, {key: count * line.quantity for key, count in uses.items()})
