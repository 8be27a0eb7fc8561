"""How many more pieces fit on the sheets that an open batch takes anyhow; pure."""

from collections.abc import Sequence

from configurator.production.nesting import Rectangle, nest_for
from configurator.production.routing import Route

FITTED = 999
"""More than that are not counted."""


def room_left(routes: Sequence[Route], sheets: int, most: int) -> int:
    """So many more of the largest kind that is in the batch fit on its common sheets, at most `most`.

    They are laid as a plan lays them: behind what lies there. 0 where that is not how it lies (closer, by its cut lines
    or by a search), and where no sheet is shared.
    """
    spec = next((route.sheet for route in routes if route.sheet), None)
    taking = [route.taking for route in routes]
    if spec is None or not sheets or not all(taking):
        return 0
    nest = nest_for(spec, taking[0], sheets)
    if any(nest.add(each) is None for each in taking):
        return 0
    largest, more = max(taking, key=_area), 0
    while more < min(most, FITTED) and nest.add(largest) is not None:
        more += 1
    return more


def _area(rectangles: Sequence[Rectangle]) -> float:
    return sum(each.width * each.height for each in rectangles)
