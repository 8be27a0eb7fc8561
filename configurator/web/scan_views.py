"""The answer to a scan as a station shows it: how it looks, whether it can be taken back, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from configurator.errors import Refusal
from configurator.production.floor_answers import taken_back as answer_taken_back
from configurator.production.hours import Hours
from configurator.production.rows_floor import Scan
from configurator.production.scans import ScanAnswer
from configurator.production.taking_back import Taker, may_take_back, take_back, taken_back
from configurator.web.guards import person
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import Wiring

TONES = {"booked": "ok", "already": "hm", "not_yet": "hm", "taken_back": "hm", "wrong": "no", "gone": "no"}


@dataclass(frozen=True, slots=True)
class Back:
    """The button: where it is sent to, and until when it is taken."""

    action: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ShownScan:
    """What a scan was answered; until: it can be taken back so long. Both None: there is none."""

    answer: ScanAnswer | None = None
    until: datetime | None = None

    def values(self, action: str, request: AnyRequest, refusal: Refusal | None) -> Mapping[str, Any]:
        """For templates/workshop/_scan_answer.html; `refusal`: it was to be taken back and cannot be."""
        answer = ScanAnswer("wrong", "It stays booked", refusal.sentence) if refusal else self.answer
        back = Back(f"{action}?{request.url.query}", self.until) if self.until and not refusal else None
        return {"answer": answer, "tone": TONES.get(answer.kind, "no") if answer else "", "back": back}


def shown_scan(session: Session, scan_id: str, wiring: Wiring) -> ShownScan:
    """The scan of that id, as it stands now."""
    scan = session.get(Scan, scan_id) if scan_id else None
    if scan is None or not scan.answer.get("kind"):
        return ShownScan()
    answer, back, shop = ScanAnswer(**scan.answer), taken_back(session, scan_id), wiring.catalogue.shop
    if back is not None:
        at = Hours.of(shop.facility(scan.facility)).local(back.at)
        return ShownScan(answer_taken_back(answer, scan.station, back.who, at))
    young = answer.booked and may_take_back(scan.at, shop, wiring.clock.now())
    return ShownScan(answer, scan.at + shop.take_back.scans if young else None)


def taken_back_or_not(request: AnyRequest, wiring: Wiring) -> Refusal | None:
    """Take back the scan that ?scan= names; the refusal, if it cannot be."""
    taker = Taker(person(request).name, wiring.catalogue.shop, wiring.jobs, wiring.clock.now())
    try:
        with wiring.database.write() as session:
            take_back(session, str(request.query_params.get("scan", "")), taker)
    except Refusal as refusal:
        return refusal
    return None
