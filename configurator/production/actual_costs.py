"""What a batch really cost beside its plan, and which of its differences made a piece dearer or cheaper."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from configurator.money import rounded
from configurator.production.hours import Hours
from configurator.production.paces import Paced, Passed, no_pace, paced
from configurator.production.steps_seen import Seen

LONGEST_SETUP_MIN = 240.0
"""A longer gap before the first piece was no changeover: nobody was there, or something else was made."""

Line = tuple[str, str, str, Decimal]
"""A difference that is not rounded yet: what, as planned, as it was, minor units of the whole batch."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a batch: minutes of its setup, and of all its pieces together; hour: what an hour there costs."""

    name: str
    setup_min: float
    run_min: float
    pieces: int
    hour: Decimal
    leads: bool = False


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step as planned and as it was, minutes of all its pieces; None: not known. more: minor units of the batch."""

    step: PlannedStep
    setup_min: float | None
    run_min: float | None
    more: int

    @property
    def known(self) -> bool:
        """Whether anything of it was measured or written down."""
        return self.setup_min is not None or self.run_min is not None

    @property
    def each_min(self) -> float | None:
        """Minutes a piece, as it was."""
        return None if self.run_min is None else self.run_min / max(1, self.step.pieces)


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """A batch as it was released; money in minor units. setup_min, run_min: of its lead step, all pieces together.

    setup_cost, run_cost: of all steps; hour: what an hour of the lead work centre costs; blank: what one piece takes
    from stock. lead, others: what the steps are called; steps: all of them.
    """

    pieces: int
    setup_min: float
    run_min: float
    setup_cost: int
    run_cost: int
    sheets: int
    sheet_price: int
    hour: Decimal
    blank: Decimal
    lead: str = ""
    others: tuple[str, ...] = ()
    steps: tuple[PlannedStep, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the whole batch was to cost."""
        return self.setup_cost + self.run_cost + self.sheets * self.sheet_price + self.blank * self.pieces


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of it afterwards. made: when each piece was scanned at production, in order; UTC.

    free_at: when its machine had done what came before; rejects: the defects of pieces that were not good. sheets,
    setup_min: as somebody wrote them down, None if nobody did. steps: step -> its setup and run minutes, written down
    in the same way; the lead's setup is setup_min. seen: step beside the lead -> what scans say of its run.
    """

    made: tuple[datetime, ...]
    free_at: datetime | None
    rejects: tuple[str, ...]
    sheets: int | None = None
    setup_min: float | None = None
    steps: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)

    def of(self, step: str) -> tuple[float | None, float | None]:
        """What somebody wrote down of a step."""
        return self.steps.get(step, (None, None))


@dataclass(frozen=True, slots=True)
class Pace:
    """Working minutes: of the changeover (None: not known), of all pieces (None: too few scans), of standing still.

    why: why the scans do not tell those of the pieces.
    """

    setup_min: float | None
    run_min: float | None
    stood_min: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A reason why a piece cost more (or less) than planned: what, as planned, as it was, minor units a good piece."""

    what: str
    planned: str
    actual: str
    each: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from. measured: else it is the plan's; how it was measured, or why it was not."""

    what: str
    measured: bool
    how: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A good piece's cost as planned and as it was, minor units; the differences add up exactly."""

    planned: int
    actual: int
    good: int
    differences: tuple[Difference, ...]
    sources: tuple[Source, ...] = ()
    steps: tuple[StepTold, ...] = ()

    @property
    def measured(self) -> bool:
        """Whether anything of it was; otherwise all of it is the plan."""
        return any(each.measured for each in self.sources)


def pace(happened: Happened, hours: Hours, each_min: float, lead: str = "") -> Pace:
    """What the scans say about the time of the lead step. What somebody wrote down of it counts before them.

    each_min: what a piece was to take; see `paces.paced` for what is told apart.
    """
    found = paced([Passed(at) for at in happened.made], hours, each_min)
    why = no_pace(len(happened.made), found) if happened.made else "no piece was scanned at production"
    known = None if why else found
    setup = _setup(happened, known, hours)
    written = happened.of(lead)[1]
    if written is not None:
        return Pace(setup, written, 0.0)
    return Pace(setup, known.run_min, known.stood_min) if known else Pace(setup, None, 0.0, why)


def _setup(happened: Happened, found: Paced | None, hours: Hours) -> float | None:
    """As written down, else from the end of what came before to the first piece, less what was scanned then."""
    if happened.setup_min is not None or happened.free_at is None or found is None:
        return happened.setup_min
    gap = hours.minutes_between(happened.free_at, happened.made[found.first - 1])
    return max(0.0, gap - found.each_min * found.first) if 0 <= gap <= LONGEST_SETUP_MIN else None


def compared(plan: BatchPlan, happened: Happened, hours: Hours) -> Comparison:
    """The differences in the order in which they arise; each is what a piece's cost changes by because of it."""
    found = pace(happened, hours, plan.run_min / plan.pieces, plan.lead)
    good = plan.pieces - len(happened.rejects)
    told = tuple(_step(step, happened, found) for step in plan.steps)
    bridge = [*_times(plan, found), *_other_steps(told), *_sheets(plan, happened)]
    amounts = [Decimal(amount) / plan.pieces for *_, amount in bridge]
    lost = (plan.total / plan.pieces + sum(amounts, Decimal(0))) * len(happened.rejects) / good if good else Decimal(0)
    if happened.rejects:
        flaws = ", ".join(f"{count} × {defect}" for defect, count in Counter(happened.rejects).most_common())
        bridge.append(("Rejected", "none", flaws, Decimal(0)))
        amounts.append(lost)
    found_from = tuple(_sources(plan, happened, found))
    return replace(_added_up(plan, good, bridge, amounts), sources=found_from, steps=told)


