"""What a clerk has written about goods that go out, or come back, and how it is shown again."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from configurator.counter.consigning import Giving, Goods
from configurator.counter.settling import Fate, Settling
from configurator.designs.asking import asking
from configurator.errors import Invalid
from configurator.orders.order_store import folded
from configurator.staff.sessions import Person
from configurator.stock.consignment_store import WholeConsignment
from configurator.stock.stock_store import ItemFigures
from configurator.web.counter_desk import amount
from configurator.web.forms import Form
from configurator.web.wiring import Wiring

USUAL_DAYS = 14
MOST_ROWS = 40
WORDS = {"commission": "on commission", "trial": "on trial", "inspection": "for inspection"}
FATES = ("back", "sold", "lost")


class NoNumber(Invalid):
    """A count that is none."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed[:20]}” is no whole number of things.")


class NoPriceGiven(Invalid):
    """Something goes out without a price agreed."""

    def __init__(self, label: str) -> None:
        super().__init__(f"Write the price agreed for one “{label}”; 0 if it is given back or given away.")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A component that can go out: how many are free, what was written about it, or what is usual."""

    component: str
    label: str
    unit: str
    free: int
    count: str
    price: str
    rate: str


def shelved(form: Form, items: tuple[ItemFigures, ...], wiring: Wiring) -> tuple[tuple[Shelved, ...], int]:
    """What lies free at the store and is looked for, and whatever a number was written for; how many more there are."""
    shop, wanted = wiring.catalogue.shop, folded(form.text("find"))
    usual, digits = asking(wiring.catalogue), wiring.currency.digits
    chosen, others = list[Shelved](), list[Shelved]()
    for item in items:
        component = shop.components.get(item.component)
        if component is None:
            continue
        asked = usual[item.component]
        price = f"{Decimal(asked.each).scaleb(-digits):f}" if asked.each else ""
        written = dict(form.pairs).get(f"p:{item.component}")
        row = Shelved(
            item.component,
            component.label,
            component.unit,
            item.free,
            form.text(f"n:{item.component}"),
            price if written is None else written,
            form.text(f"v:{item.component}") or f"{asked.tax_percent.normalize():f}",
        )
        if row.count:
            chosen.append(row)
        elif item.free > 0 and wanted in folded(row.label):
            others.append(row)
    others.sort(key=lambda row: folded(row.label))
    return (*chosen, *others[:MOST_ROWS]), len(others[MOST_ROWS:])


def giving_of(form: Form, who: Person, wiring: Wiring) -> Giving:
    """What goes out, as written. Raises NoNumber, NoPrice, NoPriceGiven."""
    places = {component: n for n, component in enumerate(wiring.catalogue.shop.components)}
    written = {name.removeprefix("n:") for name, value in form.pairs if name.startswith("n:") and value.strip()}
    names = sorted(written, key=lambda name: (places.get(name, len(places)), name))
    return Giving(
        kind=form.text("kind"),
        name=form.text("name"),
        contact=form.text("contact"),
        due_on=_day(form.text("due")),
        goods=tuple(_goods(form, name, wiring) for name in names),
        facility=who.facility,
        clerk=who.name,
        terminal=who.terminal,
        key=form.text("key")[:40],
    )


def usual_day(today: date) -> str:
    """When it is to be back unless somebody says otherwise, as a field of a form has it."""
    return (today + timedelta(days=USUAL_DAYS)).isoformat()


def settling_of(form: Form, whole: WholeConsignment, who: Person) -> Settling:
    """What became of goods, as written. Raises NoNumber."""
    fates = {line.id or 0: Fate(*(_count(form.text(f"{fate}:{line.id}")) for fate in FATES)) for line in whole.lines}
    return Settling(
        number=whole.consignment.number,
        fates=fates,
        facility=who.facility,
        clerk=who.name,
        terminal=who.terminal,
        key=form.text("key")[:40],
        method=form.text("method"),
        seen=form.number("seen") or 0,
        reason=form.text("reason"),
    )


def _goods(form: Form, component: str, wiring: Wiring) -> Goods:
    price = form.text(f"p:{component}")
    if not price:
        known = wiring.catalogue.shop.components.get(component)
        raise NoPriceGiven(known.label if known else component[:40])
    return Goods(
        component,
        _count(form.text(f"n:{component}")),
        amount(price, wiring.currency.digits),
        form.text(f"v:{component}"),
    )


def _count(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{0,9}", text, re.ASCII) or text == "-":
        raise NoNumber(text)
    return int(text or 0)


def _day(text: str) -> date:
    """The day as written; one long past, which is refused, if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min
