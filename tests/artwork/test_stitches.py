import hashlib
import math
import os
import subprocess
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
import pyembroidery
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.scene import Path as PathNode
from configurator.artwork.scene import Scene
from configurator.artwork.stitches import stitches
from configurator.artwork.stitches_files import dst, pes
from configurator.artwork.stitches_runs import LONGEST, SHORTEST
from configurator.artwork.svg import flat_svg
from tests.artwork.scenes import filled, rectangle
from tests.artwork.scenes import scene as bare_scene
from tests.artwork.sewing import (
    CLOTH,
    HOW,
    THREADS,
    area_of,
    colours,
    covered_share,
    embroidered,
    lettering,
    moves,
    segments,
)
from tests.artwork.workbench import area, sun, text

LETTERS = [
    ("HARBOUR", "archivo", 16.0),
    ("Marit & Zoë", "lobster", 18.0),
    ("ROWING CLUB 8", "archivo", 9.0),
    ("Ελλάδα Дружба", "noto", 14.0),
    ("مرحبا بالعالم", "arabic", 20.0),
    ("नमस्ते दुनिया", "deva", 16.0),
]
ROOT = Path(__file__).parents[2]
STITCH = pyembroidery.STITCH


@pytest.mark.parametrize(("words", "font", "size"), LETTERS)
def test_letters_of_every_script_are_covered_and_nothing_lies_beside_them(words: str, font: str, size: float) -> None:
    scene = lettering(words, font, size)
    assert covered_share(scene) > 0.9
    room = area_of(scene).buffer(HOW.pull_mm + 0.15)
    ends = np.array([end for _, end in segments(scene, top=True)])
    outside = ~shapely.contains_xy(room, ends[:, 0], ends[:, 1])
    assert outside.mean() < 0.002


@pytest.mark.parametrize("words", ["BODY 8", "abedgopq", "&@"])
def test_counters_of_letters_stay_open(words: str) -> None:
    scene = lettering(words, "archivo", 24)
    thread = shapely.union_all([shapely.LineString(pair) for pair in segments(scene)])
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(area_of(scene)) for ring in part.interiors]
    assert holes
    for hole in holes:
        middle = shapely.maximum_inscribed_circle(hole).coords[0]
        assert thread.distance(shapely.Point(middle)) > 0.5


@pytest.mark.parametrize(("words", "font", "size"), LETTERS)
def test_no_thread_floats_over_a_gap_that_is_longer_than_what_is_cut(words: str, font: str, size: float) -> None:
    scene = lettering(words, font, size)
    room = area_of(scene).buffer(0.5)
    floats = shapely.linestrings(np.array(list(segments(scene))))
    assert max(shapely.length(shapely.difference(floats, room))) <= HOW.trim_mm + 0.1


@pytest.mark.parametrize("kind", ["pes", "dst"])
@pytest.mark.parametrize(("words", "font", "size"), LETTERS[:2] + LETTERS[4:5])
def test_files_read_back_hold_what_was_planned_within_a_machine_s_limits(
    kind: str, words: str, font: str, size: float
) -> None:
    scene = lettering(words, font, size)
    read = moves({"pes": pes, "dst": dst}[kind](scene), kind)
    sewn = [(start, end) for command, start, end in read if command == STITCH]
    assert max(abs(b - a) for start, end in sewn for a, b in zip(start, end, strict=True)) <= LONGEST
    planned = [
        (x - 1000, y - 400) for block in stitches(scene).blocks for run in block.runs for x, y in run.points.tolist()
    ]
    assert [end for _, end in _moved(sewn)] == [end for (end, _) in groupby(planned)]


