"""The wall: the board for a screen across the room. What is on each machine, what is late, the next changeover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from litestar import Response, get

from configurator.blanks.shop import Facility
from configurator.production.batch_store import batches_since
from configurator.production.hours import Hours
from configurator.production.piece_store import PieceCounts, piece_counts
from configurator.production.promise_watch import Breaking, breaking
from configurator.production.step_store import steps_between
from configurator.web.gantt import family_colours
from configurator.web.guards import makers_only
from configurator.web.machines_now import SOON, Changeover, MachineNow, machines_now, next_changeover
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

AT_ONCE = 12
"""Machines on the screen at a time: more could not be read from four metres."""

TURNS = timedelta(seconds=20)
"""How long the screen shows the same ones, where there are more; also how often it asks again."""


@dataclass(frozen=True)
class Wall:
    """What the wall says. shown: the machines of this turn, from number `first` of all `busy`."""

    busy: Sequence[MachineNow]
    shown: Sequence[MachineNow]
    first: int
    counts: PieceCounts
    breaking: Sequence[Breaking]
    changeover: Changeover | None
    cut_off: datetime

    @property
    def still(self) -> list[MachineNow]:
        """The machines that stand still."""
        return [machine for machine in self.busy if machine.state == "down"]


@get("/workshop/wall", guards=[makers_only], sync_to_thread=True)
def wall(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The wall of one facility; it asks for itself again and again."""
    values = frame(request, wiring, "board")
    found = _wall(wiring, values["facility"], values["now"])
    seconds = int(TURNS.total_seconds())
    return pages.page(
        request, "workshop/wall.html", {**values, "wall": found, "seconds": seconds}, fragment="workshop/_wall.html"
    )


def _wall(wiring: Wiring, facility: Facility, now: datetime) -> Wall:
    midnight = now.astimezone(ZoneInfo(facility.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    with wiring.database.read() as session:
        batches = batches_since(session, midnight, facility.key)
        steps = steps_between(session, facility.key, now, now + SOON)
        counts = piece_counts(session, now=now, until=midnight + timedelta(days=1), facility=facility.key)
        promises = breaking(session, wiring.catalogue.shop, now, facility.key)
    busy = machines_now(facility, batches, steps, family_colours(batches), now)
    first = _turn(len(busy), now) * AT_ONCE
    return Wall(
        busy=busy,
        shown=busy[first : first + AT_ONCE],
        first=first + 1,
        counts=counts,
        breaking=promises,
        changeover=next_changeover(busy, now),
        cut_off=Hours.of(facility).cut_off_after(now),
    )


def _turn(machines: int, now: datetime) -> int:
    """Which dozen is shown, by the clock: two screens side by side show the same."""
    return int(now.timestamp() // TURNS.total_seconds()) % max(1, -(-machines // AT_ONCE))


ROUTES = [wall]
