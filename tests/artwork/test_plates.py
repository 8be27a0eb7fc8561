"""Plates behind texts: offered where letters stand out little, drawn under them, never out of the safe zone."""

from dataclasses import replace
from pathlib import Path as Folder

import pytest

from configurator.artwork.elements import Text
from configurator.artwork.layout import lay_out
from configurator.artwork.preflight.place import fields_of
from configurator.artwork.scene import Finding, Path, Scene
from configurator.blanks.blank import Area
from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.methods import InkSpec, Method
from configurator.designs.permalink import read
from configurator.geometry import Box
from tests.artwork.workbench import INKS, PLAIN, PRINT, SHOP, area, blank, book, text

WHITE = InkSpec("white", "White", "#ffffff", (0, 0, 0, 0))
INKED = replace(PRINT, inks=(*INKS, WHITE))


def laid(element: Text, on: Area | None = None, method: Method = INKED) -> Scene:
    shop = replace(SHOP, methods={"print": method})
    return lay_out([element], blank(on or area(ground="#ffffff")), PLAIN, shop, book())[0]


def plate(findings: tuple[Finding, ...]) -> dict[str, str] | None:
    """What the button changes that puts a plate behind the text."""
    fixes = [fields_of(fix) for finding in findings for fix in finding.fixes]
    return next((dict(fields) for fields in fixes if "plate-1" in fields), None)


def plated(element: Text, fields: dict[str, str]) -> Text:
    return replace(element, plate_mm=float(fields["plate-1"]), plate_ink=fields["under-1"])


@pytest.mark.parametrize("turn", [0.0, 30.0, 90.0, -160.0])
@pytest.mark.parametrize("words", ["Marit", "Harbour\nRowing Club", "مرحبا"])
def test_a_plate_ends_the_finding_and_lies_under_all_letters(words: str, turn: float) -> None:
    white = text(words, ink="white", turn=turn, size_mm=10.0)
    fields = plate(laid(white).findings)
    assert fields
    scene = laid(plated(white, fields))
    assert scene.findings == ()
    first = scene.nodes[0]
    assert isinstance(first, Path) and first.fill and first.fill.key == fields["under-1"]
    assert scene.boxes[1].holds(laid(white).boxes[1].grown(float(fields["plate-1"]) - 0.01))


def test_a_plate_keeps_the_safe_zone_and_is_left_out_where_there_is_no_room() -> None:
    on = area(ground="#ffffff")
    safe = Box(0, 0, *on.size_mm).grown(-on.safe_mm)
    low = text("Marit", ink="white", size_mm=20.0)
    box = laid(low).boxes[1]
    near = replace(low, y_mm=low.y_mm + safe.bottom - box.bottom - 1.0)
    fields = plate(laid(near, on).findings)
    assert fields and 0.5 <= float(fields["plate-1"]) <= 1.0
    assert laid(plated(near, fields), on).findings == ()
    assert plate(laid(replace(near, y_mm=near.y_mm + 0.8), on).findings) is None


def test_letters_in_the_colour_of_their_plate_are_told() -> None:
    (finding,) = laid(text("Marit", ink="navy", plate_mm=2.0, plate_ink="navy")).findings
    assert finding.level == "error" and "cannot be seen" in finding.sentence


@pytest.mark.parametrize("method", [replace(INKED, output="laser"), replace(INKED, most_inks=1)], ids=["laser", "foil"])
def test_no_plate_is_offered_where_it_cannot_be_made(method: Method) -> None:
    findings = laid(text("Marit", ink="white"), method=method).findings
    assert findings and plate(findings) is None


def test_a_plate_asked_for_on_an_embroidered_chest_is_not_made() -> None:
    catalogue = read_catalogue(Folder(__file__).parents[2] / "blanks")
    fields = [("text-1", "Ida"), ("plate-1", "3"), ("under-1", "white")]
    made = {
        area: read([*fields, ("area-1", area)], catalogue.blank("tee"), catalogue.shop).elements[0]
        for area in ("front", "chest")
    }
    assert isinstance(made["front"], Text) and made["front"].plate_mm == 3
    assert isinstance(made["chest"], Text) and made["chest"].plate_mm == 0


def test_a_plate_is_told_in_words_and_grows_with_what_is_typed() -> None:
    short, long = (laid(text(words, plate_mm=2.0, plate_ink="white")) for words in ("Ida", "Marit Halvorsen"))
    assert "on a plate in White" in short.says
    assert long.boxes[1].width > short.boxes[1].width