def _moved(sewn: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Without stitches that the format repeats in one place."""
    ends = [end for end, _ in groupby(end for _, end in sewn)]
    return [(end, end) for end in ends]


def test_stitches_are_neither_so_short_that_thread_breaks_nor_longer_than_machines_can() -> None:
    for words, font, size in LETTERS:
        for start, end in segments(lettering(words, font, size)):
            assert SHORTEST / 10 - 0.01 <= math.dist(start, end) <= LONGEST / 10


def test_every_run_is_locked_where_it_starts_and_where_it_ends() -> None:
    for block in stitches(lettering("Marit", "lobster", 20)).blocks:
        for run in block.runs:
            first, second, third = run.points[:3].tolist()
            assert first == third != second
            assert run.points[-1].tolist() == run.points[-3].tolist() != run.points[-2].tolist()


def test_colours_follow_the_order_of_the_artwork_with_a_stop_before_each() -> None:
    scene = embroidered(sun(inks=("sun", "black"), x_mm=40), text("Zoë", ink="ivory", x_mm=140, size_mm=16))
    blocks = stitches(scene).blocks
    assert [block.ink.key for block in blocks] == ["sun", "black", "ivory"]
    assert colours(pes(scene)) == [block.ink.rgb for block in blocks]
    stops = [command for command, *_ in moves(dst(scene), "dst") if command == pyembroidery.COLOR_CHANGE]
    assert len(stops) == 2


def test_what_does_not_touch_is_sewn_together_with_its_colour() -> None:
    apart = [text("A", ink="sun", x_mm=30), text("B", ink="black", x_mm=90), text("C", ink="sun", x_mm=150)]
    assert [block.ink.key for block in stitches(embroidered(*apart)).blocks] == ["sun", "black"]
    above = [text("A", ink="sun"), text("B", ink="black"), text("C", ink="sun")]
    assert [block.ink.key for block in stitches(embroidered(*above)).blocks] == ["sun", "black", "sun"]


def test_letters_are_sewn_as_they_are_read_so_that_the_needle_travels_little() -> None:
    (block,) = stitches(lettering("HILL", "archivo", 20)).blocks
    starts = [run.points[0, 0] for run in block.runs]
    assert starts == sorted(starts)


def test_wide_areas_are_filled_over_an_underlay_in_staggered_rows() -> None:
    scene = _sewn(filled(rectangle(10, 10, 60, 40)))
    (block,) = stitches(scene).blocks
    (run,) = block.runs
    assert covered_share(scene) > 0.8
    below = int((~run.top).sum())
    assert 0.05 < below / len(run.points) < 0.35
    first_seen = int(np.flatnonzero(run.top)[0])
    assert first_seen > 50


def test_a_fine_line_is_sewn_thrice_as_a_line() -> None:
    scene = _sewn(PathNode((("M", (10, 10)), ("L", (50, 10))), None, None, 0.4, "art", 1))
    (block,) = stitches(replace(scene, nodes=(replace(scene.nodes[0], stroke=block_ink()),))).blocks
    assert 45 < block.stitches < 80
    assert {y for run in block.runs for y in run.points[:, 1].tolist()} == {100}


def test_the_price_counts_what_the_machine_sews() -> None:
    small, large = (stitches(lettering("Marit", "lobster", size)).stitches for size in (14, 28))
    assert 1.8 < large / small < 5


@pytest.mark.slow
def test_the_same_scene_gives_the_same_bytes_after_thawing_and_in_another_process() -> None:
    scene = lettering("Marit & Zoë مرحبا", "lobster", 18)
    (thawed,) = thaw(freeze([scene]))
    assert (pes(thawed), dst(thawed)) == (pes(scene), dst(scene))
    program = (
        "import hashlib; from tests.artwork.sewing import lettering; "
        "from configurator.artwork.stitches_files import dst, pes; "
        "s = lettering('Marit & Zoë مرحبا', 'lobster', 18); print(hashlib.sha256(pes(s) + dst(s)).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    other = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert other.stdout.strip() == hashlib.sha256(pes(scene) + dst(scene)).hexdigest()


def test_a_print_scene_has_no_stitches() -> None:
    assert stitches(bare_scene(filled(rectangle(1, 1, 9, 9)))).stitches == 0


def test_drawn_colours_become_the_thread_that_is_most_like_them() -> None:
    shapes = {"sun": '<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="#ffd040"/></svg>'}
    (block,) = stitches(embroidered(sun(), shapes=shapes)).blocks
    assert block.ink.key == "sun"


def test_text_too_small_for_thread_is_told_before_it_is_ordered() -> None:
    (finding,) = lettering("Zoë", "archivo", 4).findings
    assert "do not come out well with embroidery" in finding.sentence


def test_more_colours_than_needles_are_refused() -> None:
    scene = embroidered(*(text("A", ink=ink.key, x_mm=40 * n) for n, ink in enumerate(THREADS, 1)))
    (finding,) = scene.findings
    assert finding.level == "error"
    assert "takes 2 colours with embroidery, and 3 are on it" in finding.sentence


def test_two_areas_on_the_same_cloth_cannot_both_be_decorated() -> None:
    back = area(key="back", label="Back")
    chest = replace(CLOTH, not_with=("back",))
    both = embroidered(text("A", ink="sun"), text("B", area="back"), on=(chest, back))
    assert "lie on the same cloth" in both.findings[0].sentence
    assert embroidered(text("A", ink="sun"), on=(chest, back)).findings == ()


def test_every_letter_there_is_at_once_is_more_than_can_be_sewn_and_is_told() -> None:
    letters = "".join(map(chr, [*range(0x41, 0x7B), *range(0x391, 0x3C9), *range(0x410, 0x450)]))
    laid = embroidered(text(letters, ink="sun", size_mm=9.0))
    (found,) = [finding for finding in laid.findings if "more lines and curves" in finding.sentence]
    assert found.level == "error" and found.fixes[0][0] == "Remove it"
    assert stitches(laid).stitches == 0


def star(corners: int, spike_mm: float) -> PathNode:
    spikes = [(9 + spike_mm * (i % 2), i * 2 * math.pi / corners) for i in range(corners)]
    points = [(60 + far * math.cos(angle), 40 + far * math.sin(angle)) for far, angle in spikes]
    return filled((("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ())))


@pytest.mark.slow
def test_a_tangle_of_hundreds_of_corners_or_of_metres_of_outline_is_not_planned() -> None:
    assert stitches(_sewn(star(300, 1.0))).stitches > 0
    assert stitches(_sewn(star(600, 1.0))).stitches == 0
    assert stitches(_sewn(star(120, 30.0))).stitches > 0
    assert stitches(_sewn(star(160, 30.0))).stitches == 0
    assert stitches(_sewn(*[star(100, 28.0 + size) for size in range(3)])).stitches == 0


def test_what_is_embroidered_can_be_dragged_while_it_is_looked_at() -> None:
    laid = embroidered(text("A", ink="sun"), text("B", ink="sun", y_mm=20.0))
    drawn = flat_svg(laid, id_prefix="p", guides=True)
    assert all(f'<g data-of="{number}" class="element">' in drawn for number in (1, 2))
    assert 'class="element"' not in flat_svg(laid, id_prefix="p", guides=False)


def test_the_picture_shows_the_stitches_in_few_bytes_however_many_there_are() -> None:
    small, large = (lettering("Marit", "lobster", size) for size in (12, 60))
    assert len(flat_svg(small, id_prefix="p", guides=False)) < 20_000
    assert len(flat_svg(large, id_prefix="p", guides=False)) < 25_000
    assert flat_svg(small, id_prefix="p", guides=False).count("<path") >= 4


# --- whatever is drawn


def block_ink() -> object:
    return lettering("A", "archivo", 20).nodes[0].ink


def _sewn(*nodes: PathNode) -> Scene:
    ink = block_ink()
    inked = tuple(replace(node, fill=node.fill and ink, stroke=node.stroke and ink) for node in nodes)
    return bare_scene(*inked, stitching=HOW)


@st.composite
def paths(draw: st.DrawFn) -> PathNode:
    """Stars, tangles and slivers, filled or drawn, in many sizes."""
    count = draw(st.integers(2, 14))
    number = st.floats(-2, 42).map(lambda value: round(value, 3))
    points = [(draw(number), draw(number)) for _ in range(count)]
    lines = tuple(("M" if i == 0 else "L", point) for i, point in enumerate(points))
    closed = draw(st.booleans())
    shrunk = draw(st.sampled_from([1.0, 0.3, 0.05, 0.003]))
    data = tuple((letter, (x * shrunk, y * shrunk)) for letter, (x, y) in lines) + ((("Z", ()),) if closed else ())
    fill, width = draw(st.booleans()), draw(st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0, 12.0]))
    ink = filled(()).fill
    return PathNode(
        data, ink if fill or not width else None, ink if width else None, width, "art", 1, draw(st.booleans())
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(paths(), min_size=1, max_size=1))
def test_whatever_is_drawn_is_sewn_within_the_limits(nodes: list[PathNode]) -> None:
    scene = _sewn(*nodes)
    for start, end in segments(scene):
        assert SHORTEST / 10 - 0.01 <= math.dist(start, end) <= LONGEST / 10
    room = area_of(replace(scene, bleed_mm=99)).buffer(HOW.pull_mm + HOW.trim_mm + 0.3)
    for _, (x, y) in segments(scene):
        assert shapely.contains_xy(room, x, y)
    for command, start, end in moves(dst(scene), "dst"):
        assert command != STITCH or max(abs(a - b) for a, b in zip(start, end, strict=True)) <= LONGEST
