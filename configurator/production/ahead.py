"""What the lines of an order that are promised already leave to its next one: blanks, machines' time, room for rejects.

The planner makes what is alike in one run, and gives different things different machines: so does this.
"""

from bisect import insort
from dataclasses import dataclass, field
from datetime import datetime

from configurator.production.hours import Hours, Window
from configurator.stock.shelf import Shelf

Centre = tuple[str, str]
"""(facility, work centre)."""


@dataclass
class _Machine:
    """What one machine makes of the order: spans by their beginnings, none touching; the families it is set up for."""

    spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    families: set[str] = field(default_factory=set)

    def room(self, hours: Hours, since: datetime, minutes: float) -> Window:
        """The first time from `since` on in which it has nothing of the order to do for that long."""
        window = hours.fit(since, minutes)
        for begins, ends in self.spans:
            if begins >= window.closes:
                break
            if ends > window.opens:
                window = hours.fit(ends, minutes)
        return window

    def take(self, window: Window) -> None:
        """Busy then; spans that touch are one, so that an order of a hundred lines is no slower than one of two."""
        insort(self.spans, (window.opens, window.closes))
        joined: list[tuple[datetime, datetime]] = []
        for begins, ends in self.spans:
            if joined and begins <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
            else:
                joined.append((begins, ends))
        self.spans[:] = joined


@dataclass(frozen=True, slots=True)
class Work:
    """A step of a line at a work centre: its hours, from when on it can run, minutes to set up and to run."""

    hours: Hours
    since: datetime
    setup_min: float
    run_min: float


class Ahead:
    """The lines of one order, promised one after the other. shelf: what can be promised, less after each.

    A single line finds everything free, so that its promise is the same with and without.
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf
        self.pieces = 0
        self._machines: dict[Centre, list[_Machine]] = {}
        self._served: set[tuple[int, str]] = set()

    def run(self, centre: Centre, count: int, family: str, work: Work) -> Window:
        """When one of the `count` machines runs that, after what it has of the order; it is busy then.

        What is of one family is made on one machine, set up once; else the machine that is done first makes it.
        """
        machines = self._machines.setdefault(centre, [])
        same = next((one for one in machines if family in one.families), None)
        if same is None and len(machines) < count:
            machines.append(_Machine())
        minutes = work.run_min + (0.0 if same else work.setup_min)
        choice = (same,) if same else machines
        windows = [(one.room(work.hours, work.since, minutes), one) for one in choice]
        window, machine = min(windows, key=lambda pair: pair[0].closes)
        machine.families.add(family)
        machine.take(window)
        return window

    def others_of(self, delivery: int, centre: str, promised: int) -> int:
        """How many of a delivery others were promised that are made before the order at a work centre; counted once."""
        before = (delivery, centre) in self._served
        self._served.add((delivery, centre))
        return 0 if before else promised
