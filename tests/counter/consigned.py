"""Goods that a store gives out and gets back, for tests: every step is a transaction of its own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from configurator.counter.consigning import Giving, Goods, give_out
from configurator.counter.settling import Fate, Settling, settle
from configurator.counter.settling_back import Undoing, undo
from configurator.stock.consignment_store import WholeConsignment, consignment_by_number
from configurator.stock.rows_consignment import Consignment, Settlement
from configurator.stock.stock_store import ItemFigures, item_figures, ledger_differences
from tests.builders import seeded
from tests.production.workshop import Workshop

NAME = "<b>Zoë</b> 🎉 محمد"


def giving(counts: Mapping[str, int], *, clerk: str = "Jana", **changes: Any) -> Giving:
    """What Zoë takes along, each for 13.40 with 19 % VAT in it."""
    goods = tuple(Goods(component, count, 1340, "19") for component, count in counts.items())
    wanted = Giving(
        "commission", NAME, "0421 4471", date(2026, 12, 24), goods, "store", clerk, f"{clerk}'s counter", "form"
    )
    return replace(wanted, **changes)


def giving_out(store: Workshop, wanted: Giving, draw_from: str = "") -> Callable[[Session], Consignment]:
    """The deed, to be done in some session."""
    draw = seeded(draw_from or wanted.key)
    shop, now = store.catalogue.shop, store.clock.now()
    return lambda session: give_out(session, wanted, shop=shop, now=now, draw=draw)


def given_out(store: Workshop, counts: Mapping[str, int], **changes: Any) -> WholeConsignment:
    """Zoë takes these along."""
    with store.database.write() as session:
        row = giving_out(store, giving(counts, **changes))(session)
        number = row.number
    return seen(store, number)


def seen(store: Workshop, number: str) -> WholeConsignment:
    """A consignment as it is now."""
    with store.database.read() as session:
        return consignment_by_number(session, number)


def settling(whole: WholeConsignment, *, clerk: str = "Jana", **fates: Any) -> Settling:
    """Of its first line so many are back, sold, lost; paid in cash what they come to."""
    changes = {name: fates.pop(name) for name in ("key", "method", "seen", "reason", "facility") if name in fates}
    fate = {whole.lines[0].id or 0: Fate(**fates)}
    wanted = Settling(whole.consignment.number, fate, "store", clerk, f"{clerk}'s counter", "settled", "cash")
    due = fates.get("sold", 0) * whole.lines[0].each
    return replace(wanted, **{"seen": due, "reason": "broken" if fates.get("lost") else "", **changes})


def settling_of(store: Workshop, wanted: Settling) -> Callable[[Session], Settlement]:
    """The deed, to be done in some session."""
    shop, jobs, now = store.catalogue.shop, store.jobs, store.clock.now()
    return lambda session: settle(session, wanted, shop=shop, jobs=jobs, now=now)


def settled(store: Workshop, whole: WholeConsignment, **fates: Any) -> WholeConsignment:
    """Somebody comes with what is left."""
    with store.database.write() as session:
        settling_of(store, settling(whole, **fates))(session)
    return seen(store, whole.consignment.number)


def undone(store: Workshop, whole: WholeConsignment, *, clerk: str = "Jana", **changes: Any) -> WholeConsignment:
    """The last settlement was a mistake."""
    wanted = Undoing(whole.consignment.number, whole.settlements[0][0].id or 0, "store", clerk, "pressed by mistake")
    with store.database.write() as session:
        undo(session, replace(wanted, **changes), shop=store.catalogue.shop, now=store.clock.now())
    return seen(store, whole.consignment.number)


def figures(store: Workshop, component: str = "mug-white", facility: str = "store") -> ItemFigures:
    """What lies there, and that the ledger explains it."""
    with store.database.read() as session:
        assert ledger_differences(session) == ()
        found = [item for item in item_figures(session) if (item.facility, item.component) == (facility, component)]
    return found[0]
