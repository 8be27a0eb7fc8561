"""The living plan of 10,000 open pieces, again after a change of one in a hundred: `python -m benchmarks.replanning`.

In process, through real orders, on both databases: [--pieces N] [--database sqlite]. One JSON line a figure.
"""

import argparse

from benchmarks.measuring import report, timed
from benchmarks.places import databases, folder, wired
from benchmarks.shopping import order_of
from benchmarks.workshop import MONDAY, plan_once
from configurator.clock import FixedClock
from configurator.stock.receiving import MOST, Goods, receive, stock_up
from configurator.stock.stock_store import item_figures
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring

AN_ORDER = 20
"""Pieces of each order."""

ROUNDS = 3


def main() -> None:
    """A first plan, a plan of what has not changed, and plans after as many new orders as one in a hundred pieces."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replanning", description=__doc__)
    parser.add_argument("--pieces", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="only this one")
    asked = parser.parse_args()
    with folder() as var, databases(var) as urls:
        for name, url in urls.items():
            if asked.database in (None, name):
                with wired(url, var, clock=FixedClock(MONDAY)) as wiring:
                    _measure(name, wiring, asked.pieces)


def _measure(name: str, wiring: Wiring, pieces: int) -> None:
    studio = Studio(wiring)
    with wiring.database.write() as session:
        stock_up(session, wiring.catalogue.shop.components.values(), now=wiring.clock.now())
        for item in item_figures(session):
            for _ in range(-(-1000 * pieces // MOST)):
                receive(session, Goods(item.facility, item.component, MOST), now=wiring.clock.now())
    orders = iter(range(10**6))

    def order(count: int) -> None:
        for _ in range(count):
            number = next(orders)
            order_of(wiring, studio, f"{name}{number}", number)

    order(pieces // AN_ORDER)
    report(f"{name}: first plan of {pieces} pieces", timed(lambda: plan_once(wiring), 1, warm=0))
    report(f"{name}: plan again, nothing changed", timed(lambda: plan_once(wiring), ROUNDS, warm=0))
    for _ in range(ROUNDS):
        order(max(1, pieces // 100 // AN_ORDER))
        report(f"{name}: plan again after 1 % of new pieces", timed(lambda: plan_once(wiring), 1, warm=0))


if __name__ == "__main__":
    main()
