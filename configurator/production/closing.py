"""When an open batch closes by itself: full, at a time of day, after a while, or before it would be late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from configurator.blanks.calendar import BatchRule
from configurator.production.hours import Hours

FULL_WAITS = timedelta(minutes=30)
"""How long a full batch stays open: its customers may still cancel, a more urgent piece may still come."""

CUT_OFFS_WAITED = 10
"""Cut-offs that a batch with too few pieces lets pass at the most."""

SLACK_MIN = 120.0
"""Working minutes left for the other steps, checking and packing when a small batch waits for company."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What decides about an open batch's closing. known: its closing by the last plan; takes_min: setup and run.

    patient: everybody in it waits for company, since that is cheaper.
    """

    opened_at: datetime
    known: datetime
    rush: bool
    full: bool
    pieces: int
    due_at: datetime
    takes_min: float
    patient: bool = False


def closing(batch: Closing, rule: BatchRule, hours: Hours, *, now: datetime) -> datetime:
    """When an open batch closes by itself; a pure function of what it holds.

    At the cut-off after its opening, or after the rule's interval; sooner when it is full, holds as many pieces as
    close it, or is rush. One with fewer pieces than the rule's least, or only with such as joined others, waits for
    company, as long as that keeps the promised date: the date goes before the filling.
    """
    if batch.rush:
        return hours.open_from(batch.opened_at) + rule.rush_wait
    regular = regular_closing(batch.opened_at, rule, hours)
    if batch.full or (rule.closes_full is not None and batch.pieces >= rule.closes_full):
        already_counted = batch.opened_at < batch.known < regular
        return batch.known if already_counted else min(regular, now + FULL_WAITS)
    return regular if batch.pieces >= rule.least and not batch.patient else _waiting(regular, batch, rule, hours)


def regular_closing(opened_at: datetime, rule: BatchRule, hours: Hours) -> datetime:
    """When a batch opened then closes, neither full nor waiting for company."""
    cut_off = hours.cut_off_after(opened_at, rule.cut_off)
    if rule.every_min is None:
        return cut_off
    interval = hours.fit(opened_at, float(rule.every_min)).closes
    return min(interval, cut_off) if rule.cut_off else interval


def _waiting(regular: datetime, batch: Closing, rule: BatchRule, hours: Hours) -> datetime:
    """The last of the next cut-offs after which the batch would still be made in time."""
    closes = regular
    for _ in range(CUT_OFFS_WAITED):
        later = regular_closing(closes, rule, hours)
        if hours.fit(later, batch.takes_min + SLACK_MIN).closes > batch.due_at:
            break
        closes = later
    return closes
