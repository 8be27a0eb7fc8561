"""Asking for a message to a customer: one durable job a notice, in the caller's transaction."""

from typing import Literal

from sqlmodel import Session

from configurator.jobs.contract import Jobs

KIND = "message"

What = Literal["confirmation", "ready", "cancelled", "changed", "remade", "later", "part"]


def notify(session: Session, jobs: Jobs, order_id: int, what: What, *, again: str = "") -> bool:
    """Enqueue a notice about an order, once; `again` (a piece's code, a date) tells repeated ones apart.

    False if it was asked for before.
    """
    key = f"{KIND}:{what}:{order_id}" + (f":{again}" if again else "")
    return jobs.enqueue(session, KIND, key, {"order": order_id, "what": what, "again": again})
