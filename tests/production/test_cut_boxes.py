"""The rectangles of cut shapes: turned as the sheet allows, what fits only askew fits, mirrored ones lie mirrored."""

import io
import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import ezdxf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from configurator.artwork.dxf import sheet_dxf
from configurator.artwork.footprint import footprint
from configurator.artwork.pdf_sheet import Placement, SheetPage
from configurator.blanks.blank import Blank, SheetSpec
from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.faults import FaultyBlanks
from configurator.blanks.marks import Marks
from configurator.designs.cutting import CutOut, cut_areas, read_cut
from configurator.production.batching import Group, Waiting, batches, too_large
from configurator.production.cut_boxes import least_box
from configurator.production.laying_out import lay_out_batch
from configurator.production.layout_store import Wanted
from configurator.production.nesting_job import Task, by_outlines
from configurator.production.routing import Route, route
from configurator.production.shape_layout import LyingPiece
from configurator.production.sheet_proving import sheet_faults, sure_layout
from tests.production.rings import ring, ring_catalogue, some_rings, stars

SHEET = SheetSpec(size_mm=(120, 120), gap_mm=3, margin_mm=8, turn=True, turn_deg=15)
BAR = ((0.0, 0.0), (130.0, 0.0), (130.0, 8.0), (0.0, 8.0))


def test_a_bar_longer_than_its_sheet_lies_askew_where_the_sheet_allows_it() -> None:
    askew = least_box(BAR, SHEET)
    assert askew.degrees % 90 != 0
    assert max(askew.width, askew.height) <= 104
    upright = least_box(BAR, replace(SHEET, turn_deg=0))
    assert (upright.degrees, upright.width) == (0, 130)


@given(st.lists(st.tuples(st.floats(-40, 40), st.floats(-40, 40)), min_size=3, max_size=9), st.booleans())
def test_a_shape_brought_into_its_rectangle_lies_inside_it(points: list[tuple[float, float]], across: bool) -> None:
    around = least_box(points, SHEET)
    degrees, x, y = around.moved(20, 30, across=across)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    width, height = (around.height, around.width) if across else (around.width, around.height)
    for a, b in points:
        assert 20 - 1e-3 <= a * cos - b * sin + x <= 20 + width + 1e-3
        assert 30 - 1e-3 <= a * sin + b * cos + y <= 30 + height + 1e-3


def rings_on(sheet: SheetSpec, pieces: int) -> list[LyingPiece]:
    return [(f"P{n}", f"D{n}", routed(one.blank, sheet, n)) for n, one in enumerate(some_rings(pieces))]


def routed(blank: Blank, sheet: SheetSpec, number: int) -> Route:
    lead, *rest = blank.operations
    proofed = some_rings(number + 1)[number]
    made = replace(blank, operations=(replace(lead, sheet=sheet), *rest))
    return route(proofed.design, made, None, cut_areas(proofed.scenes))


@pytest.mark.parametrize("mirror", [False, True])
def test_rings_by_the_rectangles_around_their_cut_lines_are_faultless_mirrored_too(mirror: bool) -> None:
    """The checker knows the outlines only, as the scene has them, and nothing of the rectangles."""
    sheet = replace(ring("MILO", 0).blank.operations[0].sheet, mirror=mirror)
    pieces = rings_on(sheet, 40)
    outlines = {(f"D{n}", "tag"): footprint(one.scenes[0], mirror=mirror) for n, one in enumerate(some_rings(40))}
    layout = sure_layout(pieces, {}, None, outlines)
    assert len(layout.sheets) == 2
    assert sum(len(own) for own in layout.places.values()) == 40
    unmirrored = {key: tuple((60 - x, y) for x, y in outline) for key, outline in outlines.items()}
    assert sheet_faults(layout, pieces, unmirrored)


