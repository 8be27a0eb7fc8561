"""shop.toml read: what the shop is, has and can."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Literal, cast
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies

from configurator.blanks.faults import nearest
from configurator.blanks.marks import read_marks
from configurator.blanks.press import read_press
from configurator.blanks.reading_calendar import read_holidays, read_rules, read_shifts, read_time, read_weekdays
from configurator.blanks.reading_fonts import read_fonts
from configurator.blanks.reading_methods import read_methods
from configurator.blanks.reading_setups import read_setups
from configurator.blanks.shop import Component, Costing, Facility, Shipping, Shop, TakeBack, WorkCentre
from configurator.blanks.table import Table


def read_shop(table: Table, profiles: Mapping[str, bytes] | None = None) -> Shop:
    """The shop of a shop.toml; mistakes are noted on the table's sheet. profiles: the .icc files beside it."""
    facilities = tuple(_facility(key, entry) for key, entry in table.entries("facility", required=True))
    _check_days_to(table, facilities)
    batch = table.table("batch")
    setups = read_setups(table)
    shop = Shop(
        name=table.text("name"),
        legal_name=table.text("legal_name"),
        address=table.text("address"),
        email=table.text("email"),
        vat_id=table.text("vat_id"),
        account=table.text("account", ""),
        currency=_currency(table),
        locale=_locale(table),
        country=table.text("country"),
        timezone=_timezone(table),
        taxes=_taxes(table),
        shipping=_shipping(table),
        facilities=facilities,
        methods=read_methods(table),
        fonts=read_fonts(table),
        components=_components(table, {facility.key for facility in facilities}),
        changeovers=setups.matrix(),
        batch_pieces=batch.whole("pieces", least=1, most=10_000) if batch else 1,
        categories=_categories(table),
        setups=setups,
        press=read_press(table, profiles or {}),
        costing=_costing(table),
        together_min=batch.number("together_min", 0.0, most=60) if batch else 0.0,
        take_back=_take_back(table),
    )
    if batch:
        batch.close()
    table.close()
    return shop


def _currency(table: Table) -> str:
    code = table.text("currency")
    if code and code not in list_currencies():
        table.fault("currency", f"“{code}” is no currency; expected an ISO 4217 code like EUR.")
        return "EUR"
    return code


def _locale(table: Table) -> str:
    name = table.text("locale")
    try:
        Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        table.fault("locale", f"“{name}” is no locale; expected a language and a country like en_IE.")
        return "en_IE"
    return name


def _timezone(table: Table) -> str:
    name = table.text("timezone")
    try:
        ZoneInfo(name)
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError on a name that looks right
        table.fault("timezone", f"“{name}” is no time zone; expected one like Europe/Berlin.")
    except KeyError:
        table.fault("timezone", f"“{name}” is no time zone; expected one like Europe/Berlin.")
    else:
        return name
    return "UTC"


def _taxes(table: Table) -> dict[str, Decimal]:
    rates = table.table("taxes")
    if rates is None:
        return {}
    return {rates.checked_name(key): rates.decimal(key) for key in rates.content}


def _categories(table: Table) -> dict[str, str]:
    names = table.table("categories")
    if names is None:
        return {}
    return {names.checked_name(key): names.text(key) for key in names.content}


def _shipping(table: Table) -> Shipping:
    parcel = table.table("shipping")
    if parcel is None:
        return Shipping(label="", price=0, free_from=None, days=1)
    shipping = Shipping(
        label=parcel.text("label"),
        price=parcel.money("price"),
        free_from=parcel.money("free_from") if parcel.has("free_from") else None,
        days=parcel.whole("days", least=0, most=60),
        one_parcel=parcel.flag("one_parcel"),
    )
    parcel.close()
    return shipping


def _costing(table: Table) -> Costing:
    """[costing]: how prices are derived from costs, and what joining a batch gives back."""
    given = table.table("costing", required=False)
    if given is None:
        return Costing()
    costing = Costing(
        order_cost=given.money("order_cost", "0"),
        margin=given.whole("margin", 40, most=95),
        round_to=max(1, given.money("round_to", "0.10")),
        passed_on=given.whole("passed_on", 0, most=100),
    )
    given.close()
    return costing


