"""How a blank is made, as its page shows it: the steps as changed, what may be changed of each, where all is made."""

from typing import Any

from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.rerouting import may_lead, planned_steps
from configurator.blanks.shop import Shop
from configurator.production.shop_records import revision


def route_view(session: Session, start: Blank, shop: Shop) -> dict[str, Any]:
    """Values for templates/workshop/_blank_route.html; start: the blank as its file has it."""
    changed = shop.routes.get(start.key, ())
    return {
        "steps": planned_steps(start, changed),
        "own": {step.name: step for step in start.operations},
        "leads": may_lead(start),
        "changed": bool(changed),
        "centres": {key: centre.label for each in shop.facilities for key, centre in each.centres.items()},
        "revision": revision(session, f"route:{start.key}"),
    }
