"""Changing how a blank is made: minutes, trays, tools and steps, kept in the database and planned with at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.rerouting import (
    MOST_STEP_MIN,
    MOST_TRAY,
    MOST_WAIT_MIN,
    StepPlan,
    may_lead,
    rerouted,
)
from configurator.blanks.shop import Shop
from configurator.errors import Conflict, Invalid
from configurator.jobs.contract import Jobs
from configurator.production.causes import Cause, tell
from configurator.production.premises import as_kept
from configurator.production.route_data import plain_route
from configurator.production.shop_records import Change, write_record


class TooLongAStep(Invalid):
    """More than a day, or than a tray can be."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” must take from 0 to {MOST_STEP_MIN:,.0f} minutes to set up and to run, dry for at most "
            f"{MOST_WAIT_MIN:,.0f} minutes, and go on in trays of at most {MOST_TRAY:,} pieces (0: all at once)."
        )


class HalfATool(Invalid):
    """A tool without its life, or a life without its tool."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” needs both a tool and how many pieces it lasts, or neither.")


class StepTwice(Invalid):
    """Stations and papers know a step by its name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There are two steps called “{name}”. Give each a name of its own.")


class DecidesTheBatch(Conflict):
    """Orders are sorted by its work centre already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” decides the batch: it stays where it is and cannot be left out, since orders that wait are "
            "sorted by it. Change it in blank.toml; orders from then on follow."
        )


class CarriesTheSheet(Conflict):
    """Pieces are laid on its sheet."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” cannot be left out: pieces are laid on its sheet. Take the sheet out of blank.toml."
        )


class NobodyMakesIt(Invalid):
    """No facility has all that every piece needs."""

    def __init__(self, blank: Blank, missing: Sequence[str]) -> None:
        super().__init__(
            f"No facility has every work centre that “{blank.name}” needs then: {', '.join(missing)}. "
            "Choose others, or add what is missing on the Facility page first."
        )


@dataclass(frozen=True, slots=True)
class NewRoute:
    """A blank's key, and its steps in their order; none: those of its blank.toml."""

    blank: str
    steps: tuple[StepPlan, ...]


def keep_route(session: Session, change: Change, wanted: NewRoute, *, catalogue: Catalogue, jobs: Jobs) -> None:
    """How a blank is made from now on, also what waits already.

    What is released keeps the route that it was released with. Raises TooLongAStep, HalfATool, StepTwice,
    DecidesTheBatch, CarriesTheSheet, NobodyMakesIt, ChangedMeanwhile.
    """
    start = catalogue.blank(wanted.blank)
    now = as_kept(session, catalogue, change.now)
    check_route(start, wanted.steps, now.shop)
    write_record(session, f"route:{wanted.blank}", change, plain_route(wanted.steps))
    for facility in now.shop.facilities:
        told = Cause("rules", facility.key, f"{change.who} changed how “{start.name}” is made")
        tell(session, told, jobs=jobs, now=change.now)


def check_route(start: Blank, steps: Sequence[StepPlan], shop: Shop) -> None:
    """Raises what keep_route raises, but for ChangedMeanwhile."""
    for step in steps:
        if not (_fits(step) and 0 <= step.wait_min <= MOST_WAIT_MIN and 0 <= step.tray <= MOST_TRAY):
            raise TooLongAStep(step.name)
        if bool(step.tool) != bool(step.tool_lasts):
            raise HalfATool(step.name)
    twice = [name for name, count in Counter(step.name for step in steps).items() if count > 1]
    if twice:
        raise StepTwice(twice[0])
    _check_kept(start, steps)
    _check_made(rerouted(start, steps), shop)


def _fits(step: StepPlan) -> bool:
    return 0 <= step.setup_min <= MOST_STEP_MIN and 0 <= step.run_min <= MOST_STEP_MIN


def _check_kept(start: Blank, steps: Sequence[StepPlan]) -> None:
    """What decides batches stays where it is, what carries a sheet stays at all."""
    own, leads = {step.name: step for step in start.operations}, may_lead(start)
    for step in steps:
        before = own.get(step.name)
        if before and step.name in leads and (step.out or step.at != before.at):
            raise DecidesTheBatch(step.name)
        if before and step.out and before.sheet:
            raise CarriesTheSheet(step.name)


def _check_made(blank: Blank, shop: Shop) -> None:
    needed = {step.at for step in blank.operations if step.key is None}
    if not any(facility.makes(needed) for facility in shop.facilities):
        labels = {key: centre.label for each in shop.facilities for key, centre in each.centres.items()}
        raise NobodyMakesIt(blank, sorted(labels.get(key, key) for key in needed))
