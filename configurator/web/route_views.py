"""How a blank is made, as its page shows it: the steps as changed, what may be changed of each, where all is made."""

from collections.abc import Sequence, Set
from typing import Any

from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.rerouting import StepPlan, may_lead, planned_steps
from configurator.blanks.shop import Shop
from configurator.designs.sewing import sewn_steps
from configurator.production.actual_store import comparison_of
from configurator.production.shop_records import revision


def route_view(session: Session, start: Blank, shop: Shop, take: str = "") -> dict[str, Any]:
    """Values for templates/workshop/_blank_route.html; start: the blank as its file has it.

    take: a done batch whose minutes are to be planned with: they stand in the fields until somebody keeps them.
    """
    changed, sewn = shop.routes.get(start.key, ()), sewn_steps(start, shop)
    steps = planned_steps(start, changed)
    return {
        "steps": steps,
        "taken": _without_runs(_taken(session, steps, shop, take), steps, sewn) if take else {},
        "take": take,
        "own": {step.name: step for step in start.operations},
        "leads": may_lead(start),
        "changed": bool(changed),
        "centres": {key: centre.label for each in shop.facilities for key, centre in each.centres.items()},
        "revision": revision(session, f"route:{start.key}"),
    }


def _without_runs(fields: dict[str, str], steps: Sequence[StepPlan], names: Set[str]) -> dict[str, str]:
    """A batch's run minutes of an embroidered step hold those of its designs, which come on top of what is planned."""
    own = {f"step-run-{n}" for n, step in enumerate(steps, start=1) if step.name in names}
    return {name: value for name, value in fields.items() if name not in own}


def _taken(session: Session, steps: Sequence[StepPlan], shop: Shop, number: str) -> dict[str, str]:
    """Field -> the minutes that a batch really took, where they are known and differ from what is planned with."""
    found = comparison_of(session, number, shop)
    told = {each.step.name: each for each in found.steps} if found else {}
    fields = {}
    for n, step in enumerate(steps, start=1):
        each = told.get(step.name)
        if each is None:
            continue
        for name, was, planned in (
            ("setup", each.setup_min, step.setup_min),
            ("run", each.each_min, step.run_min),
        ):
            if was is not None and round(was, 2) != planned:
                fields[f"step-{name}-{n}"] = f"{round(was, 2):g}"
    return fields
