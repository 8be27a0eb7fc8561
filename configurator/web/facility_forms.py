"""What the facility page sends, read: weeks, machines, rules, stand-stills; a refusal names the row."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from configurator.blanks.calendar import BatchRule, Holiday, Shift
from configurator.blanks.setups import Ladder, Setups
from configurator.blanks.shop import Facility, Shop, WorkCentre
from configurator.designs.form import counted
from configurator.errors import Invalid
from configurator.money import NoPrice, minor
from configurator.production.changing_facility import About, Week
from configurator.production.hours import Hours
from configurator.production.opening_facilities import Opening
from configurator.production.rows import ToolChange
from configurator.production.standing_still import Stop
from configurator.web.forms import Form
from configurator.web.setup_texts import table_read
from configurator.web.shift_texts import shifts_read

MOST_ROWS = 60
DAYS_TO = "days-to-"
LEAST_VALUES = 2
"""Values of an attribute between which anything can be changed."""


class NotReadable(Invalid):
    """A field holds something else than it should."""

    def __init__(self, what: str, value: str, example: str) -> None:
        said = f"{what} is “{value}”." if value else f"{what} is missing."
        super().__init__(f"{said} Write it like {example}.")


def week_of(form: Form) -> Week:
    """The week of a facility: doors, days, shifts, holidays."""
    return Week(
        opens=_time(form, "opens", "The opening time"),
        closes=_time(form, "closes", "The closing time"),
        workdays=_days(form, "workdays"),
        cut_off=_time(form, "cut_off", "The cut-off"),
        shifts=tuple(_shifts(form)),
        holidays=tuple(_holidays(form)),
    )


def _shifts(form: Form) -> Iterator[Shift]:
    """Rows with a time; a row whose days are not ticked is taken out."""
    for n in _rows(form, "shift-opens", "shift-closes"):
        days = _days(form, f"shift-days-{n}")
        if days:
            opens = _time(form, f"shift-opens-{n}", f"The beginning of shift {n}")
            yield Shift(days, opens, _time(form, f"shift-closes-{n}", f"The end of shift {n}"))


def _holidays(form: Form) -> Iterator[Holiday]:
    for n in _rows(form, "holiday-first", "holiday-last", "holiday-name"):
        named = form.text(f"holiday-name-{n}")
        first = _date(form, f"holiday-first-{n}", f"The first day of {named or f'holiday {n}'}")
        last = _date(form, f"holiday-last-{n}", "Its last day") if form.text(f"holiday-last-{n}") else first
        yield Holiday(first, last, form.text(f"holiday-name-{n}") or "closed")


def centres_of(form: Form, facility: Facility) -> tuple[WorkCentre, ...]:
    """The work centres; a row whose name is empty is taken out."""
    centres = []
    for n in _rows(form, "centre-label"):
        label = form.text(f"centre-label-{n}")
        key = form.text(f"centre-key-{n}") or re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
        if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
            raise NotReadable(f"The key of “{label}”", key, "mug-press")
        known = facility.centres.get(key)
        count = whole(form, f"centre-count-{n}", f"How many there are of “{label}”", least=1)
        cost = _money(form, f"centre-cost-{n}", f"What an hour of “{label}” costs")
        shifts = shifts_read(form.text(f"centre-shifts-{n}"), facility.workdays, f"“{label}”")
        centre = WorkCentre(key, label, count or 1, cost, shifts, crew=_crew(form, n, label))
        centres.append(replace(centre, spots=known.spots, dpi=known.dpi, marks=known.marks) if known else centre)
    return tuple(centres)


def _crew(form: Form, n: int, label: str) -> Decimal:
    text = form.text(f"centre-crew-{n}").replace(",", ".") or "0"
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,2})?", text):
        raise NotReadable(f"How many people stand at “{label}”", text, "1 or 0.5")
    return Decimal(text)


def about_of(form: Form) -> About:
    """What a facility is called and holds."""
    bins = whole(form, "bins", "The number of bins")
    return About(
        name=form.text("name")[:80],
        street=form.text("street")[:120],
        postcode=form.text("postcode")[:12],
        town=form.text("town")[:80],
        timezone=form.text("timezone")[:60],
        bins=bins or 0,
        wage=_money(form, "wage", "What an hour of one person costs"),
        days_to=dict(_days_to(form)),
    )


def opening_of(form: Form, shop: Shop) -> Opening:
    """Another facility: its bins and wage begin as those of the one whose calendar it copies."""
    like = next((one for one in shop.facilities if one.key == form.text("new-like")), shop.facilities[0])
    about = About(
        name=form.text("new-name")[:80],
        street=form.text("new-street")[:120],
        postcode=form.text("new-postcode")[:12],
        town=form.text("new-town")[:80],
        timezone=form.text("new-timezone")[:60],
        bins=like.bins,
        wage=like.wage,
        days_to=dict(_days_to(form, "new-" + DAYS_TO)),
    )
    days_from = dict(_days_to(form, "new-days-from-"))
    return Opening(form.text("new-kind"), about, form.text("new-like"), bool(form.text("new-machines")), days_from)


def _days_to(form: Form, prefix: str = DAYS_TO) -> Iterator[tuple[str, int]]:
    """Days under way to the facilities that were filled in; an empty field leaves it to the parcel's."""
    for name, _ in form.pairs:
        days = whole(form, name, "The days under way", least=0) if name.startswith(prefix) else None
        if days is not None:
            yield name.removeprefix(prefix), days


