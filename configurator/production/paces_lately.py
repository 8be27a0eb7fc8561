"""Minutes a piece that the scans of a blank's last batches suggest, step by step, and taking one of them over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.rerouting import StepPlan, planned_steps
from configurator.blanks.shop import Shop
from configurator.designs.sewing import sewn_steps
from configurator.errors import Conflict
from configurator.jobs.contract import Jobs
from configurator.production.actual_store import SHOWN, seen_of
from configurator.production.changing_routes import NewRoute, keep_route
from configurator.production.paces import Paced
from configurator.production.premises import as_kept
from configurator.production.rows import Batch
from configurator.production.shop_records import Change

BATCHES = 12
"""The newest batches that a step is judged by."""

FEWEST_BATCHES, FEWEST_PIECES = 3, 12
"""Of less nothing is suggested."""

COUNTS_FOR = 10
"""A batch counts for its pieces whose time is known, but for no more than so many: one large one is one opinion."""

WORTH = 0.1
"""Less than this share of the planned minutes is not worth a change."""

AGREED = 0.75
"""Share of the batches that must lie on the same side of the plan."""

SINCE = timedelta(days=90)


class PaceHasChanged(Conflict):
    """What was pressed is not what the scans suggest now."""

    def __init__(self, step: str) -> None:
        super().__init__(f"What is suggested for “{step}” has changed since. Nothing was taken over: look and decide.")


@dataclass(frozen=True, slots=True)
class PaceLately:
    """A step's minutes a piece, planned and as scanned in so many batches; pieces: whose time is known.

    low, high: between these lies the middle half of the batches. why: why it is not suggested; empty: it is.
    """

    step: str
    planned_min: float
    each_min: float
    low: float
    high: float
    batches: int
    pieces: int
    why: str

    @property
    def written(self) -> str:
        """The minutes as they would be planned with."""
        return f"{self.each_min:g}"


def paces_lately(session: Session, start: Blank, shop: Shop, now: datetime) -> tuple[PaceLately, ...]:
    """Of the steps that are scanned, in their order; of all facilities, since all plan with the same minutes.

    start: the blank as its file has it. A batch's figure is the median of its pieces (`paces.paced`); a step's is the
    median of its batches, each by its pieces up to COUNTS_FOR. Both withstand up to half of the figures being odd, and
    neither needs batches of different sizes, as a line through them (Theil-Sen) would.
    """
    steps = planned_steps(start, shop.routes.get(start.key, ()))
    found: dict[str, list[Paced]] = {}
    for batch in session.execute(_done(start.key, now)).scalars():
        for name, seen in seen_of(session, batch, shop.facility(batch.facility)).items():
            own = found.setdefault(name, [])
            if seen.paced and len(own) < BATCHES:
                own.append(seen.paced)
    sewn = sewn_steps(start, shop)
    return tuple(_lately(step, found[step.name], sewn=step.name in sewn) for step in steps if found.get(step.name))


def _done(blank: str, now: datetime) -> sa.Select[Any]:
    newest = (col(Batch.released_at).desc(), col(Batch.id).desc())
    wanted = (col(Batch.blank) == blank, col(Batch.status) == "done", col(Batch.frozen).is_not(None))
    since = col(Batch.released_at) >= now - SINCE
    return sa.select(Batch).where(*wanted, since).order_by(*newest).limit(SHOWN)


def _lately(step: StepPlan, found: Sequence[Paced], *, sewn: bool) -> PaceLately:
    each = [one.each_min for one in found]
    usual = median(_votes(found))
    low, _, high = quantiles(each, n=4, method="inclusive") if len(each) > 1 else (usual, usual, usual)
    pieces = sum(one.told for one in found)
    lately = PaceLately(step.name, step.run_min, _rounded(usual), _rounded(low), _rounded(high), len(found), pieces, "")
    return replace(lately, why=_why_not(lately, each, sewn=sewn))


def _votes(found: Sequence[Paced]) -> Iterator[float]:
    for one in found:
        yield from [one.each_min] * min(one.told, COUNTS_FOR)


def _rounded(minutes: float) -> float:
    """As somebody would write it: 0.87, 3.4, 12."""
    return round(minutes, 2 if minutes < 1 else 1 if minutes < 10 else 0)


def _why_not(lately: PaceLately, each: Sequence[float], *, sewn: bool) -> str:
    if sewn:
        return "it takes each design's own minutes, so nothing is suggested"
    if lately.batches < FEWEST_BATCHES or lately.pieces < FEWEST_PIECES:
        return f"too few to suggest anything: at least {FEWEST_BATCHES} batches and {FEWEST_PIECES} pieces are needed"
    if abs(lately.each_min - lately.planned_min) < max(0.01, WORTH * lately.planned_min):
        return "about as planned"
    slower = lately.each_min > lately.planned_min
    agreed = sum((one > lately.planned_min) is slower for one in each)
    if agreed < AGREED * lately.batches:
        return "the batches do not agree, so nothing is suggested"
    return ""


@dataclass(frozen=True, slots=True)
class TakenPace:
    """What somebody pressed: a blank's key, a step, its minutes a piece as they were shown."""

    blank: str
    step: str
    minutes: str


def take_pace(session: Session, change: Change, taken: TakenPace, *, catalogue: Catalogue, jobs: Jobs) -> None:
    """Plan with the suggested minutes from now on; nothing else of the route changes.

    catalogue: as the files have it. Raises PaceHasChanged, and what `keep_route` raises.
    """
    start, shop = catalogue.blank(taken.blank), as_kept(session, catalogue, change.now).shop
    lately = next((one for one in paces_lately(session, start, shop, change.now) if one.step == taken.step), None)
    if lately is None or lately.why or lately.written != taken.minutes:
        raise PaceHasChanged(taken.step)
    steps = tuple(
        replace(step, run_min=lately.each_min) if step.name == taken.step else step
        for step in planned_steps(start, shop.routes.get(start.key, ()))
    )
    keep_route(session, change, NewRoute(taken.blank, steps), catalogue=catalogue, jobs=jobs)
