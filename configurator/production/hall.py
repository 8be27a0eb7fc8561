"""The machines of a facility as they stand now: their hours, when each is free, what each is set up for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from configurator.blanks.shop import Facility, Shop
from configurator.production.hours import Hours
from configurator.production.loads import MachineState, Wear
from configurator.production.sequencing import Floor, Machine
from configurator.production.turns import Key, Station


@dataclass(frozen=True)
class Bench:
    """The machines of a work centre as they stand now."""

    facility: Facility
    centre: str
    states: tuple[MachineState, ...]
    changeovers: Mapping[tuple[str, str], float]
    now: datetime

    @cached_property
    def hours(self) -> Hours:
        """Its hours, but for the stand-stills of single machines."""
        return Hours.of(self.facility, self.centre)

    @cached_property
    def clocks(self) -> tuple[Hours, ...]:
        """The hours of each machine: without its own stand-stills."""
        count = self.facility.centres[self.centre].count
        return tuple(Hours.of(self.facility, self.centre, machine) for machine in range(1, count + 1))

    @cached_property
    def free_at(self) -> tuple[datetime, ...]:
        """When each machine has done what is frozen for it and works."""
        return tuple(
            max([self.now, *(state.until(hours, self.now) for state in self._of(machine))])
            for machine, hours in enumerate(self.clocks, start=1)
        )

    @cached_property
    def families(self) -> tuple[str | None, ...]:
        """What each machine is set up for once it is free."""
        return tuple(
            next((state.family for state in reversed(self._of(machine + 1))), None)
            for machine in range(len(self.clocks))
        )

    @cached_property
    def floor(self) -> Floor:
        """Its machines as sequencing sees them, in open minutes from now."""
        begin = [hours.open_from(free) for hours, free in zip(self.clocks, self.free_at, strict=True)]
        return Floor(
            tuple(Machine(self.minutes(at), family) for at, family in zip(begin, self.families, strict=True)),
            self.changeovers,
        )

    def _of(self, machine: int) -> list[MachineState]:
        return [state for state in self.states if state.machine == machine]

    def minutes(self, at: datetime) -> float:
        """A time in open minutes from now."""
        return self.hours.minutes_between(self.now, at)


@dataclass(frozen=True)
class Hall:
    """All work centres of a facility."""

    facility: Facility
    centres: Mapping[str, Bench]
    matrix: Mapping[tuple[str, str], float]
    worn: Wear

    def stations(self) -> dict[Key, Station]:
        """Its machines, ready for a clock to run."""
        return {key: Station(*state, dict(self._worn.get(key, ()))) for key, state in self._standing.items()}

    @cached_property
    def _standing(self) -> Mapping[Key, tuple[Hours, datetime, str | None]]:
        """Of each machine its hours, when it is free, what it is set up for."""
        return {
            (key, n): state
            for key, centre in self.centres.items()
            for n, state in enumerate(zip(centre.clocks, centre.free_at, centre.families, strict=True), start=1)
        }

    @cached_property
    def _worn(self) -> Mapping[Key, dict[str, int]]:
        """Machine -> tool -> pieces it has made."""
        found: dict[Key, dict[str, int]] = {}
        for (facility, centre, machine, tool), pieces in self.worn.items():
            if facility == self.facility.key:
                found.setdefault((centre, machine), {})[tool] = pieces
        return found


@dataclass(frozen=True, slots=True)
class Stand:
    """All machines as they stand: what is frozen for them, the shop, the time. worn: what their tools have made."""

    states: Sequence[MachineState]
    shop: Shop
    now: datetime
    worn: Wear

    def hall(self, key: str) -> Hall:
        """Those of one facility."""
        here = [state for state in self.states if state.facility == key]
        facility = self.shop.facility(key)
        return Hall(facility, _centres(facility, here, self.shop, self.now), self.shop.changeovers, self.worn)


def _centres(facility: Facility, states: Sequence[MachineState], shop: Shop, now: datetime) -> Mapping[str, Bench]:
    """The work centres of a facility as their machines stand now."""
    return {
        key: Bench(facility, key, tuple(s for s in states if s.work_centre == key), shop.changeovers, now)
        for key in facility.centres
    }
