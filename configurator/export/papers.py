"""Work orders and labels: what stands on them, as plain values for the layouts in papers/."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

import segno
from babel.dates import format_date, format_datetime, get_timezone

from configurator.artwork.dxf_areas import flat_rings
from configurator.artwork.pdf_sheet import Placement
from configurator.artwork.pictures import Href, NoPixels, Pixels, embedded
from configurator.artwork.svg import flat_svg
from configurator.export.frozen import FrozenBatch, FrozenPiece, FrozenPlace, FrozenSheet
from configurator.export.legible import legible
from configurator.export.lists import Pick, pick_list
from configurator.export.placed import Scenes, placed_scene
from configurator.export.threads import sewn_files, thread_list
from configurator.export.typesetting import paper
from configurator.geometry import mapped, turned_box

Pictures = Mapping[str, str]
"""Design hash -> the product picture's SVG, kept with the order; a design without one shows its flat artwork alone."""

LOCALE = "en_GB"
NEUTRAL = "#eaece9"
STAGES = {
    "mug": "#d9def7",
    "tee": "#f3e3a8",
    "notebook": "#f1d9dc",
    "board": "#d6e2d6",
    "muesli": "#cfe3ec",
    "keyring": "#dfdaf1",
    "book": "#f5dac9",
}
"""The stage colours of LOOK.md behind products; a blank without one stands on grey."""

PIECE = ("", "piece")
"""Units that say no more than that things are counted."""

LONGEST = 160
"""Characters of a customer's text that a traveller shows; the picture and the sheet show all of it."""


def work_orders(batch: FrozenBatch, scenes: Scenes, pictures: Pictures, pixels: Pixels | None = None) -> bytes:
    """work-orders.pdf: the batch (steps, what to pick, threads, sheets), then a traveller for every piece."""
    href = embedded(pixels or NoPixels())
    return paper(
        "work-orders",
        {
            "title": f"Work order {batch.number}",
            "batch": _batch(batch),
            "steps": [
                {"name": legible(name), "at": legible(at), "setup": _minutes(setup), "run": _minutes(run)}
                for name, at, setup, run in batch.operations
            ],
            "picks": [
                {"label": legible(row.label), "amount": f"{row.amount:,}".replace(",", "\u202f"), "unit": _unit(row)}
                for row in pick_list(batch)
            ],
            "threads": _threads(batch, scenes),
            "sheets-line": _plural(len(batch.sheets), "sheet", "sheets"),
            "sheets": [_sheet(sheet, batch, scenes) for sheet in batch.sheets],
            "pieces": [_traveller(piece, scenes, pictures, href) for piece in batch.pieces],
        },
    )


def labels(batch: FrozenBatch) -> bytes:
    """labels.pdf: a label a piece, and for food a second one with what EU 1169/2011 asks for."""
    return paper(
        "labels",
        {
            "title": f"Labels {batch.number}",
            "batch": batch.number,
            "pieces": [_label(piece) for piece in batch.pieces],
        },
    )


def _batch(batch: FrozenBatch) -> dict[str, Any]:
    dues = sorted(piece.due for piece in batch.pieces)
    figures = [
        ("Pieces", str(len(batch.pieces)), ""),
        *([("Sheets", str(len(batch.sheets)), "")] if batch.sheets else []),
        ("Changeover", f"{batch.changeover_min:g}", "min"),
        ("Running", f"{batch.run_min:g}", "min"),
        ("First due", _day(dues[0]) if dues else "", ""),
    ]
    return {
        "number": batch.number,
        "headline": f"{len(batch.pieces)} × {legible(batch.title)}",
        "maker": legible(batch.maker),
        "where": ", ".join(legible(part) for part in (batch.work_centre, batch.facility, batch.method) if part),
        "released": f"Released {_moment(batch.released_at, batch.timezone)} by {legible(batch.released_by)}",
        "qr": qr_drawing(batch.number),
        "figures": [{"label": label, "value": value, "unit": unit} for label, value, unit in figures],
    }


def _threads(batch: FrozenBatch, scenes: Scenes) -> list[dict[str, str]]:
    """What is threaded, file by file, in the order in which the machine stops; a file is named in its first row."""
    rows = thread_list(batch, list(sewn_files(batch, scenes)))
    before = ("", *(row.file for row in rows))
    return [
        {
            "file": row.file if row.file != last else "",
            "pieces": row.pieces if row.file != last else "",
            "needle": str(row.needle),
            "colour": row.colour,
            "thread": legible(row.thread),
            "code": legible(row.code),
            "stitches": f"{row.stitches:,}".replace(",", "\u202f"),
            "metres": f"{row.metres:g} m",
            "minutes": _minutes(row.minutes),
        }
        for row, last in zip(rows, before, strict=False)
    ]


def _sheet(sheet: FrozenSheet, batch: FrozenBatch, scenes: Scenes) -> dict[str, Any]:
    note = [f"{sheet.used:.0%} used", *(["artwork mirrored"] if sheet.mirror else [])]
    return {
        "name": f"sheet-{sheet.number}.pdf",
        "note": ", ".join(note),
        "width": sheet.width_mm,
        "height": sheet.height_mm,
        "across": f"{sheet.width_mm:g} mm",
        "down": f"{sheet.height_mm:g} mm",
        "places": list(_spots(sheet, batch, scenes)),
    }


