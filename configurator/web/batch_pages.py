"""One batch: its sheets, its pieces, what releasing it means, and its package."""

from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from sqlmodel import Session

from configurator.artwork.pictures import embedded
from configurator.artwork.svg import flat_svg
from configurator.errors import Refusal
from configurator.export.delivery import File, NoSuchPackage
from configurator.jobs.contract import FailedJob
from configurator.orders.design_store import scenes_of
from configurator.production.actual_store import comparison_of, write_down
from configurator.production.batch_store import (
    BatchRow,
    batch_by_number,
    batches_since,
    fits_more,
    layout_of,
    pieces_of,
)
from configurator.production.change_store import changes_of
from configurator.production.company_store import waits_at
from configurator.production.economics import cost_full, cost_now
from configurator.production.layout_store import layout_state
from configurator.production.releasing import package_job
from configurator.production.scan_times import station_times
from configurator.production.step_store import steps_of
from configurator.web.actual_forms import counted_fields, counted_of
from configurator.web.change_views import change_views
from configurator.web.forms import Form
from configurator.web.gantt import family_colours
from configurator.web.guards import makers_only
from configurator.web.picture_answers import FOR_EVER
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.sheet_view import by_place, drawn_sheets, first_labels
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring

LATELY = timedelta(days=14)
MEDIA_TYPES = {"pdf": "application/pdf", "dxf": "image/vnd.dxf", "csv": "text/csv", "json": "application/json"}


