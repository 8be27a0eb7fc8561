"""What a plan changes, in words: which batch moves where, which piece joins which batch, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from configurator.blanks.shop import Shop
from configurator.production.causes import Cause
from configurator.production.hours import Hours
from configurator.production.plan_state import OpenBatch, Plan, PlannedBatch
from configurator.production.scheduling import Turn

WORTH_TELLING = timedelta(minutes=30)
"""A batch that begins less than this earlier or later on the same machine has not moved for anybody."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the log. batch: number; piece: its code, empty when the line is about the batch."""

    facility: str
    batch: str
    piece: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class News:
    """What is known besides the plan. codes: piece id -> code, of all that wait or waited; gone: piece id -> why.

    reasons: piece id -> why it was in no batch before.
    """

    before: Sequence[OpenBatch]
    codes: Mapping[int, str]
    gone: Mapping[int, str]
    reasons: Mapping[int, str]
    causes: Sequence[Cause]
    shop: Shop
    now: datetime


def told(plan: Plan, news: News) -> list[Told]:
    """Every change of the plan with its reason, batches first; nothing when the plan stays as it is."""
    return [*_batches(plan, news), *_pieces(plan, news)]


def _batches(plan: Plan, news: News) -> Iterator[Told]:
    before = {batch.number: batch for batch in news.before}
    for one in plan.batches:
        was = before.get(one.batch.number)
        if was and was.turn and not _due(was, news) and _moved(was.turn, one.turn, news.shop, one):
            yield Told(one.batch.group.facility, one.batch.number, "", _to(one, news.shop), _why(one, was, plan, news))
    for gone in plan.removed:
        yield Told(gone.group.facility, gone.number, "", "closed without being made", "nobody is in it any more")


def _due(was: OpenBatch, news: News) -> bool:
    """Whether it was to be released by now: it begins as soon as it is, which is no move."""
    return was.closes_at <= news.now and not was.held


def _moved(was: Turn, turn: Turn, shop: Shop, one: PlannedBatch) -> bool:
    local = Hours.of(shop.facility(one.batch.group.facility)).local
    another_day = local(was.starts_at).date() != local(turn.starts_at).date()
    return was.machine != turn.machine or another_day or abs(turn.starts_at - was.starts_at) >= WORTH_TELLING


def _to(one: PlannedBatch, shop: Shop) -> str:
    facility = shop.facility(one.batch.group.facility)
    at = Hours.of(facility).local(one.turn.starts_at)
    return f"moved to {at:%A, %H:%M}, {facility.centres[one.batch.group.work_centre].name_of(one.turn.machine)}"


def _why(one: PlannedBatch, was: OpenBatch, plan: Plan, news: News) -> str:
    """The most telling reason: what somebody said, what came before it, what it holds, else the changeovers."""
    group, turn = one.batch.group, one.turn
    cause = next((each for each in _ranked(news.causes) if _concerns(each, one, was)), None)
    if cause:
        return cause.sentence
    mates = [each for each in plan.batches if each.batch.group.facility == group.facility]
    mates = [each for each in mates if each.batch.group.work_centre == group.work_centre and each is not one]
    ahead = [each for each in mates if each.turn.machine == turn.machine and each.turn.sequence < turn.sequence]
    known = {batch.number for batch in news.before}
    rush = next((each for each in ahead if each.batch.group.rush and each.batch.number not in known), None)
    if rush and not group.rush:
        return f"{rush.batch.number} goes first: somebody waits for it"
    if one.batch.closes_at != was.closes_at and turn.starts_at >= one.batch.closes_at:
        at = Hours.of(news.shop.facility(group.facility)).local(one.batch.closes_at)
        return f"it closes {at:%A, %H:%M} now, with {_counted(one)}"
    if len(one.works) != len(was.pieces):
        return f"it holds {_counted(one)} now instead of {len(was.pieces)}"
    grown = next((each for each in ahead if len(each.works) != _held(each, news.before)), None)
    if grown:
        return f"{grown.batch.number} before it holds {_counted(grown)} now"
    less = f"less changing over on {news.shop.facility(group.facility).centres[group.work_centre].label}"
    return "orders that are in it finish closer together" if one.gathered else less


def _counted(one: PlannedBatch) -> str:
    return "1 piece" if len(one.works) == 1 else f"{len(one.works)} pieces"


def _held(one: PlannedBatch, before: Sequence[OpenBatch]) -> int:
    return next((len(each.pieces) for each in before if each.number == one.batch.number), 0)


def _ranked(causes: Sequence[Cause]) -> list[Cause]:
    """What is about one batch or machine before what is about the whole facility; the newest of equals first."""
    newest = causes[::-1]
    return sorted(newest, key=lambda each: (not each.batch, not each.work_centre))


def _concerns(cause: Cause, one: PlannedBatch, was: OpenBatch) -> bool:
    """Whether a cause may have moved this batch: it is about it, or about the machines it runs or ran on."""
    group = one.batch.group
    if cause.facility != group.facility or cause.work_centre not in ("", group.work_centre):
        return False
    if cause.kind in ("pin", "hold") and cause.batch != one.batch.number:
        return cause.machine in (0, one.turn.machine)
    machines = {one.turn.machine} | ({was.turn.machine} if was.turn else set())
    return cause.machine == 0 or cause.machine in machines


def _pieces(plan: Plan, news: News) -> Iterator[Told]:
    before = {piece: batch for batch in news.before for piece in batch.pieces}
    open_before = {batch.number for batch in news.before}
    for one in plan.batches:
        for work in one.works:
            was = before.get(work.piece.id)
            if was is None or was.number != one.batch.number:
                what, why = _joined(one, was, news.reasons.get(work.piece.id), new=one.batch.number not in open_before)
                yield Told(one.batch.group.facility, one.batch.number, work.piece.code, what, why)
    for piece, batch in before.items():
        reason = plan.left.get(piece) or news.gone.get(piece)
        if reason and piece in news.codes:
            yield Told(batch.group.facility, batch.number, news.codes[piece], f"left {batch.number}", reason)


def _joined(one: PlannedBatch, was: OpenBatch | None, reason: str | None, *, new: bool) -> tuple[str, str]:
    number, family = one.batch.number, one.batch.group.family
    if was is not None:
        why = "a more urgent piece took its place" if _age(number) > _age(was.number) else "there is room in it"
        return f"moved from {was.number} to {number}", why
    if reason:
        return f"joined {number}", f"what kept it out is over: {reason[:1].lower()}{reason[1:]}"
    if new:
        return f"opened {number}", f"no open batch of {family} had room"
    room = f"room for {one.free}" if one.free else "it is full now"
    return f"joined {number}", f"same family {family}, {room}"


def _age(number: str) -> tuple[int, str]:
    """Batch numbers in the order in which they were given: B-999 before B-1000."""
    return len(number), number