def _sources(plan: BatchPlan, happened: Happened, found: Pace) -> Iterator[Source]:
    """What was measured of the batch, and what is only the plan's figure."""
    lead = f" of “{plan.lead}”" if plan.lead else ""
    scans = len(happened.made)
    if happened.setup_min is not None:
        yield Source(f"Changeover{lead}", True, "as somebody wrote it down")
    elif found.setup_min is not None:
        yield Source(f"Changeover{lead}", True, "from what the machine did before to the first scanned piece")
    else:
        yield Source(f"Changeover{lead}", False, "no scan tells when its machine was free; write it down below")
    if found.run_min is not None:
        written = happened.of(plan.lead)[1] is not None
        yield Source(
            f"Run{lead}", True, "as somebody wrote it down" if written else f"from {scans} scans at production"
        )
    else:
        yield Source(f"Run{lead}", False, found.why)
    yield from _sources_of_others(plan, happened)
    if plan.sheets:
        counted = happened.sheets is not None
        yield Source("Sheets", counted, "as somebody counted them" if counted else "nobody has counted them")


def _sources_of_others(plan: BatchPlan, happened: Happened) -> Iterator[Source]:
    told: dict[tuple[bool, str], list[str]] = {}
    for name in plan.others:
        told.setdefault(_how(name, happened), []).append(name)
    for (known, how), names in sorted(told.items(), key=lambda each: not each[0][0]):
        yield Source(" and ".join(filter(None, [", ".join(names[:-1]), names[-1]])), known, how)


def _how(step: str, happened: Happened) -> tuple[bool, str]:
    """Whether anything of a step beside the lead is known, and how, or why not."""
    if happened.of(step) != (None, None):
        return True, "as somebody wrote it down"
    seen = happened.seen.get(step)
    if seen is None:
        return False, "nobody scans pieces there; do so, or write down below how long these steps took"
    return not seen.why, seen.why or f"the run from {seen.scans} scans, its setup as planned"


def _step(step: PlannedStep, happened: Happened, found: Pace) -> StepTold:
    """A step beside its plan; of the lead what the scans say counts where nobody wrote anything down."""
    setup, run = (found.setup_min, found.run_min) if step.leads else happened.of(step.name)
    seen = happened.seen.get(step.name)
    if run is None and seen and not step.leads:
        run = seen.run_min(step.pieces)
    more = sum(
        _minutes_worth(was - planned, step.hour)
        for was, planned in ((setup, step.setup_min), (run, step.run_min))
        if was is not None
    )
    return StepTold(step, setup, run, rounded(Decimal(more)))


def _other_steps(told: Sequence[StepTold]) -> Iterator[Line]:
    """What the steps beside the lead explain."""
    for each in told:
        step = each.step
        if step.leads:
            continue
        for what, planned, was in (("Changeover", step.setup_min, each.setup_min), ("Run", step.run_min, each.run_min)):
            if was is not None and round(was, 1) != round(planned, 1):
                more = _minutes_worth(was - planned, step.hour)
                yield f"{what} of “{step.name}”", f"{planned:.1f} min", f"{was:.1f} min", more


def _times(plan: BatchPlan, found: Pace) -> list[Line]:
    lines: list[Line] = []
    if found.setup_min is not None and round(found.setup_min, 1) != round(plan.setup_min, 1):
        more = _worth(found.setup_min - plan.setup_min, plan)
        lines.append(("Changeover", f"{plan.setup_min:.1f} min", f"{found.setup_min:.1f} min", more))
    if found.run_min is not None and round(found.run_min, 1) != round(plan.run_min, 1):
        more = _worth(found.run_min - plan.run_min, plan)
        planned, took = (f"{minutes / plan.pieces:.2f} min a piece" for minutes in (plan.run_min, found.run_min))
        lines.append(("Run", planned, took, more))
    if found.stood_min >= 0.05:
        lines.append(("Stood still", "not at all", f"{found.stood_min:.0f} min", _worth(found.stood_min, plan)))
    return lines


def _sheets(plan: BatchPlan, happened: Happened) -> list[Line]:
    if happened.sheets is None or happened.sheets == plan.sheets:
        return []
    return [
        ("Sheets", str(plan.sheets), str(happened.sheets), Decimal((happened.sheets - plan.sheets) * plan.sheet_price))
    ]


def _worth(minutes: float, plan: BatchPlan) -> Decimal:
    return _minutes_worth(minutes, plan.hour)


def _minutes_worth(minutes: float, hour: Decimal) -> Decimal:
    return Decimal(str(round(minutes, 3))) * hour / 60


def _added_up(plan: BatchPlan, good: int, lines: Sequence[Line], amounts: Sequence[Decimal]) -> Comparison:
    """Each difference in whole minor units takes what the rounded running total gained: nothing is left over."""
    running = plan.total / plan.pieces
    start = before = rounded(running)
    found = []
    for (what, planned, actual, _), amount in zip(lines, amounts, strict=True):
        running += amount
        found.append(Difference(what, planned, actual, rounded(running) - before))
        before = rounded(running)
    return Comparison(start, before, good, tuple(found))
