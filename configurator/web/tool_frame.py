"""What the head of every workshop page shows: where one is, who is signed in, what time it is."""

from typing import Any
from zoneinfo import ZoneInfo

from configurator.web.guards import person
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import Wiring

PLACES = (
    ("board", "Board", "/workshop"),
    ("batches", "Batches", "/workshop/batches"),
    ("stations", "Stations", "/workshop/stations/picking"),
    ("orders", "Orders", "/workshop/orders"),
    ("facility", "Facility", "/workshop/facility"),
    ("stock", "Stock", "/workshop/stock"),
    ("blanks", "Blanks", "/workshop/blanks"),
    ("costs", "Costs", "/workshop/costs"),
    ("jobs", "Jobs", "/workshop/jobs"),
)


def frame(request: AnyRequest, wiring: Wiring, here: str, at: str | None = None) -> dict[str, Any]:
    """Values for templates/workshop/_tool_head.html. `facility`: the one whose work is shown.

    It is the maker's own, the first one once that is closed, or the one chosen with ?at=, or the one that a form was
    about. `same`: where links and searches of the page lead that stay on it; empty as long as its address does, as it
    is not that of a form which was refused.
    """
    shop, who = wiring.catalogue.shop, person(request)
    known = {facility.key: facility for facility in (*shop.facilities, *shop.closed)}
    own = next((one for one in shop.facilities if one.key == who.facility), shop.facilities[0])
    wanted = at or str(request.query_params.get("at", own.key))
    facility = known.get(wanted, own)
    now = wiring.clock.now()
    return {
        "places": PLACES,
        "same": "" if request.method == "GET" else next((path for key, _, path in PLACES if key == here), ""),
        "here": here,
        "who": who,
        "facility": facility,
        "facilities": shop.facilities,
        "now": now,
        "local_now": now.astimezone(ZoneInfo(facility.timezone)),
    }
