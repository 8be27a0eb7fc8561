"""The product picture: artwork truly projected on its surface, every id its own, nothing a customer types gets out."""

import math
import re
from threading import Thread
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.artwork.finding_marks import LEVELS
from configurator.artwork.mockup import Side, mockup, views
from configurator.artwork.projecting import projection
from configurator.artwork.scene import Scene
from configurator.artwork.svg import flat_svg
from configurator.artwork.tracing import UNITS, Item, traced
from configurator.blanks.blank import Area
from configurator.geometry import PathData
from tests.artwork.workbench import CYLINDER, FLAT, PLAIN, QUAD, area, blank, scene, sun, text

SURFACES = [area(surface=surface) for surface in (FLAT, QUAD, CYLINDER)]
GLYPH_BYTES = 40_000


def picture(*laid: Scene, on: Area | None = None, guides: bool = False, id_prefix: str = "p1") -> str:
    return mockup(blank(on or area()), PLAIN, laid, id_prefix=id_prefix, guides=guides)


def read(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)  # noqa: S314  # our own picture
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    values = " ".join(f'{key}="{value}"' for node in root.iter() for key, value in node.items() if key != "aria-label")
    referred = set(re.findall(r"url\(#([^)]+)\)", values)) | set(re.findall(r'href="#([^"]+)"', values))
    assert referred <= set(ids)
    return root


