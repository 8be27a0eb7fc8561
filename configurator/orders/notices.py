"""Asking for a message to a customer: one durable job a notice, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from configurator.jobs.contract import Jobs, Withdrawn

KIND = "message"

What = Literal["confirmation", "ready", "cancelled", "changed", "remade", "later", "part", "sent"]


def notify(  # noqa: PLR0913 all of it is the caller's to say
    session: Session,
    jobs: Jobs,
    order_id: int,
    what: What,
    *,
    again: str = "",
    not_before: datetime | None = None,
    pieces: Sequence[int] = (),
) -> bool:
    """Enqueue a notice about an order, once; `again` (a piece's code, a date) tells repeated ones apart.

    not_before: as long what it tells can still be taken back. pieces: ids of those that a part consists of.
    False if it was asked for before.
    """
    args = {"order": order_id, "what": what, "again": again} | ({"pieces": list(pieces)} if pieces else {})
    return jobs.enqueue(session, KIND, _key(order_id, what, again), args, not_before=not_before)


def unsay(session: Session, jobs: Jobs, order_id: int, what: What, *, again: str = "") -> Withdrawn:
    """Take a notice back as long as its mail has not begun to leave; it can be asked for again then."""
    return jobs.withdraw(session, _key(order_id, what, again))


def _key(order_id: int, what: What, again: str) -> str:
    return f"{KIND}:{what}:{order_id}" + (f":{again}" if again else "")