def _take_back(table: Table) -> TakeBack:
    """[take_back]: for how many minutes a mistake can be undone."""
    given = table.table("take_back", required=False)
    if given is None:
        return TakeBack()
    usual = TakeBack()
    minutes = TakeBack(
        scans_min=given.whole("scans_min", usual.scans_min, most=60),
        hand_overs_min=given.whole("hand_overs_min", usual.hand_overs_min, most=24 * 60),
        parcels_min=given.whole("parcels_min", usual.parcels_min, most=24 * 60),
    )
    given.close()
    return minutes


def _facility(key: str, entry: Table) -> Facility:
    centres = {name: _centre(name, centre) for name, centre in entry.entries("centre", required=True)}
    facility = Facility(
        key=key,
        name=entry.text("name"),
        kind=cast(Literal["plant", "store"], entry.one_of("kind", ("plant", "store"))),
        street=entry.text("street"),
        postcode=entry.text("postcode"),
        town=entry.text("town"),
        timezone=_timezone(entry),
        opens=read_time(entry, "opens"),
        closes=read_time(entry, "closes"),
        workdays=read_weekdays(entry, "workdays"),
        cut_off=read_time(entry, "cut_off"),
        bins=entry.whole("bins", least=1, most=10_000),
        centres=centres,
        shifts=read_shifts(entry),
        holidays=read_holidays(entry),
        rules=read_rules(entry, centres),
        wage=entry.money("wage", "0"),
        days_to=_days_to(entry),
    )
    _check_hours(entry, facility)
    entry.close()
    return facility


def _days_to(entry: Table) -> dict[str, int]:
    """`days_to = { store-hamburg = 2 }`: how many days of the carrier a piece is under way to another facility."""
    days = entry.table("days_to", required=False)
    return {days.checked_name(key): days.whole(key, least=0, most=60) for key in days.content} if days else {}


def _check_days_to(table: Table, facilities: Sequence[Facility]) -> None:
    known = {facility.key for facility in facilities}
    for facility in facilities:
        for other in facility.days_to.keys() - known:
            sentence = f"“{other}” is no facility.{nearest(other, known)}"
            table.sheet.fault((*table.path, "facility", facility.key, "days_to", other), sentence)


def _check_hours(entry: Table, facility: Facility) -> None:
    if not facility.opens < facility.closes:
        entry.fault(
            "closes", f"closes at {facility.closes:%H:%M}, which is not after it opens ({facility.opens:%H:%M})."
        )
    elif not facility.opens < facility.cut_off <= facility.closes:
        entry.fault("cut_off", f"The cut-off {facility.cut_off:%H:%M} must lie within the opening hours.")


def _centre(key: str, entry: Table) -> WorkCentre:
    centre = WorkCentre(
        key=key,
        label=entry.text("label"),
        count=entry.whole("count", 1, least=1, most=1000),
        cost_per_hour=entry.money("cost_per_hour"),
        shifts=read_shifts(entry),
        spots=_spots(entry),
        dpi=entry.whole("dpi", 254, least=50, most=2540),
        crew=entry.decimal("crew", "0"),
        marks=read_marks(entry),
    )
    entry.close()
    return centre


def _spots(entry: Table) -> dict[str, str]:
    """`spots = { CutContour = "ThruCut" }`: what this machine calls a separation."""
    names = entry.table("spots", required=False)
    return {name: names.text(name) for name in names.content} if names else {}


def _components(table: Table, facilities: set[str]) -> dict[str, Component]:
    components: dict[str, Component] = {}
    for entry in table.tables("component"):
        for component in _each_component(entry, facilities):
            if component.key in components:
                entry.fault("key", f"The component “{component.key}” stands here a second time.")
            components[component.key] = component
    return components


def _each_component(entry: Table, facilities: set[str]) -> list[Component]:
    """One component, or one for every combination of its `each`: "tee-{colour}-{size}"."""
    each = entry.table("each", required=False)
    lists = {name: each.texts(name) for name in each.content} if each else {}
    key, label, start = entry.text("key"), entry.text("label"), entry.counts("start")
    unit, cost = entry.text("unit", "piece"), entry.decimal("cost")
    for facility in start.keys() - facilities:
        entry.sheet.fault(
            (*entry.path, "start", facility), f"“{facility}” is no facility.{nearest(facility, facilities)}"
        )
    entry.close()
    try:
        names = [dict(zip(lists, words, strict=True)) for words in product(*lists.values())]
        found = [
            Component(key.format(**name), label.format(**name), unit, cost * 100, start, label, name) for name in names
        ]
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        entry.fault("key", f"“{key}” names something in {{braces}} that “each” does not list.")
        return []
    for component in found:
        entry.checked_name(component.key, "key")
    return found
