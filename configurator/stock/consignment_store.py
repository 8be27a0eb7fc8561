"""Queries about goods that are out on consignment."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import NotFound
from configurator.stock.rows_consignment import Consignment, ConsignmentLine, SettledLine, Settlement


class NoSuchConsignment(NotFound):
    """Nothing was given out under this number."""

    def __init__(self) -> None:
        super().__init__("Nothing was given out under this number. Look for the name among what is out.")


@dataclass(frozen=True)
class WholeConsignment:
    """A consignment with its lines, and with what became of them, the newest first."""

    consignment: Consignment
    lines: tuple[ConsignmentLine, ...]
    settlements: tuple[tuple[Settlement, Mapping[int, SettledLine]], ...] = ()

    @property
    def out(self) -> int:
        """How many things are still out."""
        return sum(line.out for line in self.lines)

    @property
    def count(self) -> int:
        """How many things went out."""
        return sum(line.count for line in self.lines)

    @property
    def value(self) -> int:
        """What all that went out is worth at the prices agreed, minor units."""
        return sum(line.count * line.each for line in self.lines)

    @property
    def value_out(self) -> int:
        """What is still out is worth, minor units."""
        return sum(line.out * line.each for line in self.lines)

    def days_late(self, today: date) -> int:
        """For how many days it should have been back; 0: it is in time, or nothing is out."""
        return max(0, (today - self.consignment.due_on).days) if self.out else 0


def out_at(session: Session, facility: str) -> tuple[WholeConsignment, ...]:
    """What a facility has given out and not back yet, that due first first."""
    statement = sa.select(Consignment).where(
        col(Consignment.facility) == facility, col(Consignment.closed_at).is_(None)
    )
    rows = session.execute(statement.order_by(col(Consignment.due_on), col(Consignment.id))).scalars().all()
    lines = lines_of(session, [row.id or 0 for row in rows])
    return tuple(WholeConsignment(row, lines[row.id or 0]) for row in rows)


def out_by_component(session: Session, facility: str) -> Mapping[str, int]:
    """Component -> how many a facility has given out that are neither back nor sold nor lost."""
    line = ConsignmentLine
    left = sa.func.sum(col(line.count) - col(line.back) - col(line.sold) - col(line.lost))
    statement = (
        sa.select(col(line.component), left)
        .join(Consignment, col(Consignment.id) == col(line.consignment_id))
        .where(col(Consignment.facility) == facility, col(Consignment.closed_at).is_(None))
        .group_by(col(line.component))
        .having(left > 0)
    )
    return {component: int(count) for component, count in session.execute(statement)}


def consignment_by_number(session: Session, number: str) -> WholeConsignment:
    """One of them, open or not. Raises NoSuchConsignment."""
    row = session.execute(sa.select(Consignment).where(col(Consignment.number) == number)).scalar_one_or_none()
    if row is None:
        raise NoSuchConsignment
    return whole(session, row)


def whole(session: Session, row: Consignment) -> WholeConsignment:
    """A consignment with all that belongs to it."""
    mine = sa.select(Settlement).where(col(Settlement.consignment_id) == row.id).order_by(col(Settlement.id).desc())
    settlements = session.execute(mine).scalars().all()
    said: dict[int, dict[int, SettledLine]] = defaultdict(dict)
    ids = [settlement.id for settlement in settlements]
    for each in session.execute(sa.select(SettledLine).where(col(SettledLine.settlement_id).in_(ids))).scalars():
        said[each.settlement_id][each.line_id] = each
    lines = lines_of(session, [row.id or 0])[row.id or 0]
    return WholeConsignment(row, lines, tuple((each, said[each.id or 0]) for each in settlements))


def lines_of(session: Session, consignments: list[int]) -> Mapping[int, tuple[ConsignmentLine, ...]]:
    """Consignment -> its lines, as they were written down."""
    statement = sa.select(ConsignmentLine).where(col(ConsignmentLine.consignment_id).in_(consignments))
    found: dict[int, tuple[ConsignmentLine, ...]] = defaultdict(tuple)
    statement = statement.order_by(col(ConsignmentLine.id)).execution_options(populate_existing=True)
    for line in session.execute(statement).scalars():
        found[line.consignment_id] += (line,)
    return found
