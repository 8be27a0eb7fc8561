"""What quality checks have told: how many pieces were looked at lately, and how many failed."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.production.making_again import Checks
from configurator.production.rows_floor import QualityCheck, ScanTakenBack


def checks_since(session: Session, since: datetime) -> Checks:
    """The checks of all facilities from a time on."""
    failed = sa.func.coalesce(sa.func.sum(sa.case((col(QualityCheck.passed), 0), else_=1)), 0)
    statement = (
        sa.select(sa.func.count(), failed).select_from(QualityCheck).where(col(QualityCheck.at) >= since, counts())
    )
    checked, rejected = session.execute(statement).one()
    return Checks(int(checked), int(rejected))


def counts() -> sa.ColumnElement[bool]:
    """Of a check: its scan was not taken back."""
    back = sa.select(col(ScanTakenBack.scan_id)).where(col(ScanTakenBack.scan_id) == col(QualityCheck.scan_id))
    return ~sa.exists(back)
