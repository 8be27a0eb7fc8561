"""The batch package: every file a maker, a machine or other software needs to make a released batch."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from configurator.artwork.condition import Condition
from configurator.artwork.engraving import alone, engraved_png
from configurator.artwork.pdf import SheetPage, proof_pdf, sheet_pdf
from configurator.artwork.pictures import NoPixels, Pixels
from configurator.export.conditions import Profiles, condition_of
from configurator.export.delivery import MANIFEST, Delivery, File
from configurator.export.frozen import FrozenBatch
from configurator.export.lists import Cut, Pick, cut_list, pick_list, written_csv, written_json
from configurator.export.papers import Pictures, labels, work_orders
from configurator.export.placed import Scenes
from configurator.export.sheets import sheet_pages
from configurator.export.threads import ThreadRow, sewn_files, thread_list

FORMAT = 1
"""Of the manifest and the JSON lists; it rises when a reader would have to change."""


@dataclass(frozen=True, slots=True)
class Written:
    """A package as delivered. digest: SHA-256 of its manifest, which holds that of every other file."""

    folder: str
    digest: str
    files: tuple[File, ...]


def write_package(  # noqa: PLR0913 - all that a package is made from
    batch: FrozenBatch,
    scenes: Scenes,
    destination: Delivery,
    *,
    pictures: Pictures | None = None,
    profiles: Profiles | None = None,
    pixels: Pixels | None = None,
) -> Written:
    """Write the package of a released batch into the folder of its number; repeated, it is the same bytes.

    scenes, pictures: by design hash, as kept with the orders. profiles: ICC, by SHA-256. pixels: of customers'
    pictures. Raises NoArtwork, ProfileGone; a destination's own errors pass.
    """
    files = package_files(batch, scenes, pictures or {}, profiles or {}, pixels)
    destination.write(batch.number, files)
    listed = tuple(_file(name, content) for name, content in files.items())
    return Written(batch.number, listed[-1].sha256, listed)


def package_files(
    batch: FrozenBatch,
    scenes: Scenes,
    pictures: Pictures,
    profiles: Profiles | None = None,
    pixels: Pixels | None = None,
) -> dict[str, bytes]:
    """Name -> content, the manifest last."""
    means = _Means(pictures, condition_of(batch, profiles or {}), pixels or NoPixels())
    described = list(_files(batch, scenes, means))
    files = {name: content for name, _, content in described}
    files[MANIFEST] = written_json(_manifest(batch, described))
    return files


Described = tuple[str, str, bytes]
"""(name, what it holds, content)."""


@dataclass(frozen=True, slots=True)
class _Means:
    """What files are made with, besides the batch and its artwork."""

    pictures: Pictures
    condition: Condition
    pixels: Pixels


def _files(batch: FrozenBatch, scenes: Scenes, means: _Means) -> Iterator[Described]:
    for page in sheet_pages(batch, scenes, means.condition):
        yield from _sheet_files(batch, page, means.pixels)
        if page.output == "laser":
            yield f"sheet-{page.number}.png", _engraving(batch), _engraved(page, batch, means.pixels)
    if not batch.sheets:
        yield from _single_files(batch, scenes, means)
    yield from _stitch_files(batch, scenes)
    cuts, picks = cut_list(batch, scenes), pick_list(batch)
    yield "cut-list.csv", f"{len(cuts)} places, for spreadsheets", written_csv(Cut._fields, cuts)
    yield "cut-list.json", f"{len(cuts)} places, for machines", written_json(_listed(batch, "places", cuts))
    yield "pick-list.csv", f"{len(picks)} components", written_csv(Pick._fields, picks)
    papers = work_orders(batch, scenes, means.pictures, means.pixels)
    yield "work-orders.pdf", f"work order and {len(batch.pieces)} travellers", papers
    yield "labels.pdf", f"{len(batch.pieces)} piece labels", labels(batch)


def _sheet_files(batch: FrozenBatch, page: SheetPage, pixels: Pixels) -> Iterator[Described]:
    size = f"{page.width_mm:g} × {page.height_mm:g} mm"
    note = ", artwork mirrored" if page.mirror else ""
    holds = f"sheet {page.number} of {len(batch.sheets)}, {size}{note}"
    yield f"sheet-{page.number}.pdf", holds, sheet_pdf(page, pixels)
    if page.output == "laser":
        yield f"sheet-{page.number}.dxf", f"lines to engrave and cut, {size}", _drawing(page, engrave=True)
    elif page.output == "cut" or any(placement.scene.cut for placement in page.placements):
        yield f"sheet-{page.number}.dxf", f"lines to cut, {size}", _drawing(page, engrave=False)


def _drawing(page: SheetPage, *, engrave: bool) -> bytes:
    from configurator.artwork.dxf import sheet_dxf  # noqa: PLC0415 - 0.4 s and 30 MB that most processes never need

    return sheet_dxf(page, engrave=engrave)


def _single_files(batch: FrozenBatch, scenes: Scenes, means: _Means) -> Iterator[Described]:
    """Blanks that go into the machine one by one have no sheet: a file a design, named by its first piece."""
    for design in dict.fromkeys(piece.design_hash for piece in batch.pieces):
        drawn = [scene for scene in scenes.get(design, ()) if scene.nodes]
        codes = [piece.code for piece in batch.pieces if piece.design_hash == design]
        if drawn:
            title = f"{batch.number} {codes[0]}"
            file = proof_pdf(drawn, title=title, condition=means.condition, pixels=means.pixels)
            yield f"artwork-{codes[0]}.pdf", f"artwork of {', '.join(codes)}", file
        for scene in drawn if batch.output == "laser" else ():
            image = _engraved(alone(scene, title=scene.area), batch, means.pixels)
            yield f"artwork-{codes[0]}-{scene.area}.png", _engraving(batch), image


def _engraving(batch: FrozenBatch) -> str:
    return f"what is engraved, black, at {batch.dpi} dpi"


def _engraved(page: SheetPage, batch: FrozenBatch, pixels: Pixels) -> bytes:
    return engraved_png(page, batch.dpi, pixels)


def _stitch_files(batch: FrozenBatch, scenes: Scenes) -> Iterator[Described]:
    """For the embroidery machine; a hoop takes one piece, so that a design has one file however many pieces it has."""
    files = list(sewn_files(batch, scenes))
    if not files:
        return
    from configurator.artwork.stitches_files import dst, pes  # noqa: PLC0415 - needed where something is embroidered

    for file in files:
        holds = f"{file.plan.stitches:,} stitches for {', '.join(file.pieces)}"
        yield f"{file.name}.pes", f"{holds}, with thread colours", pes(file.scene)
        yield f"{file.name}.dst", f"{holds}, thread colours in threads.csv", dst(file.scene)
    rows = thread_list(batch, files)
    yield "threads.csv", f"threads of {len(files)} embroidery files", written_csv(ThreadRow._fields, rows)


def _listed(batch: FrozenBatch, name: str, rows: tuple[Cut, ...]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "batch": batch.number,
        "unit": "mm",
        "origin": "top left",
        "sheets": [
            {"number": sheet.number, "width_mm": sheet.width_mm, "height_mm": sheet.height_mm, "mirror": sheet.mirror}
            for sheet in batch.sheets
        ],
        name: [row._asdict() for row in rows],
    }


def _manifest(batch: FrozenBatch, described: list[Described]) -> Mapping[str, Any]:
    return {
        "format": FORMAT,
        "batch": batch.number,
        "title": batch.title,
        "facility": batch.facility,
        "work_centre": batch.work_centre,
        "output": batch.output,
        "method": batch.method,
        "released_at": batch.released_at,
        "released_by": batch.released_by,
        "pieces": [piece.code for piece in batch.pieces],
        "files": [{**_file(name, content)._asdict(), "holds": holds} for name, holds, content in described],
    }


def _file(name: str, content: bytes) -> File:
    return File(name, len(content), hashlib.sha256(content).hexdigest())
