"""Areas seen at an angle: lines stay straight, what is typed stands where the four corners say, tins turn all round."""

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray

from configurator.artwork.elements import Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import Side, mockup, portrait, turns, views
from configurator.artwork.projecting import projection
from configurator.artwork.scene import Scene
from configurator.artwork.shapes import ellipse
from configurator.artwork.tracing import UNITS, Item, traced
from configurator.blanks.blank import Area, Blank
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.geometry import PathData
from tests.artwork.workbench import FLAT, PLAIN, QUAD, area, blank, scene, sun, text

Points = NDArray[np.float64]
BLANKS = Path(__file__).parents[2] / "blanks"
ASLANT = replace(QUAD, view="aslant")


@lru_cache(maxsize=1)
def shop() -> tuple[Catalogue, FontBook]:
    catalogue = read_catalogue(BLANKS)
    return catalogue, FontBook(catalogue.shop.fonts)


def at_an_angle() -> list[tuple[str, str, str]]:
    """(blank, area, view) of every area of the shop that is seen in perspective."""
    return [
        (blank.key, area.key, surface.view)
        for blank in shop()[0].blanks.values()
        for area in blank.areas
        for surface in (area.surface, *area.also)
        if surface.kind == "quad"
    ]


def by_corners(on: Area, points: Points) -> Points:
    """Where points in mm show by the four corners alone: columns of Heckbert's projective square (1989), by Cramer."""
    width, height = on.size_mm
    p = np.array(on.surface.corners)
    d1, d2, rest = p[1] - p[2], p[3] - p[2], p[0] - p[1] + p[2] - p[3]
    whole = d1[0] * d2[1] - d2[0] * d1[1]
    g = (rest[0] * d2[1] - d2[0] * rest[1]) / whole
    h = (d1[0] * rest[1] - rest[0] * d1[1]) / whole
    u, v = points[:, 0] / width, points[:, 1] / height
    ahead = p[1] - p[0] + g * p[1], p[3] - p[0] + h * p[3]
    return (np.outer(u, ahead[0]) + np.outer(v, ahead[1]) + p[0]) / (g * u + h * v + 1)[:, None]


def back_in_mm(on: Area, shown: Points) -> Points:
    """The millimetres that show at points of the drawing, by Newton's steps on by_corners."""
    found = np.full_like(shown, 0.0) + np.array(on.size_mm) / 2
    for _ in range(30):
        here = by_corners(on, found)
        across = (by_corners(on, np.add(found, (1e-4, 0))) - here) / 1e-4
        down = (by_corners(on, np.add(found, (0, 1e-4))) - here) / 1e-4
        found = found + np.linalg.solve(np.stack((across, down), axis=2), (shown - here)[..., None])[..., 0]
    return found


def drawn(d: str, steps: int = 24) -> Points:
    """Points along a traced path, in units of the drawing."""
    points, here = [], np.zeros(2)
    for letter, numbers in re.findall(r"([Mlqcz])([-\d ]*)", d):
        rows = np.array([int(number) for number in re.findall(r"-?\d+", numbers)], dtype=float).reshape(-1, 2)
        if letter in "Mz":
            here = rows[0] if letter == "M" else here
            continue
        controls = np.vstack([here, here + rows])
        for t in np.linspace(0, 1, steps):
            level = controls
            while len(level) > 1:
                level = level[:-1] * (1 - t) + level[1:] * t
            points.append(level[0] / UNITS)
        here = controls[-1]
    return np.array(points)


@pytest.mark.parametrize(("key", "on", "view"), at_an_angle())
def test_the_corners_of_a_print_area_show_where_its_blank_says(key: str, on: str, view: str) -> None:
    seen = shop()[0].blank(key).area(on).seen_in(view)
    width, height = seen.size_mm
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
    assert projection(seen).shown(corners) == pytest.approx(np.array(seen.surface.corners))
    assert by_corners(seen, corners) == pytest.approx(np.array(seen.surface.corners))