class Typed:
    """Values of a form's fields: as they were sent, if they were, else as they are kept."""

    def __init__(self, form: Form | None) -> None:
        self._form = form
        self._names = {name for name, _ in form.pairs} if form else set()

    def text(self, name: str, kept: object) -> object:
        """A field's text."""
        return self._form.text(name) if self._form and name in self._names else kept

    def on(self, name: str, value: object, kept: Collection[object]) -> bool:
        """Whether a box is ticked; of a week that was sent, one that is not named was not."""
        if self._form is None or "opens" not in self._names:
            return value in kept
        return str(value) in self._form.texts(name)


def rules_of(form: Form) -> tuple[BatchRule, ...]:
    """The rules that say anything, in their order."""
    found = []
    for n in range(1, MOST_ROWS):
        rule = BatchRule(
            work_centre=form.text(f"rule-centre-{n}"),
            family=form.text(f"rule-family-{n}"),
            least=whole(form, f"rule-least-{n}", f"The least of rule {n}") or 1,
            most=whole(form, f"rule-most-{n}", f"The most of rule {n}"),
            closes_full=whole(form, f"rule-full-{n}", f"The threshold of rule {n}"),
            cut_off=_time(form, f"rule-cut-{n}", f"The time of rule {n}") if form.text(f"rule-cut-{n}") else None,
            every_min=whole(form, f"rule-every-{n}", f"The interval of rule {n}"),
            rush_min=whole(form, f"rule-rush-{n}", f"The wait of rush batches of rule {n}", least=0),
        )
        if rule != BatchRule(rule.work_centre, rule.family):
            found.append(rule)
    return tuple(found)


def stop_of(form: Form, facility: Facility, who: str, now: datetime) -> Stop:
    """A stand-still, by the facility's clock; without a beginning from now on."""
    centre, number = _machine(form)
    starts = _moment(form, "starts", "From when", facility) if form.text("starts") else now
    ends = _moment(form, "ends", "Until when", facility)
    return Stop(facility.key, centre, number, starts, ends, form.text("reason")[:200], who)


def changed_tool(form: Form, facility: Facility, who: str, now: datetime) -> ToolChange:
    """A tool that has been changed on a machine."""
    centre, number = _machine(form)
    return ToolChange(
        facility=facility.key, work_centre=centre, machine=number, tool=form.text("tool")[:120], who=who, at=now
    )


