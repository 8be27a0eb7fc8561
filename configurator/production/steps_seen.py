"""What a batch's scans tell of each of its steps: at which station it is seen, and when pieces came to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from configurator.production.hours import Hours
from configurator.production.paces import Paced, Passed, no_pace, paced

AT_STEP = "step:"
"""Begins the station of a scan that only notes that a piece is through one step; the step's name follows."""

Booked = Mapping[str, Mapping[int, datetime]]
"""Station -> piece id -> its first booking there, UTC."""


@dataclass(frozen=True, slots=True)
class StepToSee:
    """A step as it was planned. each_min: a piece; hours: of its work centre; pieces: how many need it; leads: whether
    it decides the batch."""

    name: str
    each_min: float
    hours: Hours
    pieces: int
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What scans say of a step's run; why: why they say nothing. scans: how many pieces were scanned there."""

    paced: Paced | None
    why: str = ""
    scans: int = 0

    def run_min(self, pieces: int) -> float | None:
        """Working minutes of so many pieces at this pace; None: the scans do not tell."""
        return self.paced.run_min * pieces / self.paced.scanned if self.paced and not self.why else None


def seen_steps(steps: Sequence[StepToSee], booked: Booked) -> dict[str, Seen]:
    """Of every step that is scanned, in the order in which they are made.

    The leading step is seen at production, a last step that all pieces go through at the check, every other one (and
    those, if somebody does so) where pieces are scanned at the step itself. When a piece came is known from the step
    before; where nobody scans that one, waiting and working look alike, and nothing is told.
    """
    most = max((step.pieces for step in steps), default=0)
    found: dict[str, Seen] = {}
    latest: dict[int, datetime] = {}
    blind = ""
    for n, step in enumerate(steps):
        ends = n == len(steps) - 1 and step.pieces == most
        scans = booked.get(_station(step, booked, ends=ends), {})
        if scans and blind and not step.leads:
            why = f"nobody scans at “{blind}” before it, so that waiting and working look alike"
            found[step.name] = Seen(None, why, len(scans))
        elif scans:
            found[step.name] = _seen(step, [Passed(at, latest.get(piece)) for piece, at in scans.items()])
        blind = "" if scans else step.name
        latest.update(scans)
    return found


def _station(step: StepToSee, booked: Booked, *, ends: bool) -> str:
    own = f"{AT_STEP}{step.name}"
    if own in booked:
        return own
    return "production" if step.leads else "check" if ends else own


def _seen(step: StepToSee, passed: Sequence[Passed]) -> Seen:
    at_pace = [Passed(each.done) for each in passed] if step.leads else passed
    found = paced(at_pace, step.hours, step.each_min)
    return Seen(found, no_pace(len(passed), found), len(passed))