@pytest.mark.parametrize(("key", "on", "view"), at_an_angle())
def test_a_straight_line_stays_one_straight_line(key: str, on: str, view: str) -> None:
    seen = shop()[0].blank(key).area(on).seen_in(view)
    ends = (3.0, 5.0), (seen.size_mm[0] - 4, seen.size_mm[1] - 9)
    d = traced([Item((("M", ends[0]), ("L", ends[1])))], projection(seen))
    assert re.fullmatch(r"M\d+ \d+l-?\d+ ?-?\d+", d)
    between = np.linspace(*ends, 50)
    here, there = (by_corners(seen, np.array([end]))[0] for end in ends)
    along = (there - here) / np.hypot(*(there - here))
    off = (by_corners(seen, between) - here) @ np.array((-along[1], along[0]))
    assert np.abs(off).max() < 1e-9


@pytest.mark.parametrize(("key", "on", "view"), at_an_angle())
def test_curves_as_large_as_the_area_lie_within_a_tenth_of_a_millimetre(key: str, on: str, view: str) -> None:
    seen = shop()[0].blank(key).area(on).seen_in(view)
    width, height = seen.size_mm
    round_it: PathData = ellipse(width / 2, height / 2, width / 2 - 5, height / 2 - 5)
    hanging: PathData = (("M", (5.0, 5.0)), ("Q", (width / 2, 2 * height - 10, width - 5, 5.0)))
    t = np.linspace(0, 1, 20_000)[:, None]
    arc = np.array([(5, 5), (width / 2, 2 * height - 10), (width - 5, 5)])
    turned = 2 * np.pi * t
    true = {
        round_it: np.hstack((np.cos(turned), np.sin(turned))) * (width / 2 - 5, height / 2 - 5)
        + (width / 2, height / 2),
        hanging: (1 - t) ** 2 * arc[0] + 2 * t * (1 - t) * arc[1] + t**2 * arc[2],
    }
    for path, wanted in true.items():
        d = traced([Item(path)], projection(seen))
        for point in back_in_mm(seen, drawn(d)):
            assert np.hypot(*(wanted - point).T).min() < 0.1


@pytest.mark.parametrize(("key", "on", "view"), at_an_angle())
@pytest.mark.parametrize("words", ["Wilhelmina", "Ελένη", "محمد", "प्रिया"])
def test_a_texts_letters_and_frame_agree_with_the_corners_within_a_tenth_of_a_millimetre(
    key: str, on: str, view: str, words: str
) -> None:
    (blank, laid), seen = _lettered(key, on, words), shop()[0].blank(key).area(on).seen_in(view)
    svg = mockup(blank, _chosen(key), [laid], id_prefix="p", side=Side(view), guides=True)
    (frame,) = (node for node in ElementTree.fromstring(svg).iter() if node.get("data-element"))  # noqa: S314  # ours
    corners = np.array([numbers for _, numbers in laid.frames[1].corners(1.0) if numbers])
    steps = np.array(re.findall(r"-?\d+", frame.get("d", "")), dtype=float).reshape(-1, 2)
    framed = back_in_mm(seen, np.cumsum(steps, axis=0) / UNITS)
    assert framed[: len(corners)] == pytest.approx(corners, abs=0.1)
    node = laid.nodes[-1]
    d = traced([Item(laid.outlines[glyph], by) for glyph, by in node.placements], projection(seen))  # type: ignore[union-attr]  # a text
    letters = back_in_mm(seen, drawn(d, steps=9))
    box = laid.boxes[1]
    assert (*letters.min(axis=0), *letters.max(axis=0)) == pytest.approx(
        (box.left, box.top, box.right, box.bottom), abs=0.1
    )


def _lettered(key: str, on: str, words: str) -> tuple[Blank, Scene]:
    catalogue, fonts = shop()
    blank = catalogue.blank(key)
    seen = blank.area(on)
    ink = catalogue.shop.methods[seen.method].inks[0].key
    middle = seen.size_mm[0] / 2, seen.size_mm[1] / 2
    element = Text(on, words, "lobster", 30, ink, *middle, fit_mm=seen.size_mm[0] * 0.8)
    scenes = lay_out((element,), blank, _chosen(key), catalogue.shop, fonts)
    return blank, next(laid for laid in scenes if laid.area == on)