def _machine(form: Form) -> tuple[str, int]:
    """A work centre and the number of its machine; 0: all of them, -1: none that there is."""
    centre, _, number = form.text("machine").partition(":")
    known = counted(number or "0")
    return centre, -1 if known is None else known


def setups_of(form: Form) -> Setups:
    """The setup matrix: rows of two families and minutes, rows of an attribute in its order."""
    table: dict[tuple[str, str], float] = {}
    for n in _rows(form, "setup-from", "setup-to", "setup-min"):
        start = _family(form, f"setup-from-{n}", f"The first family of pair {n}")
        end = _family(form, f"setup-to-{n}", f"The second family of pair {n}")
        table[start, end] = minutes(form, f"setup-min-{n}", f"The minutes from {start} to {end}")
    ladders = []
    for n in _rows(form, "ladder-families"):
        families = form.text(f"ladder-families-{n}")
        if families.count("*") != 1:
            raise NotReadable(f"The families of attribute {n}", families, "mug-*")
        order = tuple(re.findall(r"[\w+-]+", form.text(f"ladder-order-{n}")))
        if len(order) < LEAST_VALUES:
            raise NotReadable(f"The order of {families}", ", ".join(order), "white, coral, black")
        down = minutes(form, f"ladder-down-{n}", f"The minutes down for {families}")
        ladders.append(Ladder(families, order, down, minutes(form, f"ladder-up-{n}", f"The minutes up for {families}")))
    tables = [
        table_read(form.text(f"grid-families-{n}"), form.text(f"grid-rows-{n}")) for n in _rows(form, "grid-families")
    ]
    return Setups(table, tuple(ladders), tuple(tables))


def _rows(form: Form, *names: str) -> list[int]:
    """The numbers of the rows in which one of these fields says something."""
    return [n for n in range(1, MOST_ROWS) if any(form.text(f"{name}-{n}") for name in names)]


def _family(form: Form, name: str, what: str) -> str:
    if not form.text(name):
        raise NotReadable(what, "", "mug-white, or empty the whole row")
    return form.text(name)


def _days(form: Form, name: str) -> tuple[int, ...]:
    return tuple(sorted({int(day) for day in form.texts(name) if day in "0123456" and len(day) == 1}))


def _time(form: Form, name: str, what: str) -> time:
    try:
        return time.fromisoformat(form.text(name)).replace(tzinfo=None)
    except ValueError:
        raise NotReadable(what, form.text(name), "14:00") from None


def _date(form: Form, name: str, what: str) -> date:
    try:
        return date.fromisoformat(form.text(name))
    except ValueError:
        raise NotReadable(what, form.text(name), "2026-12-24") from None


def _moment(form: Form, name: str, what: str, facility: Facility) -> datetime:
    try:
        local = datetime.fromisoformat(form.text(name))
        return Hours.of(facility).at(local.date(), local.time())
    except (ValueError, OverflowError):
        raise NotReadable(what, form.text(name), "2026-11-26T14:00") from None


def whole(form: Form, name: str, what: str, *, least: int = 1) -> int | None:
    """A field as a whole number up to four digits; None when it is empty. Raises NotReadable."""
    text = form.text(name)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) < least:
        raise NotReadable(what, text, "24")
    return int(text)


def minutes(form: Form, name: str, what: str) -> float:
    """A field as minutes, with a point or a comma. Raises NotReadable."""
    text = form.text(name).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", text):
        raise NotReadable(what, form.text(name), "6")
    return float(text)


def _money(form: Form, name: str, what: str) -> int:
    try:
        amount = minor(form.text(name).replace(",", "."))
    except NoPrice:
        amount = -1
    if not 0 <= amount < 10_000_000:
        raise NotReadable(what, form.text(name), "28.00")
    return amount