@get("/workshop/batches", guards=[makers_only], sync_to_thread=True)
def batches(request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """Every batch of the last two weeks, those that fill first."""
    values = frame(request, wiring, "batches")
    with wiring.database.read() as session:
        rows = list(batches_since(session, values["now"] - LATELY, values["facility"].key))
    order = {"open": 0, "released": 1, "done": 2}
    rows.sort(key=lambda row: (order[row.status], -row.id if row.status == "done" else row.id))
    return pages.page(request, "workshop/batches.html", {**values, "batches": rows, "colours": family_colours(rows)})


@get("/workshop/batches/{number:str}", guards=[makers_only], sync_to_thread=True)
def batch(number: str, request: AnyRequest, wiring: Wiring, pages: Pages) -> Response[str]:
    """One batch."""
    return _page(number, request, wiring, pages)


@post("/workshop/batches/{number:str}/actuals", guards=[makers_only], sync_to_thread=True)
def actuals(number: str, request: AnyRequest, wiring: Wiring, pages: Pages, form: Form) -> Response[Any]:
    """What somebody counted after the batch was made."""
    try:
        with wiring.database.write() as session:
            found = comparison_of(session, number, wiring.catalogue.shop)
            write_down(session, number, counted_of(form, found.steps if found else ()))
    except Refusal as refusal:
        return _page(number, request, wiring, pages, (form, refusal))
    return Redirect(f"/workshop/batches/{number}#actual", status_code=303)


def _page(
    number: str, request: AnyRequest, wiring: Wiring, pages: Pages, refused: tuple[Form, Refusal] | None = None
) -> Response[str]:
    with wiring.database.read() as session:
        found = batch_by_number(session, number)
        pieces = pieces_of(session, found.id)
        layout = layout_of(session, found, wiring.catalogue)
        fits = fits_more(session, found, layout, wiring.catalogue)
        scenes = {design: scenes_of(session, design) for design in {piece.design_hash for piece in pieces}}
        by_shapes = layout_state(session, found.id)
        changes = changes_of(session, found.number)
        steps = steps_of(session, found.id)
        scanned = station_times(session, found.id)
        waits = waits_at(session, found.facility, found.number)[found.number] if found.status != "done" else ()
        actual = comparison_of(session, found.number, wiring.catalogue.shop)
        trouble = _trouble(wiring, session, found)
        before = _before(batches_since(session, found.opened_at - LATELY, found.facility), found)
    facility = wiring.catalogue.shop.facility(found.facility)
    sheets = drawn_sheets(layout, pieces, scenes)
    labels = first_labels(sheets)
    values = {
        **frame(request, wiring, "batches", found.facility),
        "batch": found,
        "pieces": by_place(pieces, labels),
        "scanned": scanned,
        "sheets": sheets,
        "labels": labels,
        "gap_mm": layout.gap_mm,
        "fits": fits,
        "last_common": sum(not sheet.output for sheet in layout.sheets),
        "by_shapes": by_shapes,
        "beyond": found.sheets < sum(not sheet.output for sheet in sheets),
        "rectangles": layout.rectangles,
        "centre": facility.centres[found.work_centre],
        "cost": cost_now(found, found.pieces),
        "full": cost_full(found, found.pieces),
        "before": before,
        "changes": change_views(changes),
        "steps": steps,
        "waits": waits,
        "centres": facility.centres,
        "files": _files(wiring, found),
        "trouble": trouble,
        "actual": actual,
        "counted": counted_fields(found, actual.steps if actual else (), refused[0] if refused else None),
        "problem": refused[1] if refused else None,
    }
    return pages.page(request, "workshop/batch.html", values, status=refused[1].status if refused else 200)


@get("/workshop/batches/{number:str}/package.zip", guards=[makers_only], sync_to_thread=True)
def package(number: str, wiring: Wiring) -> Response[bytes]:
    """The whole package as one file."""
    folder = _folder(wiring, number)
    headers = {"Content-Disposition": f'attachment; filename="{folder}.zip"'}
    return Response(wiring.delivery.zip(folder), media_type="application/zip", headers=headers)


@get("/workshop/batches/{number:str}/files/{name:str}", guards=[makers_only], sync_to_thread=True)
def package_file(number: str, name: str, wiring: Wiring) -> Response[bytes]:
    """One file of the package."""
    folder = _folder(wiring, number)
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    headers = {"Content-Disposition": f'inline; filename="{folder}-{name}"'}
    return Response(wiring.delivery.read(folder, name), media_type=media_type, headers=headers)


@get("/pictures/{design_hash:str}/{area:str}", sync_to_thread=True)
def flat_picture(design_hash: str, area: str, wiring: Wiring) -> Response[bytes]:
    """The artwork of one print area, flat, as it was ordered."""
    with wiring.database.read() as session:
        scenes = scenes_of(session, design_hash)
    scene = next((scene for scene in scenes if scene.area == area.removesuffix(".svg")), None)
    if scene is None:
        raise NotFoundException
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": "default-src 'none'; img-src data:"}
    svg = flat_svg(scene, id_prefix="f-", guides=False, href=embedded(wiring.shelf))
    return Response(svg.encode(), media_type="image/svg+xml", headers=headers)


def _folder(wiring: Wiring, number: str) -> str:
    with wiring.database.read() as session:
        found = batch_by_number(session, number)
    if found.package is None:
        raise NoSuchPackage("The package is still being written. Load the batch again in a moment.")
    return found.package


def _files(wiring: Wiring, found: BatchRow) -> tuple[File, ...]:
    return wiring.delivery.files(found.package) if found.package else ()


def _trouble(wiring: Wiring, session: Session, found: BatchRow) -> FailedJob | None:
    """Why a released batch has no package, if writing it has failed so far."""
    if found.package is not None or found.status == "open":
        return None
    jobs = (*wiring.jobs.failed(session), *wiring.jobs.failing(session))
    return next((job for job in jobs if job.key == package_job(found.number)), None)


def _before(rows: tuple[BatchRow, ...], found: BatchRow) -> BatchRow | None:
    """The batch that runs on the same machine just before this one."""
    if found.starts_at is None:
        return None
    same = [
        row
        for row in rows
        if row.work_centre == found.work_centre
        and row.machine == found.machine
        and row.id != found.id
        and row.starts_at is not None
        and row.starts_at < found.starts_at
    ]
    return max(same, key=lambda row: row.starts_at or row.opened_at, default=None)


ROUTES = [batches, batch, actuals, package, package_file, flat_picture]
