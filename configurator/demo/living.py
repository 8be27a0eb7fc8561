"""Opens the demo shop with a clock of its own and lives the week through."""

from dataclasses import replace
from random import Random

from configurator.clock import Clock, FixedClock, SystemClock
from configurator.demo.deliveries import expect_goods
from configurator.demo.week import Demo, Progress, is_empty, live_week
from configurator.opening import open_wiring
from configurator.settings import Settings
from configurator.web.studio import Studio

AS_READY = 0.4
"""Share of the orders of several lines whose customers want what is ready first."""


def live(settings: Settings, orders: int, *, seed: int, done: Progress, clock: Clock | None = None) -> int | None:
    """A week of so many orders up to now; how many were placed, or None if the shop has orders already.

    Layouts by cut lines are left to the running shop: a search takes real seconds for every one of these hours.
    """
    simulated = FixedClock((clock or SystemClock()).now())
    with open_wiring(replace(settings, nesting_s=0), clock=simulated, alone=True) as wiring:
        with wiring.database.read() as session:
            if not is_empty(session):
                return None
        chance = Random(seed)  # noqa: S311 a demo wants the same week again, not secrets
        demo = Demo(wiring, Studio(wiring), simulated, chance, as_ready=AS_READY)
        placed = live_week(demo, orders, done=done)
        return placed + expect_goods(demo) if orders else placed
