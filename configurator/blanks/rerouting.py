"""A blank's steps as the workshop has changed them: minutes, trays, tools, work centres; steps added or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from configurator.blanks.blank import TRAY, Blank, Operation

MOST_TRAY = 9_999
MOST_STEP_MIN = 24 * 60.0
MOST_WAIT_MIN = 14 * 24 * 60.0


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step as the workshop wants it: one of blank.toml by its name, or one that it has added.

    setup_min, run_min, wait_min, tray, tool, tool_lasts: as an operation has them; out: pieces go without it.
    """

    name: str
    at: str
    family: str
    setup_min: float
    run_min: float
    wait_min: float = 0
    tray: int = TRAY
    tool: str = ""
    tool_lasts: int = 0
    added: bool = False
    out: bool = False


def planned_steps(blank: Blank, steps: Sequence[StepPlan] = ()) -> tuple[StepPlan, ...]:
    """The steps of a blank as it is, or as they were changed, those that are left out among them.

    What this version of the blank has no step of that name for is dropped, unless the workshop has added it; a step
    that nobody spoke of follows the one that it follows in blank.toml.
    """
    own = {step.name: _plan(step) for step in blank.operations}
    found = [step for step in steps if step.added or step.name in own]
    known, at = {step.name for step in found}, 0
    for step in own.values():
        if step.name in known:
            at = next(n for n, each in enumerate(found) if each.name == step.name) + 1
        else:
            found.insert(at, step)
            at += 1
    return tuple(found)


def rerouted(blank: Blank, steps: Sequence[StepPlan]) -> Blank:
    """The blank with these steps; it keeps its version, since what is made of it stays the same thing."""
    if not steps:
        return blank
    own = {step.name: step for step in blank.operations}
    wanted = planned_steps(blank, steps)
    return replace(blank, operations=tuple(_made(step, own) for step in wanted if not step.out))


def _plan(step: Operation) -> StepPlan:
    tool = (step.tool or "", step.tool_lasts or 0)
    return StepPlan(step.name, step.at, step.family, step.setup_min, step.run_min, step.wait_min, step.tray, *tool)


def _made(step: StepPlan, own: Mapping[str, Operation]) -> Operation:
    """A step of blank.toml with what was changed, or a new one, which never decides a batch."""
    before = own.get(step.name)
    start = before or Operation(step.name, step.at, step.family, 0, 0, leads_by=-1)
    return replace(
        start,
        at=step.at,
        setup_min=step.setup_min,
        run_min=step.run_min,
        wait_min=step.wait_min,
        tray=step.tray,
        tool=step.tool or None,
        tool_lasts=step.tool_lasts or None,
        leads_by=before.weight if before else -1,
    )


def may_lead(blank: Blank) -> frozenset[str]:
    """The names of the steps that decide the batch of some piece: orders are sorted by their work centres."""
    always = [step.name for step in blank.operations if step.leads and step.key is None]
    return frozenset(always or (step.name for step in blank.operations if step.weight >= 0))
