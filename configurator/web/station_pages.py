"""A station of the floor: what comes next, one field for the scanner, and an answer readable at two metres."""

import secrets
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.errors import NotFound, Refusal
from configurator.production.batch_store import PieceInBatch, batch_by_number, pieces_of
from configurator.production.floor import scan
from configurator.production.piece_store import QueuedPiece, station_queue
from configurator.production.scans import ScanIn, Station
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.scan_views import shown_scan, taken_back_or_not
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

TITLES = {"picking": "Picking", "production": "Production", "check": "Quality check", "storage": "Storage"}
VERBS = {"picking": "picked", "production": "made", "check": "checked", "storage": "stored"}
DEFECTS = ("print out of place", "colour not as in the proof", "scratch or chip", "wrong blank", "other flaw")
REACHED = {
    "picking": ("picked", "made", "checked", "stored", "handed_over"),
    "production": ("made", "checked", "stored", "handed_over"),
    "check": ("checked", "stored", "handed_over"),
    "storage": ("stored", "handed_over"),
}


class NoSuchStation(NotFound):
    """There are four stations."""

    def __init__(self) -> None:
        super().__init__("There is no such station. The stations are picking, production, check and storage.")


@dataclass(frozen=True)
class Work:
    """What a station has before it: the piece that is next, its batch's pieces, and how far they are."""

    queue: tuple[QueuedPiece, ...]
    next: QueuedPiece | None
    batch: str
    blank: str
    pieces: tuple[PieceInBatch, ...]
    reached: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many of the batch have passed this station."""
        return sum(piece.stage in self.reached for piece in self.pieces)

    def tick(self, piece: PieceInBatch) -> str:
        """How a piece's mark looks: d done, r rejected, c current, nothing for those to come."""
        if piece.stage in self.reached:
            return "d"
        if piece.stage == "rejected":
            return "r"
        return "c" if self.next and piece.code == self.next.code else ""


@get("/workshop/stations/{station:str}", guards=[makers_only], sync_to_thread=True)
def station(station: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """The station's screen; ?batch= keeps it to one batch, ?scan= shows the answer to a scan."""
    return _screen(request, wiring, pages, _checked(station))


@post("/workshop/scans", guards=[makers_only], sync_to_thread=True)
def scanned(request: AnyRequest, wiring: Wiring, form: Form) -> Redirect:
    """One scan. The same scan id twice is one scan."""
    station = _checked(form.text("station"))
    facility = form.text("facility") or person(request).facility
    told = ScanIn(
        scan_id=form.text("scan_id") or secrets.token_hex(12),
        station=station,
        code=form.text("code"),
        who=person(request).name,
        facility=facility,
        batch=form.text("batch"),
        verdict="reject" if form.text("verdict") == "reject" else "pass",
        defect=form.text("defect"),
        out_of_turn=form.text("out_of_turn") == "yes",
    )
    with wiring.database.write() as session:
        scan(session, told, shop=wiring.catalogue.shop, jobs=wiring.jobs, now=wiring.clock.now())
    query = {"at": facility, "batch": told.batch, "scan": told.scan_id}
    return Redirect(f"/workshop/stations/{station}?{urlencode(query)}", status_code=303)


@post("/workshop/stations/{station:str}/takings-back", guards=[makers_only], sync_to_thread=True)
def taking_back(station: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[Any]:
    """The scan that ?scan= names was a mistake; pressed twice it is taken back once. What cannot be undone says why."""
    refusal = taken_back_or_not(request, wiring)
    if refusal:
        return _screen(request, wiring, pages, _checked(station), refusal)
    return Redirect(f"/workshop/stations/{_checked(station)}?{request.url.query}", status_code=303)


def _screen(
    request: AnyRequest, wiring: Wiring, pages: Pages, station: Station, refusal: Refusal | None = None
) -> Response[str]:
    values = frame(request, wiring, "stations")
    wanted = str(request.query_params.get("batch", ""))
    with wiring.database.read() as session:
        shown = shown_scan(session, str(request.query_params.get("scan", "")), wiring)
        work = _work(session, values["facility"].key, station, wanted)
    values |= {
        "work_blank": work.blank,
        "station": station,
        "stations": TITLES,
        "verb": VERBS[station],
        "wanted": wanted,
        "work": work,
        **shown.values(f"/workshop/stations/{station}/takings-back", request, refusal),
        "defects": DEFECTS,
        "scan_id": secrets.token_hex(12),
    }
    status = refusal.status if refusal else 200
    return pages.page(request, "workshop/station.html", values, fragment="workshop/_station.html", status=status)


def _work(session: Session, facility: str, station: str, wanted: str) -> Work:
    queue = station_queue(session, facility, station, wanted)
    coming = queue[0] if queue else None
    number = wanted or (coming.batch if coming else "")
    found = batch_by_number(session, number) if number else None
    pieces = pieces_of(session, found.id) if found else ()
    return Work(queue, coming, number, found.blank if found else "", pieces, REACHED[station])


def _checked(name: str) -> Station:
    if name not in get_args(Station):
        raise NoSuchStation
    known: Station = name  # type: ignore[assignment]  # narrowed by the line above
    return known


ROUTES = [station, scanned, taking_back]