def _chosen(key: str) -> dict[str, object]:
    return dict(shop()[0].engine(key).answer({}).configuration)


def test_an_area_lies_on_another_surface_in_another_view() -> None:
    two = area(surface=FLAT, also=(ASLANT,))
    assert two.seen_in("front").surface == FLAT and two.seen_in("aslant").surface == ASLANT
    assert two.views == ("front", "aslant")


def test_a_blank_with_one_surface_is_pictured_as_before_from_every_side() -> None:
    sides = "".join(f'<g data-view="{view}"><g data-area="wrap"></g></g>' for view in ("front", "back"))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 520">{sides}</svg>'
    both = blank(area(surface=FLAT), drawing=drawing)
    laid = scene(text("Marit"), sun(), on=area(surface=FLAT))
    front, back = (mockup(both, PLAIN, [laid], id_prefix="p", side=Side(view)) for view in ("front", "back"))
    assert front == back and "Marit" in front


@pytest.mark.parametrize(("key", "on", "view"), at_an_angle())
def test_the_same_design_gives_the_same_bytes_at_an_angle(key: str, on: str, view: str) -> None:
    blank, laid = _lettered(key, on, "Ida")
    once, again = (mockup(blank, _chosen(key), [laid], id_prefix="p", side=Side(view)) for _ in range(2))
    assert once == again


def test_boards_and_notebooks_are_seen_on_a_table_where_lists_show_them() -> None:
    for key, on in (("board", "face"), ("notebook", "cover")):
        blank, laid = _lettered(key, on, "Ida")
        assert "on-a-table" in views(blank)
        assert portrait(blank, [laid]) == portrait(blank, []) == Side("on-a-table")


def test_a_list_shows_the_side_that_something_is_on() -> None:
    blank, laid = _lettered("notebook", "back", "Ida")
    assert portrait(blank, [laid]) == Side("back")


def tin(view: str, turn: float, **chosen: object) -> str:
    """The tin's picture, Kofi on its label."""
    blank, laid = _lettered("muesli", "label", "Kofi")
    scenes = lay_out((), blank, _chosen("muesli"), shop()[0].shop, shop()[1])
    facts = next(scene for scene in scenes if scene.area == "facts")
    return mockup(blank, {**_chosen("muesli"), **chosen}, [laid, facts], id_prefix="p", side=Side(view, turn))


def label(svg: str) -> str:
    return ElementTree.fromstring(svg).get("aria-label", "")  # noqa: S314  # our own picture


def test_a_tin_turns_and_shows_what_is_on_its_back() -> None:
    assert turns(shop()[0].blank("muesli"), "front") and turns(shop()[0].blank("muesli"), "back")
    assert "“Kofi”" in label(tin("front", 0)) and "the law asks for" not in label(tin("front", 0))
    assert "the law asks for" in label(tin("front", 180))
    assert "the law asks for" in label(tin("back", 0))


def test_a_tin_turned_half_round_is_the_tin_seen_from_behind() -> None:
    turned, behind = (numbers_of(tin(*side)) for side in (("front", 180), ("back", 0)))
    assert len(turned) == len(behind)
    assert turned == pytest.approx(behind, abs=1.5)


def numbers_of(svg: str) -> list[float]:
    """All numbers of paths that a projection drew and of letters' places, those of the blank's own drawing left out."""
    inside = "".join(re.findall(r'<g transform="scale\(0.05\)">.*?</g></g>', svg))
    return [float(number) for d in re.findall(r' d="([^"]*)"', inside) for number in re.findall(r"-?[\d.]+", d)]


def test_the_bow_of_a_tin_goes_round_with_it() -> None:
    extras = frozenset({"bow"})
    knots = [tin(view, turn, extras=extras).count('fill="#cbb68d"') for view, turn in (("front", 0), ("front", 60))]
    assert knots == [2, 2]
    assert tin("front", 120, extras=extras).count('fill="#cbb68d"') == 0
    assert tin("back", 0, extras=extras).count('fill="#cbb68d"') == 0
    assert tin("back", 180, extras=extras).count('fill="#cbb68d"') == 2
