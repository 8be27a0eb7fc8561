"""Tools that wear: how much each has made of what it lasts, and changing one before the plan does."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.shop import Facility
from configurator.errors import Invalid
from configurator.jobs.contract import Jobs
from configurator.production.causes import Cause, tell
from configurator.production.loads import Wear
from configurator.production.rows import ToolChange
from configurator.production.tool_store import tool_changed, tool_wear


class NoSuchTool(Invalid):
    """The tool has not been used on this machine."""

    def __init__(self) -> None:
        super().__init__("This machine has no such tool in use. Load the page again and choose it from the list.")


@dataclass(frozen=True, slots=True)
class WornTool:
    """A tool on a machine. made: pieces since it was changed; lasts: pieces; 0 if no blank says so any more."""

    work_centre: str
    machine: int
    label: str
    tool: str
    made: int
    lasts: int

    @property
    def left(self) -> int:
        """Pieces that it will still make."""
        return max(0, self.lasts - self.made)


def worn_tools(facility: Facility, worn: Wear, blanks: Iterable[Blank]) -> tuple[WornTool, ...]:
    """The tools in use at a facility, those with least left first."""
    lasts = {step.tool: step.tool_lasts or 0 for blank in blanks for step in blank.operations if step.tool}
    found = [
        WornTool(centre, machine, facility.centres[centre].name_of(machine), tool, made, lasts.get(tool, 0))
        for (key, centre, machine, tool), made in worn.items()
        if key == facility.key and centre in facility.centres
    ]
    return tuple(sorted(found, key=lambda each: (each.left, each.label, each.tool)))


def change_tool(session: Session, change: ToolChange, facility: Facility, *, jobs: Jobs) -> None:
    """Note that a tool has been changed, and plan with the new one. Raises NoSuchTool."""
    if (change.facility, change.work_centre, change.machine, change.tool) not in tool_wear(session):
        raise NoSuchTool
    tool_changed(session, change)
    name = facility.centres[change.work_centre].name_of(change.machine)
    told = f"{change.who} changed the {change.tool} of {name}"
    cause = Cause("tool", change.facility, told, change.work_centre, change.machine)
    tell(session, cause, jobs=jobs, now=change.at)
