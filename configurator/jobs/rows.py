"""The job table: on both databases the record of what is to be done, was done, or failed and why."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime

MOST_ATTEMPTS, WHILE_AWAY = 8, 155
"""How often a job is tried: within nine minutes, and for a day if a storage or a mail server does not answer."""


class Job(SQLModel, table=True):
    """One durable job. status: waiting | done | failed. A lease protects it while it runs.

    key: unique for ever; None for a job with a subject, which is asked for again and again. subject: what it is about:
    one that has not begun does for everybody who asks, and two of one subject never run at once.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.CheckConstraint("status in ('waiting', 'done', 'failed')", name="job_status"),
        sa.Index("job_due", "status", "due_at"),
        sa.Index("job_subject", "subject", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)
    subject: str = ""
    kind: str
    args: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON(), nullable=False))
    status: str = "waiting"
    attempts: int = 0
    most_attempts: int = MOST_ATTEMPTS
    error: str | None = None
    enqueued_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime = Field(sa_type=UtcTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcTime)
    leased_by: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
