"""How seldom the thread is cut: letters are left and entered where they are nearest to each other."""

import math
from itertools import pairwise

import numpy as np
import pyembroidery
import pytest
import shapely
from shapely import Polygon

from configurator.artwork.scene import Scene
from configurator.artwork.stitches import stitches
from configurator.artwork.stitches_files import dst
from configurator.artwork.stitches_motif import Line, Motif
from configurator.artwork.stitches_sewing import motif_of
from tests.artwork.sewing import HOW, area_of, embroidered, lettering, moves
from tests.artwork.workbench import text


@pytest.mark.parametrize(
    ("words", "font", "size"),
    [("Harbour", "lobster", 24.0), ("Marit", "lobster", 18.0), ("HARBOUR", "archivo", 20.0), ("مرحبا", "arabic", 24.0)],
)
def test_letters_that_stand_close_are_sewn_without_cutting_the_thread_between_them(
    words: str, font: str, size: float
) -> None:
    (block,) = stitches(lettering(words, font, size)).blocks
    assert len(block.runs) <= clusters(lettering(words, font, size))


def test_the_thread_is_cut_once_for_every_gap_that_is_too_long_and_not_more_often() -> None:
    apart = embroidered(*(text("HILL", font="archivo", size_mm=12, ink="ivory", x_mm=x) for x in (40, 100, 160)))
    assert len(stitches(apart).blocks[0].runs) == clusters(apart) == 3
    wide = lettering("WIDE", "archivo", 14, spacing_mm=5.0)
    assert len(stitches(wide).blocks[0].runs) == 4


def test_the_machine_s_file_cuts_as_often_as_was_planned() -> None:
    scene = lettering("Zoë & Łukasz", "archivo", 14)
    cuts = [command for command, *_ in moves(dst(scene), "dst") if command == pyembroidery.TRIM]
    assert abs(len(cuts) - stitches(scene).trims) <= 1


@pytest.mark.parametrize("letter", ["R", "8", "i", "O", "&", "W", "B"])
def test_a_letter_can_be_entered_at_any_door_and_left_at_any_other(letter: str) -> None:
    for part in shapely.get_parts(area_of(lettering(letter, "archivo", 22))):
        sewn_from_every_door(part)


def test_a_wide_area_can_be_entered_at_any_door_and_left_at_any_other() -> None:
    sewn_from_every_door(shapely.Point(60, 40).buffer(18).difference(shapely.box(55, 38, 90, 42)))


def sewn_from_every_door(area: Polygon) -> None:
    motif = motif_of(area, HOW)
    assert motif is not None
    usual = _seen(motif, None, None)
    room = area.buffer(HOW.pull_mm + 0.3)
    ins, outs = len(motif.doors.ways_in), len(motif.doors.ways_out)
    for number in range(0, max(ins, outs), 3):
        enter, leave = number % ins, (number * 7 + 3) % outs
        points = [stretch.points for thread in motif.sewn(enter, leave) for stretch in thread]
        assert math.dist(points[0][0], motif.doors.ways_in[enter]) < 1e-6
        assert math.dist(points[-1][-1], motif.doors.ways_out[leave]) < 1e-6
        seen = _seen(motif, enter, leave)
        assert usual.difference(seen).area < 0.03 * usual.area
        assert shapely.contains_xy(room, *np.concatenate(points).T).all()


def _seen(motif: Motif, enter: int | None, leave: int | None) -> shapely.Geometry:
    stretches = [stretch for thread in motif.sewn(enter, leave) for stretch in thread if stretch.top]
    lines = [shapely.linestrings(stretch.points) for stretch in stretches if len(stretch.points) > 1]
    return shapely.union_all(shapely.buffer(lines, 0.35))


@pytest.mark.parametrize("closed", [False, True])
def test_a_fine_line_is_covered_all_along_wherever_the_needle_comes_from(closed: bool) -> None:
    corners = [(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0)]
    line = Line(np.array([*corners, corners[0]] if closed else corners))
    doors = line.doors.ways_in
    for enter in (None, *range(len(doors))):
        for leave in (None, *range(len(doors))):
            ((stretch,),) = line.sewn(enter, leave)
            assert enter is None or math.dist(stretch.points[0], doors[enter]) < 1e-6
            if leave is not None and (enter is not None or not closed):
                assert math.dist(stretch.points[-1], doors[leave]) < 1e-6
            sewn = sum(math.dist(a, b) for a, b in pairwise(stretch.points))
            assert sewn > 2.8 * shapely.LineString(line.points).length


def clusters(scene: Scene) -> int:
    """How many groups of letters there are, within which each is nearer to another than what is cut."""
    parts = shapely.union_all([part.buffer(HOW.trim_mm / 2) for part in shapely.get_parts(area_of(scene))])
    return len(shapely.get_parts(parts))
