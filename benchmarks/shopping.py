"""Cart add and checkout, in process, on both databases: `python -m benchmarks.shopping`."""

from itertools import count
from secrets import randbelow

from benchmarks.measuring import Timing, report, timed
from benchmarks.places import databases, folder, wired
from configurator.designs.permalink import Asked, write
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.cart_store import lines_to_quote
from configurator.orders.checkout import Checkout, Customer, seen_of
from configurator.orders.placing import place_order
from configurator.orders.quoting import quoted
from configurator.stock.receiving import stock_up
from configurator.web.forms import query_pairs
from configurator.web.studio import Step, Studio
from configurator.web.wiring import Wiring

ROUNDS = 100


def main() -> None:
    """One JSON line a figure and database; beside it, a commit of one row."""
    with folder() as var, databases(var) as urls:
        for name, url in urls.items():
            with wired(url, var) as wiring:
                _measure(name, wiring)


def _measure(name: str, wiring: Wiring) -> None:
    studio, numbers = Studio(wiring), count()
    with wiring.database.write() as session:
        stock_up(session, wiring.catalogue.shop.components.values(), now=wiring.clock.now())
    commit = timed(lambda: _commit(wiring, next(numbers)), ROUNDS)
    beside = ("a commit of one row", commit)
    report(f"{name}: cart add", timed(lambda: _add(wiring, studio, f"a{next(numbers)}"), ROUNDS), beside=beside)
    report(f"{name}: whole order", _orders(wiring, studio), beside=beside)


def _orders(wiring: Wiring, studio: Studio) -> Timing:
    numbers = count()
    return timed(lambda: _order(wiring, studio, f"o{next(numbers)}"), ROUNDS)


def _commit(wiring: Wiring, number: int) -> None:
    with wiring.database.write() as session:
        wiring.jobs.enqueue(session, "bench", f"bench:{number}", {})


def _step(wiring: Wiring, studio: Studio, word: str) -> Step:
    blank = wiring.catalogue.blank("mug")
    template = blank.templates[0]
    fields = {field.key: field.example for field in template.fields} | {template.fields[-1].key: word}
    return studio.step(blank, query_pairs(write(Asked({}, template=template.key, fields=fields))))


def _add(wiring: Wiring, studio: Studio, token: str) -> None:
    step = _step(wiring, studio, token)
    wanted = Wanted(studio.proofed(step), 1, step.address)
    with wiring.database.write() as session:
        add_to_cart(session, token, wanted, now=wiring.clock.now())


def order_of(wiring: Wiring, studio: Studio, token: str, number: int) -> None:
    """An order of 20 pieces of one of the blanks, for the workshop's figures."""
    blanks = list(wiring.catalogue.blanks.values())
    blank = blanks[number % len(blanks)]
    step = studio.step(blank, query_pairs(f"template={blank.templates[0].key}&pieces=20"))
    with wiring.database.write() as session:
        add_to_cart(session, token, Wanted(studio.proofed(step), 20, step.address), now=wiring.clock.now())
    _check_out(wiring, token)


def _order(wiring: Wiring, studio: Studio, token: str) -> None:
    """Design laid out and kept, into the cart, checked out: everything but the pages."""
    _add(wiring, studio, token)
    _check_out(wiring, token)


def _check_out(wiring: Wiring, token: str) -> None:
    now = wiring.clock.now()
    with wiring.database.write() as session:
        cart = quoted(lines_to_quote(session, token), wiring.catalogue, "ship")
        checkout = Checkout(
            token_hash=token,
            seen=seen_of(cart),
            fulfilment="ship",
            facility="",
            customer=Customer("Zoë", "zoe@people.example", "", "Osterdeich 41", "28203", "Bremen", "DE"),
            payment_method="invoice",
            rights_declared=True,
            promised_on=now.date(),
            checkout_key=token,
        )
        place_order(session, checkout, catalogue=wiring.catalogue, jobs=wiring.jobs, now=now, draw=randbelow)


if __name__ == "__main__":
    main()