def _spots(sheet: FrozenSheet, batch: FrozenBatch, scenes: Scenes) -> Iterator[dict[str, Any]]:
    for piece in batch.pieces:
        for place in piece.places:
            if place.sheet == sheet.number:
                scene = placed_scene(piece, place, scenes)
                around = turned_box(scene.width_mm, scene.height_mm, place.degrees)
                placed = Placement(scene, place.left_mm, place.top_mm, place.degrees)
                yield {
                    "left": place.left_mm,
                    "top": place.top_mm,
                    "width": around.width,
                    "height": around.height,
                    "outline": _outline(placed, mirror=sheet.mirror) if scene.cut else [],
                    "label": legible(place.label or piece.code),
                }


def _outline(placed: Placement, *, mirror: bool) -> list[tuple[float, float]]:
    """The cut contour where it lies, coarse: the picture is small."""
    onto = placed.onto_sheet(mirror=mirror)
    return [(round(x, 2), round(y, 2)) for x, y in flat_rings(mapped(placed.scene.cut[0], onto), 0.2)[0]]


def _traveller(piece: FrozenPiece, scenes: Scenes, pictures: Pictures, href: Href) -> dict[str, Any]:
    said, kept = [legible(text) for text in piece.texts], pictures.get(piece.design_hash, "")
    headline = _cut_short(said[0], 40) if said else legible(piece.title)
    lines = [("Text", f"“{_cut_short(text)}”") for text in said if said != [headline]]
    lines += [(legible(option), legible(chosen)) for option, chosen in piece.configuration]
    lines += [("As designed", legible(_ticked(piece)))] if piece.warnings else []
    lines += [("Uses", ", ".join(_amount(amount, unit, label) for _, label, amount, unit in piece.components))]
    return {
        "code": piece.code,
        "qr": qr_drawing(piece.code),
        "place": _places(piece.places),
        "headline": headline,
        "title": f"{legible(piece.title)}, for {legible(piece.customer)}",
        "due": _day(piece.due),
        "note": legible(piece.note),
        "lines": [line for line in lines if line[1]],
        "stage": STAGES.get(piece.blank, NEUTRAL),
        "picture": kept if drawable(kept) else "",
        "flats": _flats(piece, scenes, href),
    }


def _ticked(piece: FrozenPiece) -> str:
    """`Ticked Mon 23 Nov, 14:05: Letters under 2 mm …`: what was warned of is no reason to reject the piece."""
    moment = format_datetime(datetime.fromisoformat(piece.ticked), "EEE d MMM, HH:mm", locale=LOCALE)
    return f"Ticked {moment}: {' '.join(piece.warnings)}"


def _flats(piece: FrozenPiece, scenes: Scenes, href: Href) -> list[str]:
    """What goes on each print area, as it lies flat: the picture shows one side only."""
    drawn = [scene for scene in scenes.get(piece.design_hash, ()) if scene.nodes]
    return [flat_svg(scene, id_prefix="flat", guides=False, href=href) for scene in drawn]


def drawable(svg: str) -> bool:
    """Whether it is well-formed: browsers forgive what the typesetter does not, and the order must still be made."""
    try:
        ParserCreate().Parse(svg, True)
    except ExpatError:
        return False
    return True


def _label(piece: FrozenPiece) -> dict[str, Any]:
    return {
        "code": piece.code,
        "qr": qr_drawing(piece.code),
        "order": f"Order {piece.order_number}",
        "customer": legible(piece.customer),
        "title": legible(piece.title),
        "summary": _cut_short(legible(piece.summary), 90),
        "text": _cut_short(" · ".join(legible(text) for text in piece.texts if text not in piece.summary), 60),
        "due": _day(piece.due),
        "note": legible(piece.note),
        "place": _places(piece.places),
        "food": _food(piece),
        "best-before": format_date(date.fromisoformat(piece.best_before), "d MMMM yyyy", LOCALE)
        if piece.best_before
        else "",
    }


def _food(piece: FrozenPiece) -> dict[str, Any]:
    """The legal lines sorted for the label: name, weight, the rest; what the label says itself is not said twice."""
    lines = [legible(line) for line in piece.food_label]
    weight = next((line for line in lines if line.startswith("Net weight")), "")
    rest = [line for line in lines[1:] if line != weight and not line.startswith("Best before")]
    return {"name": lines[0], "weight": weight, "rest": rest} if lines else {}


def _places(places: tuple[FrozenPlace, ...]) -> str:
    return " ".join(dict.fromkeys(place.label for place in places if place.label))


@lru_cache(maxsize=512)
def qr_drawing(text: str) -> str:
    """A QR code as SVG, 8 ms, the same on a piece's traveller and its label: one path of the dark modules' runs.

    Papers leave the quiet zone of two modules anyway.
    """
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    runs = "".join(f"M{x} {y}h1v1h-1z" for y, row in zip(count(), rows) for x, dark in enumerate(row) if dark)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"><path d="{runs}"/></svg>'


def _day(iso: str) -> str:
    """`2026-11-26` -> `Thu 26 Nov`."""
    return format_date(date.fromisoformat(iso), "EEE d MMM", LOCALE) if iso else ""


def _moment(iso: str, timezone: str) -> str:
    """`2026-11-26T13:00:00+00:00` in Berlin -> `Thu 26 Nov 2026, 14:00 CET`."""
    moment = datetime.fromisoformat(iso)
    return format_datetime(moment, "EEE d MMM yyyy, HH:mm zzz", get_timezone(timezone or "UTC"), LOCALE)


def _minutes(minutes: float) -> str:
    return f"{minutes:g} min"


def _amount(amount: int, unit: str, label: str) -> str:
    return f"{amount} {'×' if unit in PIECE else unit} {legible(label)}"


def _unit(pick: Pick) -> str:
    return ("piece" if pick.amount == 1 else "pieces") if pick.unit in PIECE else pick.unit


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _cut_short(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
