"""Print, then cut: the marks that a cutter looks for stand at the same millimetres in print and drawing."""

import io
from collections.abc import Iterator
from dataclasses import asdict, replace

import ezdxf
import pikepdf
import pytest
from ezdxf import bbox

from configurator.blanks.marks import Marks
from configurator.export.package import package_files
from configurator.geometry import Affine
from tests.export.batches import key_rings, mug_scenes, mugs

PT = 72 / 25.4
DOTS = Marks("dot", size_mm=5, in_mm=4, second_mm=15)
KINDS = (
    DOTS,
    Marks("square", size_mm=4, in_mm=3.5, apart_mm=150, layer="OPOS"),
    Marks("cross", size_mm=6, in_mm=4.25, apart_mm=400, second_mm=20, layer="regmark"),
)
Box = tuple[float, float, float, float]


def files(marks: Marks | None, *, mirror: bool = False, output: str = "print") -> dict[str, bytes]:
    batch, scenes = key_rings()
    sheets = tuple(replace(sheet, mirror=mirror) for sheet in batch.sheets)
    asked = replace(batch, sheets=sheets, output=output, marks=asdict(marks) if marks else None)
    return package_files(asked, scenes, {})


def drawn(page: pikepdf.Page) -> Iterator[Box]:
    """Left, top, right and bottom in mm, from the sheet's left top, of every path that is painted, forms included."""
    yield from _painted(page.obj, Affine(a=1 / PT, d=-1 / PT, f=float(page.mediabox[3]) / PT))


def _painted(holder: pikepdf.Object, at: Affine) -> Iterator[Box]:
    saved, points = [at], list[tuple[float, float]]()
    for step in pikepdf.parse_content_stream(holder):
        operator, numbers = str(step.operator), step.operands
        if operator == "q":
            saved.append(at)
        elif operator == "Q":
            at = saved.pop()
        elif operator == "cm":
            at = at.after(Affine(*map(float, numbers)))
        elif operator == "Do":
            yield from _form(holder.Resources["/XObject"][str(numbers[0])], at)
        elif operator in ("m", "l", "c"):
            points.append(at.at(float(numbers[-2]), float(numbers[-1])))
        elif operator in ("f", "f*", "S", "s", "B"):
            xs, ys = zip(*points, strict=True)
            yield min(xs), min(ys), max(xs), max(ys)
            points = []


def _form(form: pikepdf.Object, at: Affine) -> Iterator[Box]:
    if form.get("/Subtype") == "/Form":
        yield from _painted(form, at.after(Affine(*map(float, form.get("/Matrix", [1, 0, 0, 1, 0, 0])))))


def printed_marks(pdf: bytes, size: float) -> list[tuple[float, float]]:
    """The middles of what is drawn just as large as a mark."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        boxes = list(drawn(file.pages[0]))
    marks = [each for each in boxes if abs(each[2] - each[0] - size) < 0.005 > abs(each[3] - each[1] - size)]
    found = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in marks]
    return sorted(found, key=lambda one: (round(one[1], 2), one[0]))


def drawing_marks(dxf: bytes, layer: str, height: float) -> list[tuple[float, float]]:
    """The middles of what stands on the layer of marks: the two lines of a cross share theirs."""
    drawing = ezdxf.read(io.StringIO(dxf.decode()))
    assert drawing.audit().errors == []
    middles = set()
    for entity in drawing.modelspace().query(f'*[layer=="{layer}"]'):
        around = bbox.extents([entity])
        middles.add((round(around.center.x, 4), round(height - around.center.y, 4)))
    return sorted(middles, key=lambda one: (one[1], one[0]))


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("marks", KINDS, ids=lambda marks: marks.kind)
def test_marks_stand_at_the_same_millimetres_in_print_and_drawing(marks: Marks, mirror: bool) -> None:
    batch, _ = key_rings()
    made, (sheet,) = files(marks, mirror=mirror), batch.sheets
    printed = printed_marks(made["sheet-1.pdf"], marks.size_mm)
    cut = drawing_marks(made["sheet-1.dxf"], marks.layer, sheet.height_mm)
    assert len(printed) == len(cut) == len(marks.middles(sheet.width_mm, sheet.height_mm)) >= 4
    for one, other in zip(printed, cut, strict=True):
        assert one == pytest.approx(other, abs=0.01)
    assert cut[0] == (marks.in_mm, marks.in_mm)
    assert cut[-1] == (sheet.width_mm - marks.in_mm, sheet.height_mm - marks.in_mm)


def test_cut_lines_keep_their_distance_to_the_marks_in_both_files() -> None:
    """The first ring's corner, measured from the first mark."""
    batch, scenes = key_rings()
    made, place = files(DOTS), batch.pieces[0].places[0]
    drawing = ezdxf.read(io.StringIO(made["sheet-1.dxf"].decode()))
    corners = [
        point for line in drawing.modelspace().query('LWPOLYLINE[layer=="cut"]') for point in line.get_points("xy")
    ]
    height = batch.sheets[0].height_mm
    assert any(abs(x - place.left_mm) < 0.01 and abs(height - y - place.top_mm) < 0.01 for x, y in corners)
    with pikepdf.open(io.BytesIO(made["sheet-1.pdf"])) as file:
        boxes = list(drawn(file.pages[0]))
    assert any(abs(left - place.left_mm) < 0.01 and abs(top - place.top_mm) < 0.01 for left, top, *_ in boxes)
    assert scenes


def test_a_sheet_that_is_only_printed_or_only_cut_has_no_such_marks() -> None:
    assert files(DOTS, output="cut")["sheet-1.pdf"] == files(None, output="cut")["sheet-1.pdf"]
    assert drawing_marks(files(DOTS, output="cut")["sheet-1.dxf"], "marks", 594) == []
    marked, plain = (package_files(replace(mugs(2), marks=each), mug_scenes(), {}) for each in (asdict(DOTS), None))
    assert marked["sheet-1.pdf"] == plain["sheet-1.pdf"]
    assert drawing_marks(files(None)["sheet-1.dxf"], "marks", 594) == []


def test_a_second_mark_tells_a_sheet_that_lies_head_to_foot() -> None:
    middles = set(DOTS.middles(300, 420))
    assert len(middles) == 5
    assert (19, 416) in middles
    assert middles != {(300 - x, 420 - y) for x, y in middles}


def test_marks_along_long_edges_are_no_further_apart_than_asked() -> None:
    middles = Marks("dot", 5, 4, apart_mm=150).middles(300, 420)
    left = sorted(y for x, y in middles if x == 4)
    assert left == pytest.approx([4, 141.3333, 278.6667, 416], abs=1e-3)
    assert sorted(x for x, y in middles if y == 4) == [4, 296]