def test_mirrored_rings_are_nested_mirrored_and_cut_where_they_were_nested() -> None:
    """The drawing is read back: cut lines keep gap and margin, though only their mirror images were placed."""
    spec = replace(ring("MILO", 0).blank.operations[0].sheet, mirror=True)
    scenes = [one.scenes[0] for one in stars(29)]
    pieces = [(f"P{n}", f"D{n}", star_on(spec, n)) for n in range(29)]
    outlines = {(f"D{n}", "tag"): footprint(scene, mirror=True) for n, scene in enumerate(scenes)}
    found = by_outlines(Task(Wanted(1, ""), tuple(pieces), outlines), {}, seconds=2)
    assert found.layout is not None
    layout = sure_layout(pieces, {}, found.layout, outlines)
    assert (len(layout.sheets), layout.rectangles) == (1, 2)
    placed = [(scene, layout.places[f"P{n}"][0]) for n, scene in enumerate(scenes)]
    placements = tuple(Placement(scene, place.left_mm, place.top_mm, place.degrees) for scene, place in placed)
    page = SheetPage(1, *spec.size_mm, mirror=True, title="Rings", placements=placements, output="cut")
    drawing = ezdxf.read(io.StringIO(sheet_dxf(page).decode()))
    lines = drawing.modelspace().query('LWPOLYLINE[layer=="cut"]')
    rings = [Polygon(line.get_points("xy")) for line in lines]
    outer = [one for one in rings if not any(other is not one and other.contains(one) for other in rings)]
    assert len(outer) == 29
    inside = box(8, 8, 292, 412).buffer(0.01)
    assert all(inside.covers(one) for one in outer)
    near = min(one.distance(other) for n, one in enumerate(outer) for other in outer[n + 1 :])
    assert near >= spec.gap_mm - 0.01


def star_on(spec: SheetSpec, number: int) -> Route:
    one = stars(number + 1)[number]
    lead, *rest = one.blank.operations
    made = replace(one.blank, operations=(replace(lead, sheet=spec), *rest))
    return route(one.design, made, None, cut_areas(one.scenes))


def test_a_picture_smaller_than_its_print_area_is_not_too_large_for_the_sheet() -> None:
    """The print area of 60 × 84 mm does not fit; what is cut out round a name does."""
    small = SheetSpec((76, 76), gap_mm=3, margin_mm=8, turn=True, turn_deg=15)
    cat, _, name = (routed(ring("Wen", 0).blank, small, n) for n in (0, 1, 2))
    assert too_large(small, name.on_sheet)
    assert too_large(small, name.taking) == ""
    assert len(lay_out_batch([("P1", name)], {}).places["P1"]) == 1
    assert "as it is cut out, even turned as its sheet allows" in too_large(small, cat.taking)


def test_shapes_that_lie_closer_than_their_rectangles_fill_a_batch_further() -> None:
    group, due = Group("bremen", "printer", "clear", "ring", rush=False), datetime(2026, 11, 23, tzinfo=UTC)
    routes = [routed(one.blank, one.blank.operations[0].sheet, 1) for one in stars(40)]
    pieces = [Waiting(n, group, due, each.sheet, each.taking, each.covers_mm2) for n, each in enumerate(routes)]
    by_boxes = batches(pieces, most=30)
    by_shapes = batches(pieces, most=30, densities={("bremen", "ring"): 0.6})
    assert [len(each.pieces) for each in by_boxes.formed] != [len(each.pieces) for each in by_shapes.formed]
    assert len(by_shapes.formed[0].pieces) > len(by_boxes.formed[0].pieces)
    assert by_shapes.formed[0].sheets == 1
    assert sum(each.sheets for each in by_shapes.formed) <= sum(each.sheets for each in by_boxes.formed)


def test_what_is_kept_of_a_cut_line_is_read_back() -> None:
    cut = cut_areas(ring("NOOR", 1).scenes)
    assert read_cut({area: list(one) for area, one in cut.items()}) == cut
    assert isinstance(cut["tag"], CutOut)


def test_a_margin_too_narrow_for_the_cutters_marks_is_told_before_anything_is_made() -> None:
    """Dots of 5 mm, 4 mm in, with a millimetre around them reach 7.5 mm: the key ring's margin of 8 mm holds them."""
    folder = Path(__file__).parents[2] / "blanks"
    assert ring_catalogue().shop.facility("plant-bremen").centres["laser"].marks == Marks("dot", 5, 4, second_mm=15)
    with TemporaryDirectory() as spoiled:
        copytree(folder, spoiled, dirs_exist_ok=True)
        file = Path(spoiled) / "keyring" / "blank.toml"
        narrower = file.read_text("utf-8").replace("gap_mm = 4, margin_mm = 8", "gap_mm = 4, margin_mm = 7")
        file.write_text(narrower, "utf-8")
        with pytest.raises(FaultyBlanks, match=r"marks reach 7\.5 mm into a sheet; expected a margin of that or more"):
            read_catalogue(Path(spoiled))