def seen(path: PathData, on: Area) -> list[tuple[float, float]]:
    """The points of a traced path, added up from its relative numbers, in drawing units."""
    d = traced([Item(path)], projection(on))
    points: list[tuple[float, float]] = []
    here = start = (0.0, 0.0)
    for letter, numbers in re.findall(r"([MlqczZ])([-\d ]*)", d):
        values = [int(number) for number in re.findall(r"-?\d+", numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if letter == "M":
            here = start = (float(pairs[0][0]), float(pairs[0][1]))
        elif letter == "z":
            here = start
        else:
            here = (here[0] + pairs[-1][0], here[1] + pairs[-1][1])
        points.append((here[0] / UNITS, here[1] / UNITS))
    return points


@pytest.mark.parametrize("x", [40.0, 61.0, 100.0, 130.0, 163.0])
@pytest.mark.parametrize("y", [0.0, 30.0, 85.0])
def test_points_on_a_mug_obey_the_cylinder(x: float, y: float) -> None:
    theta = (x - 100) / 41
    across = 70 + 160 + 160 * math.sin(theta)
    down = 100 + 315 * y / 85 + 26 * math.cos(theta)
    shown = seen((("M", (x, y)), ("L", (x, y + 1))), area())
    assert shown[0] == pytest.approx((across, down), abs=1 / UNITS)


def test_curves_on_a_mug_stay_within_a_tenth_of_a_unit_of_the_true_projection() -> None:
    curve: PathData = (("M", (60.0, 20.0)), ("C", (75.0, 0.0, 85.0, 60.0, 100.0, 20.0)))
    d = traced([Item(curve)], projection(area()))
    drawn = _sampled(d)
    t = np.linspace(0, 1, 5000)[:, None]
    p = np.array([(60, 20), (75, 0), (85, 60), (100, 20)], dtype=float)
    true = projection(area()).shown(
        (1 - t) ** 3 * p[0] + 3 * t * (1 - t) ** 2 * p[1] + 3 * t * t * (1 - t) * p[2] + t**3 * p[3]
    )
    for point in drawn:
        assert np.min(np.hypot(*(true - point).T)) < 0.1


def _sampled(d: str) -> list[tuple[float, float]]:
    points, here = [], np.zeros(2)
    for letter, numbers in re.findall(r"([Mlqc])([-\d ]*)", d):
        rows = np.array([int(number) for number in re.findall(r"-?\d+", numbers)], dtype=float).reshape(-1, 2)
        if letter == "M":
            here = rows[0]
            continue
        controls = np.vstack([here, here + rows])
        for t in np.linspace(0, 1, 8):
            level = controls
            while len(level) > 1:
                level = level[:-1] * (1 - t) + level[1:] * t
            points.append(tuple(level[0] / UNITS))
        here = controls[-1]
    return points


def test_what_is_behind_the_mug_is_not_drawn() -> None:
    behind = scene(text("Hinten", x_mm=15.0))
    assert "<path fill" not in picture(behind).split("data-area")[-1] or picture(behind) == picture(scene())
    assert picture(behind).count("#1f2a63") == 0


def test_what_goes_round_the_edge_ends_at_the_edge() -> None:
    laid = scene(text("ROUND THE EDGE OF THE MUG", x_mm=160.0, size_mm=9.0))
    node = laid.nodes[0]
    items = [Item(laid.outlines[key], by) for key, by in node.placements]  # type: ignore[union-attr]  # a text
    points = np.array(_sampled(traced(items, projection(area()))))
    assert points[:, 0].max() <= 390.05


def test_a_turned_mug_shows_its_other_side() -> None:
    turned = blank(area(), drawing=blank().drawing.replace('data-area="wrap"', 'data-area="wrap" data-facing="15"'))
    laid = scene(text("Hinten", x_mm=15.0))
    assert "#1f2a63" in mockup(turned, PLAIN, [laid], id_prefix="p")


def test_the_corners_of_a_quad_are_where_the_drawing_has_them() -> None:
    shown = seen((("M", (0, 0)), ("L", (200, 0)), ("L", (200, 85)), ("L", (0, 85)), ("Z", ())), area(surface=QUAD))
    assert np.array(shown[:4]) == pytest.approx(np.array([(60, 40), (440, 70), (430, 260), (80, 240)]))


def test_a_flat_area_fills_its_box() -> None:
    shown = seen((("M", (0, 0)), ("L", (200, 85))), area(surface=FLAT))
    assert np.array(shown) == pytest.approx(np.array([(50, 40), (450, 200)]))


def test_values_paint_the_drawing_and_conditions_show_their_parts() -> None:
    plain, gold = (mockup(blank(), {"rim": rim}, [scene()], id_prefix="p") for rim in ("plain", "gold"))
    assert "#ffffff" in plain and "#fff4d0" not in plain and "p" + "rim" not in plain
    assert "#fff4d0" in gold and 'id="prim"' in gold and 'href="#prim"' in gold
    read(plain), read(gold)


def test_a_view_shows_its_own_side() -> None:
    two = blank(
        area(key="front"),
        area(key="back"),
        drawing='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g data-view="front">'
        '<g data-area="front"/></g>'
        '<g data-view="back"><rect width="7" height="9"/><g data-area="back"/></g></svg>',
    )
    assert views(two) == ("front", "back")
    assert 'width="7"' not in mockup(two, PLAIN, [], id_prefix="p")
    assert 'width="7"' in mockup(two, PLAIN, [], id_prefix="p", side=Side("back"))


def test_foil_shines_and_engraving_has_a_light_edge() -> None:
    gold, burnt = picture(scene(text("A", ink="gold"))), picture(scene(text("A", ink="burn")))
    assert 'fill="url(#p1foilc9a14a)"' in gold and gold.count("<stop ") > 5
    assert burnt.count('cut1" fill=') == 1 and 'fill="#fff" opacity' in burnt
    read(gold), read(burnt)


def test_two_pictures_on_a_page_share_no_id() -> None:
    laid = scene(text("A", ink="gold"), text("B", ink="burn"))
    one, two = picture(laid), picture(laid, id_prefix="p2")
    assert not set(re.findall(r' id="([^"]+)"', one)) & set(re.findall(r' id="([^"]+)"', two))


def test_artwork_over_the_edge_is_clipped_as_it_will_be_cut() -> None:
    assert "p1edge-wrap" in picture(scene(text("Marit", y_mm=2.0)))
    assert "p1edge-wrap" not in picture(scene(text("Marit")))


def test_a_cut_shape_takes_the_form_of_the_contour() -> None:
    ring = area(cut="contour", size_mm=(60.0, 60.0), surface=FLAT, hole_mm=(30.0, 5.0, 4.0))
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path data-cut="wrap" fill="{body}"/></svg>'
    laid = scene(text("MILO", x_mm=30.0), on=ring)
    svg = mockup(blank(ring, drawing=drawing), PLAIN, [laid], id_prefix="p")
    (path,) = (node for node in read(svg).iter() if node.get("d"))
    (use,) = (node for node in read(svg).iter() if node.get("href"))
    assert use.get("fill") == "#ffffff" and path.get("fill-rule") == "evenodd"
    assert path.get("d", "").count("M") == 2


@pytest.mark.parametrize("prefix", ["", "1a", 'x"onload="', "a b", "ä"])
def test_an_id_prefix_must_be_a_plain_name(prefix: str) -> None:
    with pytest.raises(ValueError, match="id prefix"):
        mockup(blank(), PLAIN, [], id_prefix=prefix)


def test_a_customers_name_is_only_ever_text() -> None:
    svg = picture(scene(text("<b>Zoë</b> 🎉 محمد \"&'")), guides=True)
    root = read(svg)
    assert "“<b>Zoë</b> 🎉 محمد \"&'”" in (root.get("aria-label") or "")
    assert "<b>" not in svg


HOSTILE = st.text(max_size=30) | st.sampled_from(
    [
        "</svg><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{paint}",
        "%d %s",
        "\0",
        "url(#x)",
        "]]>",
        "&#0;",
    ]
)


@settings(max_examples=120, deadline=None)
@given(HOSTILE, st.sampled_from(SURFACES), st.sampled_from(["navy", "gold", "burn"]), st.booleans())
def test_whatever_is_typed_the_picture_is_well_formed_with_unique_ids(
    words: str, on: Area, ink: str, guides: bool
) -> None:
    laid = scene(text(words, ink=ink), sun(inks=("gold", "burn")), on=on)
    assert read(picture(laid, on=on, guides=guides)).get("role") == "img"
    assert read(flat_svg(laid, id_prefix="f", guides=guides)).get("role") == "img"


def test_the_same_design_gives_the_same_picture_from_many_threads() -> None:
    wanted = picture(scene(text("Marit"), sun()))
    found: list[str] = []
    threads = [Thread(target=lambda: found.append(picture(scene(text("Marit"), sun())))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 8


def test_a_full_mug_stays_small_on_the_wire() -> None:
    laid = scene(text("HARBOUR ROWING CLUB", arc_mm=43), sun(), text("Wilhelmina", font="lobster"), text("EST. 1911"))
    assert len(picture(laid)) < GLYPH_BYTES


def test_guides_frame_every_element_and_mark_what_is_wrong() -> None:
    root = read(picture(scene(text("A"), text("B", y_mm=90.0), text("C", y_mm=82.5)), guides=True))
    frames = {node.get("data-element"): node.get("class") for node in root.iter() if node.get("data-element")}
    assert frames == {"1": "frame", "2": "frame", "3": "frame"}
    marks = {node.get("data-finding"): node.get("stroke") for node in root.iter() if node.get("class") == "mark"}
    assert marks == {"1": LEVELS["error"], "2": LEVELS["warning"]}


def test_a_finding_about_the_whole_of_an_element_colours_its_frame_and_has_its_number_at_the_corner() -> None:
    root = read(picture(scene(text("Wilhelmina", arc_mm=8), text("B", y_mm=70)), guides=True))
    frames = {node.get("data-element"): node.get("class") for node in root.iter() if node.get("data-element")}
    assert frames == {"1": "frame frame-error", "2": "frame"}
    assert ["".join(node.itertext()) for node in root.iter() if node.get("class") == "sign"] == ["1", "2"]


def test_the_flat_picture_is_in_millimetres() -> None:
    root = read(flat_svg(scene(text("A")), id_prefix="f", guides=True))
    assert root.get("viewBox") == "0 0 200 85"


def test_a_mug_turned_once_round_shows_the_same_again() -> None:
    on = area(surface=CYLINDER)
    laid = scene(text("Marit", x_mm=20), text("Ida", x_mm=180), on=on)
    turned = [
        mockup(blank(on), PLAIN, [laid], id_prefix="p", side=Side(None, turn), guides=True) for turn in (-180, 180, 170)
    ]
    assert re.findall(r' d="[^"]*"', turned[0]) == re.findall(r' d="[^"]*"', turned[1])
    assert len({node.get("data-element") for node in read(turned[2]).iter()} - {None}) == 2
