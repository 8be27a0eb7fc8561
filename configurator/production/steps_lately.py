"""The steps of a blank's batches that are done: planned and real minutes beside each other, and what they cost more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.shop import Shop
from configurator.production.actual_costs import StepTold
from configurator.production.actual_store import SHOWN, comparison_of
from configurator.production.rows import Batch


@dataclass(frozen=True, slots=True)
class StepLately:
    """A step over several batches. setup: (planned, real) minutes a batch, run: a piece; None: nobody knows.

    Means of those batches only of which the real figure is known. more: minor units of all of them together; last: the
    number of the newest of them.
    """

    name: str
    batches: int
    setup: tuple[float, float] | None
    run: tuple[float, float] | None
    more: int
    last: str


def steps_lately(session: Session, blank: str, shop: Shop, place: tuple[str, datetime]) -> tuple[StepLately, ...]:
    """Of the SHOWN newest done batches; place: which facility, and since when they were released.

    Only steps of which something is known, in the order of the newest batch that has them.
    """
    facility, since = place
    numbers = sa.select(col(Batch.number)).where(
        col(Batch.facility) == facility,
        col(Batch.blank) == blank,
        col(Batch.status) == "done",
        col(Batch.released_at) >= since,
    )
    newest = numbers.order_by(col(Batch.released_at).desc(), col(Batch.id).desc()).limit(SHOWN)
    found: dict[str, list[tuple[str, StepTold]]] = {}
    for number in session.execute(newest).scalars().all():
        told = comparison_of(session, number, shop)
        for each in told.steps if told else ():
            if each.known:
                found.setdefault(each.step.name, []).append((number, each))
    return tuple(_lately(name, rows) for name, rows in found.items())


def _lately(name: str, rows: list[tuple[str, StepTold]]) -> StepLately:
    told = [each for _, each in rows]
    return StepLately(
        name=name,
        batches=len(rows),
        setup=_means((each.step.setup_min, each.setup_min, 1) for each in told),
        run=_means((each.step.run_min, each.run_min, each.step.pieces) for each in told),
        more=sum(each.more for each in told),
        last=rows[0][0],
    )


def _means(figures: Iterable[tuple[float, float | None, int]]) -> tuple[float, float] | None:
    """Planned and real minutes, each by how many they are for."""
    known = [(planned, real, count) for planned, real, count in figures if real is not None]
    count = sum(each[2] for each in known)
    if not count:
        return None
    return sum(each[0] for each in known) / count, sum(each[1] for each in known) / count
