"""An order as its customer sees it: a sentence, five lanes with every piece, what has happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.orders.events import DAY_STAYS, LATER, NOT_REMADE
from configurator.orders.order_store import WholeOrder
from configurator.orders.rows import OrderLine, Piece
from configurator.production.company_store import Wait

NO_WAITS: Mapping[str, Wait] = MappingProxyType({})

COMPACT_FROM = 13
"""From so many pieces on a lane shows one row a design instead of one a piece."""

LANES = (
    ("waiting", "Waiting", "for their batch", ("waiting",)),
    ("making", "Being made", "printed, engraved or pressed", ("released", "picked")),
    ("made", "Made", "next they are checked", ("made",)),
    ("checked", "Checked", "compared with your proof", ("checked",)),
    ("packed", "Packed", "waiting for the rest", ("stored", "handed_over")),
)

_WORDS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


@dataclass(frozen=True, slots=True)
class Company:
    """What a piece waits for: the name of a blank, and when that is made by the plan."""

    blank: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece, or in a full lane all pieces of one design. `codes`: theirs. waits: for what else of the order."""

    name: str
    picture: str
    proof: str
    stage: str
    codes: tuple[str, ...]
    again: bool
    waits: Company | None = None

    @property
    def count(self) -> int:
        """How many pieces this stands for."""
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the five lanes. state: live (something is there), done (passed or reached), wait."""

    key: str
    label: str
    note: str
    state: str
    count: int
    pieces: tuple[PieceView, ...]


def lanes(whole: WholeOrder, catalogue: Catalogue, waits: Mapping[str, Wait] = NO_WAITS) -> tuple[Lane, ...]:
    """Every piece in the lane where it is. waits: piece's code -> its wait for others of the order."""
    lines = {line.id: line for line in whole.lines}
    by_stage: Mapping[str, list[Piece]] = defaultdict(list)
    for piece in whole.pieces:
        by_stage[piece.stage].append(piece)
    return tuple(_lane(lane, by_stage, lines, (whole, catalogue, waits)) for lane in LANES)


def _lane(
    lane: tuple[str, str, str, tuple[str, ...]],
    by_stage: Mapping[str, list[Piece]],
    lines: Mapping[int | None, OrderLine],
    order: tuple[WholeOrder, Catalogue, Mapping[str, Wait]],
) -> Lane:
    key, label, note, stages = lane
    pieces = [piece for stage in stages for piece in by_stage.get(stage, [])]
    whole, catalogue, waits = order
    if key == "packed":
        label, note = _packed(whole)
    return Lane(
        key=key,
        label=label,
        note=note,
        state=("wait" if key == "waiting" else "live" if key == "making" else "done") if pieces else "wait",
        count=len(pieces),
        pieces=_grouped(pieces, lines, catalogue, waits),
    )


def _packed(whole: WholeOrder) -> tuple[str, str]:
    stages = {piece.stage for piece in whole.pieces}
    if stages == {"handed_over"}:
        return (
            ("On its way", "handed to the parcel service")
            if whole.order.fulfilment == "ship"
            else ("Yours", "handed over")
        )
    if whole.order.ready_at is None and not (whole.order.leaves == "as_ready" and whole.lying):
        if whole.order.leaves == "together" or not whole.has_left:
            return "Packed", "waiting for the rest"
        return "Packed", f"{'sent' if whole.order.fulfilment == 'ship' else 'handed over'}, the rest follows"
    return ("Packed", "next the parcel service") if whole.order.fulfilment == "ship" else ("Ready", "waiting for you")


def _grouped(
    pieces: Sequence[Piece], lines: Mapping[int | None, OrderLine], catalogue: Catalogue, waits: Mapping[str, Wait]
) -> tuple[PieceView, ...]:
    groups: dict[object, list[Piece]] = {}
    for piece in pieces:
        group = (piece.design_hash, piece.remake_of is not None) if len(pieces) >= COMPACT_FROM else piece.code
        groups.setdefault(group, []).append(piece)
    return tuple(_piece(group, lines, catalogue, waits) for group in groups.values())


def _piece(
    group: Sequence[Piece], lines: Mapping[int | None, OrderLine], catalogue: Catalogue, waits: Mapping[str, Wait]
) -> PieceView:
    first = group[0]
    blank = catalogue.blanks.get(first.blank)
    line = lines.get(first.line_id)
    return PieceView(
        name=_words(line.title if line else first.title, blank),
        picture=f"/pictures/{first.design_hash}.svg",
        proof=f"/proofs/{first.design_hash}.pdf",
        stage=blank.stage if blank else "mug",
        codes=tuple(piece.code for piece in group),
        again=first.remake_of is not None,
        waits=_company(waits.get(first.code), catalogue),
    )


def _company(wait: Wait | None, catalogue: Catalogue) -> Company | None:
    """A wait that lasts until another day, by the shop's clock; less is none to a customer."""
    if wait is None:
        return None
    zone = ZoneInfo(catalogue.shop.timezone)
    if wait.since.astimezone(zone).date() == wait.until.astimezone(zone).date():
        return None
    blank = catalogue.blanks.get(wait.blank)
    return Company(blank.name if blank else wait.blank, wait.until)


