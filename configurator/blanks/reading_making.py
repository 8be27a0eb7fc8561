"""How a blank is made and what it costs, read from [price], [[operation]] and [food]."""

import itertools
from decimal import Decimal, InvalidOperation

from configurator.blanks.blank import TRAY, Area, Food, Operation, Price, SheetSpec, Tier
from configurator.blanks.draft import Draft
from configurator.blanks.faults import nearest
from configurator.blanks.rerouting import MOST_TRAY
from configurator.blanks.shop import Shop
from configurator.blanks.table import Table
from configurator.options.model import Mix, Option


def read_price(draft: Draft) -> Price:
    """[price]: base and tiers = { 10 = "-8%" }."""
    table = draft.table.table("price")
    if table is None:
        return Price(0)
    price = Price(table.money("base"), _tiers(table))
    table.close()
    return price


def _tiers(table: Table) -> tuple[Tier, ...]:
    group = table.table("tiers", required=False)
    tiers = [_tier(group, key) for key in group.content] if group else []
    found = sorted((tier for tier in tiers if tier is not None), key=lambda tier: tier.pieces)
    for before, after in itertools.pairwise(found):
        if group and after.percent <= before.percent:
            more = f"more than the {before.percent} % from {before.pieces} pieces"
            group.fault(
                str(after.pieces), f"From {after.pieces} pieces the price falls by {after.percent} %; expected {more}."
            )
    return tuple(found)


def _tier(group: Table, key: str) -> Tier | None:
    written = group.text(key)
    try:
        percent = Decimal(written.removeprefix("-").removesuffix("%").strip())
    except InvalidOperation:
        percent = Decimal(-1)
    if not key.isascii() or not key.isdigit() or not 2 <= int(key) <= 10**6:
        group.fault(key, f'“{key}” is no number of pieces; expected one like 10 = "-8%".')
    elif not (written.startswith("-") and written.endswith("%") and 0 < percent < 100):
        group.fault(key, f'“{written}” is no discount; expected one like "-8%".')
    else:
        return Tier(int(key), percent)
    return None


def read_operations(draft: Draft, areas: tuple[Area, ...]) -> tuple[Operation, ...]:
    """Every [[operation]], in order."""
    operations = tuple(_operation(draft, entry, areas) for entry in draft.table.tables("operation"))
    if not operations:
        draft.table.fault(None, "A blank needs at least one [[operation]] that makes it.")
    elif not any(operation.key is None for operation in operations):
        draft.table.fault("operation", "At least one operation must have no “key”, so that every piece is made.")
    for place in [place for place, operation in enumerate(operations) if operation.leads][1:]:
        path = ("operation", place, "leads")
        draft.table.sheet.fault(path, "Only one operation can lead, and one before this does; take “leads” away.")
    if any(area.cut != "none" for area in areas):
        _check_marks(draft, operations)
    return operations


def _check_marks(draft: Draft, operations: tuple[Operation, ...]) -> None:
    """The margin of a sheet must have room for the marks that a cutter looks for."""
    wanted = {operation.at for operation in operations}
    centres = [one for facility in draft.shop.facilities for one in facility.centres.values() if one.key in wanted]
    reach = max((one.marks.reach_mm for one in centres if one.marks), default=0)
    for place, operation in enumerate(operations):
        if operation.sheet and operation.sheet.margin_mm < reach:
            draft.table.sheet.fault(
                ("operation", place, "sheet", "margin_mm"),
                f"The registration marks reach {reach:g} mm into a sheet; expected a margin of that or more.",
            )


def _operation(draft: Draft, entry: Table, areas: tuple[Area, ...]) -> Operation:
    tool = entry.table("tool", required=False)
    operation = Operation(
        name=entry.text("name"),
        at=_centre(draft.shop, entry),
        family=entry.text("family"),
        setup_min=entry.number("setup_min", 0.0, most=24 * 60),
        run_min=entry.number("run_min", most=24 * 60),
        key=entry.key() if entry.has("key") else None,
        sheet=_sheet(entry, areas),
        leads=entry.flag("leads"),
        tool=tool.text("name") if tool else None,
        tool_lasts=tool.whole("lasts", least=1) if tool else None,
        wait_min=entry.number("wait_min", 0.0, most=14 * 24 * 60),
        tray=entry.whole("tray", TRAY, least=0, most=MOST_TRAY),
    )
    if tool:
        tool.close()
    entry.close()
    return operation


def _centre(shop: Shop, entry: Table) -> str:
    centre = entry.text("at")
    known = {key for facility in shop.facilities for key in facility.centres}
    if centre and centre not in known:
        entry.fault("at", f"“{centre}” is no work centre of any facility.{nearest(centre, known)}")
    return centre


def _sheet(entry: Table, areas: tuple[Area, ...]) -> SheetSpec | None:
    table = entry.table("sheet", required=False)
    if table is None:
        return None
    width, height = table.numbers("size_mm", 2)
    sheet = SheetSpec(
        size_mm=(width, height),
        gap_mm=table.number("gap_mm", 0.0, most=200),
        margin_mm=table.number("margin_mm", 10.0, most=200),
        turn=table.flag("turn"),
        mirror=table.flag("mirror"),
        price=table.money("price", "0"),
        turn_deg=_turn_deg(table),
    )
    if areas and not any(_fits(area, sheet) for area in areas):
        table.fault("size_mm", f"No print area fits on a sheet of {width:g} x {height:g} mm with its margin and bleed.")
    table.close()
    return sheet


def _turn_deg(table: Table) -> int:
    step = table.whole("turn_deg", 0, most=180)
    if step and (360 % step or step < 5):
        table.fault("turn_deg", f"{step} does not go into 360°, or is less than 5; expected one like 15, 90 or 180.")
        return 0
    if step and table.flag("turn") != (90 % step == 0):
        across = "a right angle is among its angles" if 90 % step == 0 else "no right angle is among its angles"
        table.fault("turn_deg", f"“turn” contradicts a step of {step}°: {across}. Change one of them.")
    return step


def _fits(area: Area, sheet: SheetSpec) -> bool:
    """What is cut out round its artwork may be smaller than its area: whether it fits shows with each design."""
    if area.cut == "contour":
        return True
    free = [side - 2 * sheet.margin_mm for side in sheet.size_mm]
    needs = [side + 2 * area.bleed_mm for side in area.size_mm]
    straight = needs[0] <= free[0] and needs[1] <= free[1]
    return straight or (sheet.turn and needs[1] <= free[0] and needs[0] <= free[1])


def read_food(draft: Draft, options: tuple[Option, ...]) -> Food | None:
    """[food]: what the label of something to eat must say besides its mix."""
    table = draft.table.table("food", required=False)
    if table is None:
        return None
    food = Food(
        name=table.text("name"),
        best_before_days=table.whole("best_before_days", least=1, most=3650),
        date_place=table.text("date_place"),
        storage=table.text("storage"),
        net_g_option=table.text("mix"),
        maker=f"{draft.shop.legal_name}, {draft.shop.address}",
        traces=table.text("traces", ""),
    )
    mixes = [option.key for option in options if isinstance(option.domain, Mix)]
    if food.net_g_option and food.net_g_option not in mixes:
        table.fault("mix", f"“{food.net_g_option}” is no option with a mix.{nearest(food.net_g_option, mixes)}")
    table.close()
    return food
