"""What is scanned on the floor, and the answer: plain values, kept so that the same scan gets the same answer."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.database import insert_into
from configurator.errors import Conflict
from configurator.production.rows_floor import Scan, ScanTakenBack

Station = Literal["picking", "production", "check", "storage"]
Kind = Literal["booked", "already", "not_yet", "wrong", "gone", "unknown", "taken_back"]


@dataclass(frozen=True, slots=True)
class ScanIn:
    """One scan. scan_id: made by the page for every scan, so that a repeated request is the same scan.

    station: a Station, or a single step (`steps_seen.AT_STEP`).
    batch: number of the batch the station is working on, if it works on one. verdict and defect: at the check.
    out_of_turn: the piece is wanted now although another one is next.
    """

    scan_id: str
    station: str
    code: str
    who: str
    facility: str
    batch: str = ""
    verdict: Literal["pass", "reject"] = "pass"
    defect: str = ""
    out_of_turn: bool = False


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What the station shows. kind: a Kind; only booked books.

    headline is read at two metres, sentence says what to do. `piece` and `design` are the scanned piece's code and
    design hash; `expected`, `expected_design` the piece that is expected instead, `next`, `next_design` the one
    that comes now; bin: where it is put; remake: code of the piece made instead; ready: the order is complete.
    """

    kind: Kind
    headline: str
    sentence: str
    piece: str = ""
    design: str = ""
    batch: str = ""
    expected: str = ""
    expected_design: str = ""
    next: str = ""
    next_design: str = ""
    bin: int | None = None
    remake: str = ""
    ready: bool = False

    @property
    def booked(self) -> bool:
        """Whether this scan had an effect."""
        return self.kind == "booked"


class ScanIdTaken(Conflict):
    """The same scan id came with another code: the page that sent it is at fault."""

    def __init__(self) -> None:
        super().__init__("This scan was sent before with another code. Nothing was booked: scan once more.")


def first_time(session: Session, scan: ScanIn, now: datetime) -> bool:
    """Note a scan; False if its id was noted before. Of two at once one is first, the other waits for it."""
    values: dict[str, Any] = {
        "scan_id": scan.scan_id,
        "code": scan.code,
        "station": scan.station,
        "who": scan.who,
        "at": now,
        "answer": {},
        "facility": scan.facility,
        "was_stage": "",
        "was_facility": "",
    }
    statement = insert_into(session, Scan).values(**values).on_conflict_do_nothing().returning(col(Scan.scan_id))
    return session.execute(statement).scalar_one_or_none() is not None


def stands() -> sa.ColumnElement[bool]:
    """Of a scan, or of what it wrote: nobody has taken it back."""
    return ~sa.exists(sa.select(col(ScanTakenBack.scan_id)).where(col(ScanTakenBack.scan_id) == col(Scan.scan_id)))


def moved_from(session: Session, scan: ScanIn, stage: str, facility: str) -> None:
    """Keep where a piece was before this scan moved it."""
    statement = sa.update(Scan).where(col(Scan.scan_id) == scan.scan_id).values(was_stage=stage, was_facility=facility)
    session.execute(statement.execution_options(synchronize_session=False))


def answer_before(session: Session, scan: ScanIn) -> ScanAnswer:
    """The answer the same scan got before. Raises ScanIdTaken."""
    row = session.execute(
        sa.select(col(Scan.code), col(Scan.station), col(Scan.answer)).where(col(Scan.scan_id) == scan.scan_id)
    ).one()
    if (row[0], row[1]) != (scan.code, scan.station):
        raise ScanIdTaken
    return ScanAnswer(**row[2])


def keep_answer(session: Session, scan: ScanIn, answer: ScanAnswer, piece_id: int | None) -> ScanAnswer:
    """Keep the answer with its scan."""
    statement = sa.update(Scan).where(col(Scan.scan_id) == scan.scan_id)
    values = statement.values(answer=asdict(answer), piece_id=piece_id)
    session.execute(values.execution_options(synchronize_session=False))
    return answer
