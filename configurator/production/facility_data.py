"""A facility's week, machines and rules, and the setup matrix, as plain data and back: what the database keeps."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from configurator.blanks.calendar import BatchRule, Holiday, Shift
from configurator.blanks.marks import Marks
from configurator.blanks.setups import Ladder, Setups, SetupTable
from configurator.blanks.shop import Facility, WorkCentre

Plain = Mapping[str, Any]
ABOUT = ("name", "street", "postcode", "town", "timezone", "bins")


def plain_facility(facility: Facility) -> dict[str, Any]:
    """All that the workshop can change of a facility."""
    return {
        "opens": _written(facility.opens),
        "closes": _written(facility.closes),
        "workdays": list(facility.workdays),
        "cut_off": _written(facility.cut_off),
        "shifts": _plain_shifts(facility.shifts),
        "holidays": [[day.first.isoformat(), day.last.isoformat(), day.name] for day in facility.holidays],
        "centres": [_plain_centre(centre) for centre in facility.centres.values()],
        "rules": [_plain_rule(rule) for rule in facility.rules],
        "kind": facility.kind,
        "closed": facility.closed,
        "wage": facility.wage,
        "days_to": dict(facility.days_to),
        **{name: getattr(facility, name) for name in ABOUT},
    }


def changed_facility(facility: Facility, content: Plain | None) -> Facility:
    """A facility of shop.toml as its record says it is now; without a record as it was."""
    if content is None:
        return facility
    centres = [_centre(each) for each in content["centres"]]
    return replace(
        facility,
        opens=time.fromisoformat(content["opens"]),
        closes=time.fromisoformat(content["closes"]),
        workdays=tuple(content["workdays"]),
        cut_off=time.fromisoformat(content["cut_off"]),
        shifts=_shifts(content["shifts"]),
        holidays=tuple(
            Holiday(date.fromisoformat(first), date.fromisoformat(last), name)
            for first, last, name in content["holidays"]
        ),
        centres={centre.key: centre for centre in centres},
        rules=tuple(_rule(each) for each in content["rules"]),
        wage=content.get("wage", facility.wage),
        days_to=content.get("days_to", facility.days_to),
        closed=content.get("closed", facility.closed),
        **{name: content.get(name, getattr(facility, name)) for name in ABOUT},
    )


def opened_facility(key: str, content: Plain) -> Facility:
    """A facility that shop.toml does not know, as its record says it is."""
    day = time.fromisoformat(content["opens"])
    bare = Facility(key, "", content["kind"], "", "", "", "", day, day, (), day, 1, {})
    return changed_facility(bare, content)


def plain_setups(setups: Setups) -> dict[str, Any]:
    """The setup matrix as data."""
    return {
        "table": [[start, end, minutes] for (start, end), minutes in setups.table.items()],
        "ladders": [[each.families, list(each.order), each.down_min, each.up_min] for each in setups.ladders],
        "grids": [[each.families, list(each.values), [list(row) for row in each.minutes]] for each in setups.grids],
    }


def read_setups(content: Plain) -> Setups:
    """The setup matrix from data."""
    return Setups(
        table={(start, end): minutes for start, end, minutes in content["table"]},
        ladders=tuple(Ladder(families, tuple(order), down, up) for families, order, down, up in content["ladders"]),
        grids=tuple(
            SetupTable(families, tuple(values), tuple(tuple(row) for row in rows))
            for families, values, rows in content.get("grids", ())
        ),
    )


def _plain_shifts(shifts: tuple[Shift, ...]) -> list[Any]:
    return [[list(one.days), _written(one.opens), _written(one.closes)] for one in shifts]


def _shifts(content: list[Any]) -> tuple[Shift, ...]:
    return tuple(
        Shift(tuple(days), time.fromisoformat(opens), time.fromisoformat(closes)) for days, opens, closes in content
    )


def _plain_centre(centre: WorkCentre) -> dict[str, Any]:
    return {
        "key": centre.key,
        "label": centre.label,
        "count": centre.count,
        "cost_per_hour": centre.cost_per_hour,
        "shifts": _plain_shifts(centre.shifts),
        "spots": dict(centre.spots),
        "dpi": centre.dpi,
        "crew": str(centre.crew),
        "marks": asdict(centre.marks) if centre.marks else None,
    }


def _centre(content: Plain) -> WorkCentre:
    return WorkCentre(
        key=content["key"],
        label=content["label"],
        count=content["count"],
        cost_per_hour=content["cost_per_hour"],
        shifts=_shifts(content["shifts"]),
        spots=content["spots"],
        dpi=content["dpi"],
        crew=Decimal(content.get("crew", 0)),
        marks=Marks(**content["marks"]) if content.get("marks") else None,
    )


def _plain_rule(rule: BatchRule) -> dict[str, Any]:
    return {
        "work_centre": rule.work_centre,
        "family": rule.family,
        "least": rule.least,
        "most": rule.most,
        "closes_full": rule.closes_full,
        "cut_off": _written(rule.cut_off) if rule.cut_off else None,
        "every_min": rule.every_min,
        "rush_min": rule.rush_min,
    }


def _rule(content: Plain) -> BatchRule:
    cut_off = content["cut_off"]
    return BatchRule(**{**content, "cut_off": time.fromisoformat(cut_off) if cut_off else None})


def _written(clock: time) -> str:
    return clock.isoformat("minutes")
