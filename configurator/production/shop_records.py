"""What the workshop has changed of shop.toml: a record a subject, with a revision, so that no work is lost unseen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import Conflict
from configurator.production.rows import ShopRecord


class ChangedMeanwhile(Conflict):
    """Somebody else was faster."""

    def __init__(self, record: ShopRecord) -> None:
        super().__init__(
            f"{record.changed_by} has changed this since you opened the page. Load it again, look, and change the rest."
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes what, seen at which revision (0: never changed yet), and when. facility: empty for the whole shop."""

    facility: str
    revision: int
    who: str
    now: datetime


def revision(session: Session, key: str) -> int:
    """How often a record has been changed; 0 while it is as in the files."""
    found = session.execute(sa.select(col(ShopRecord.revision)).where(col(ShopRecord.key) == key)).scalar_one_or_none()
    return found or 0


def write_record(session: Session, key: str, change: Change, content: dict[str, Any]) -> None:
    """Write a record anew. Raises ChangedMeanwhile when it is not at the revision that was seen."""
    statement = sa.select(ShopRecord).where(col(ShopRecord.key) == key).with_for_update()
    record = session.execute(statement).scalar_one_or_none()
    if record is None:
        record = ShopRecord(key=key, revision=0, content={}, changed_by="", changed_at=change.now)
        session.add(record)
    if record.revision != change.revision:
        raise ChangedMeanwhile(record)
    record.revision, record.content = change.revision + 1, content
    record.changed_by, record.changed_at = change.who, change.now
    session.flush()