def _words(title: str, blank: Blank | None) -> str:
    """The words on a piece, out of its title (“Oak board, Okafor”); a piece without words is called by its title."""
    return title.removeprefix(f"{blank.name}, ") if blank else title


def days_of(whole: WholeOrder) -> tuple[tuple[str, date], ...]:
    """(titles, day) of an order whose lines have different days, the soonest first; nothing if all have one."""
    titles: dict[date, dict[str, None]] = {}
    for line in whole.lines:
        titles.setdefault(line.promised_on, {})[line.title] = None
    return tuple((", ".join(titles[day]), day) for day in sorted(titles)) if len(titles) > 1 else ()


def headline(whole: WholeOrder, day: str, now: datetime) -> str:
    """The sentence that answers the reader's question. `day`: the promised one, in words."""
    order, count = whole.order, len(whole.pieces)
    if order.status == "cancelled":
        return "This order is cancelled."
    stages = [piece.stage for piece in whole.pieces]
    pickup = order.fulfilment != "ship"
    left = sum(stage != "handed_over" for stage in stages)
    if not left:
        return f"{_all(count)} {'yours' if pickup else 'on the way'}."
    if order.ready_at is not None:
        which, leave = _all(count) if left == count else _last(left), "leaves" if left == 1 else "leave"
        return f"{which} {'ready for you' if pickup else f'packed and {leave} next'}."
    if told := otherwise(whole):
        return f"{_progress(whole)} {told}" if any(stage != "waiting" for stage in stages) else told
    if order.leaves == "as_ready" and whole.lying:
        return _part_ready(len(whole.lying), count, pickup=pickup)
    return _under_way(whole, stages, day, now)


def _under_way(whole: WholeOrder, stages: Sequence[str], day: str, now: datetime) -> str:
    count = len(stages)
    if all(stage == "waiting" for stage in stages):
        return f"Thank you. {'One piece,' if count == 1 else in_words(count).capitalize() + ' pieces, all'} by {day}."
    late = any(piece.due_at < now and piece.stage not in ("stored", "handed_over") for piece in whole.pieces)
    return f"{_progress(whole)} {'We are late, and sorry.' if late else f'{day} holds.'}"


def _part_ready(ready: int, count: int, *, pickup: bool) -> str:
    """Of an order that leaves as it is ready: what can leave now."""
    return f"{_of(ready, count)} {'ready for you' if pickup else 'packed and sent next'}; the rest follows."


def otherwise(whole: WholeOrder) -> str:
    """What the customer was told of another day than the promised one, or that a piece is made again for which nobody
    knows the day yet; empty: the promised day."""
    days = {event.piece_id for event in whole.events if event.kind in (DAY_STAYS, LATER)}
    if any(p.remake_of and p.stage == "waiting" and p.id not in days for p in whole.pieces):
        return "One piece is made again; its day follows."
    return " ".join(_told_later(whole))


def _told_later(whole: WholeOrder) -> Sequence[str]:
    """The newest of such sentences; of an order that leaves as it is ready of each line of which something is to come,
    the first told first."""
    told: dict[int | None, str] = {}
    parts = whole.order.leaves == "as_ready"
    lines = {piece.id: piece.line_id for piece in whole.pieces if parts}
    not_made = {event.piece_id for event in whole.events if event.kind == NOT_REMADE}
    to_come = {piece.line_id for piece in whole.pieces if piece.stage not in ("stored", "handed_over")}
    for event in whole.events:
        line = lines.get(event.piece_id) if event.piece_id else None
        holds = event.kind == LATER and (event.piece_id is None or event.piece_id not in not_made)
        if holds and (line is None or line in to_come):
            told.setdefault(line, event.sentence)
    return list(told.values())[::-1]


def _all(count: int) -> str:
    return {1: "It is", 2: "Both are"}.get(count, f"All {in_words(count)} are")


def _last(count: int) -> str:
    return "The last one is" if count == 1 else f"The last {in_words(count)} are"


def _progress(whole: WholeOrder) -> str:
    stages = [piece.stage for piece in whole.pieces]
    count, given = len(stages), stages.count("handed_over")
    made = sum(stage in ("made", "checked", "stored", "handed_over") for stage in stages)
    begun = sum(stage != "waiting" for stage in stages)
    if count == 1:
        return "It is made." if made else "It is being made."
    if given:
        return f"{_of(given, count)} {'yours' if whole.order.fulfilment != 'ship' else 'on the way'}."
    return f"{_of(made, count)} made." if made else f"{_of(begun, count)} being made."


def _of(some: int, count: int) -> str:
    """`Two of three are`."""
    return f"{in_words(some).capitalize()} of {in_words(count)} {'is' if some == 1 else 'are'}"


def in_words(count: int) -> str:
    """`nine`, `fourteen`; from 21 on in digits."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else str(count)
