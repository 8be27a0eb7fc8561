"""Frozen batches built by hand, as a release hands them to export."""

from dataclasses import replace

from configurator.artwork.scene import Scene
from configurator.export.frozen import FrozenBatch, FrozenPiece, FrozenPlace, FrozenSheet
from tests.artwork.scenes import ENGRAVED, name_scene, rectangle

NAMES = ("Marit", "Zoë", "Łukasz", "Kofi")
CUSTOMERS = ("Marit Hansen", "<b>Zoë</b> 🎉 محمد", "=cmd|' /C calc'!A0", '#import "x.typ" $x$ *bold*')


def piece(number: int, *, sheet: int = 1, area: str = "wrap", **parts: object) -> FrozenPiece:
    at = (number - 1) % 4
    given = {
        "code": f"7K4-PM2-{number:02d}",
        "order_number": "7K4-PM2",
        "customer": CUSTOMERS[at],
        "title": "Mug, 330 ml",
        "summary": "Coral inside, gloss, gold rim",
        "blank": "mug",
        "design_hash": f"{at + 1}" * 64,
        "due": "2026-11-26",
        "note": "",
        "configuration": (("Inside", "Coral"), ("Glaze", "Gloss"), ("Rim", "Gold"), ("With it", "Cork lid, gift box")),
        "components": (("mug-coral", "Mug, coral inside", 1, ""), ("box-mug", "Gift box for mugs", 1, "")),
        "texts": (NAMES[at],),
        "food_label": (),
        "places": (
            FrozenPlace(sheet, area, 12 + at % 2 * 90, 14 + at // 2 * 48, False, f"{'AB'[at // 2]}{at % 2 + 1}"),
        ),
    }
    return FrozenPiece(**{**given, **parts})  # type: ignore[arg-type] # parts are the piece's own fields


def mugs(count: int = 4, **parts: object) -> FrozenBatch:
    """Mugs, four to an A4 sheet, mirrored."""
    sheets = (count + 3) // 4
    given = {
        "number": "B-224",
        "facility": "Bremen-Hemelingen",
        "work_centre": "Mug press",
        "family": "mug-coral",
        "title": "Coral mugs",
        "blank": "mug",
        "output": "print",
        "method": "Sublimation",
        "released_at": "2026-11-23T13:00:00+00:00",
        "released_by": "Ines",
        "changeover_min": 10.0,
        "run_min": 14.0,
        "operations": (
            ("Print transfer", "Sublimation printer", 4.0, 0.8),
            ("Press", "Mug press", 10.0, 3.5),
            ("Gild the rim", "Bench", 3.0, 4.0),
            ("Check and wrap", "Bench", 0.0, 1.2),
        ),
        "sheets": tuple(FrozenSheet(n, 210, 148, True, 0.412) for n in range(1, sheets + 1)),
        "pieces": tuple(piece(n, sheet=(n - 1) // 4 + 1) for n in range(1, count + 1)),
        "maker": "Lot One GmbH, Hemelinger Bahnhofstraße 12, 28309 Bremen, Germany",
    }
    return FrozenBatch(**{**given, **parts})  # type: ignore[arg-type] # parts are the batch's own fields


def mug_scenes() -> dict[str, tuple[Scene, ...]]:
    return {f"{at + 1}" * 64: (name_scene(name),) for at, name in enumerate(NAMES)}


def key_rings() -> tuple[FrozenBatch, dict[str, tuple[Scene, ...]]]:
    """Two acrylic key rings, printed and then cut along their contour."""
    scenes = {hash_: (replace(scene, cut=(rectangle(0, 0, 80, 40),)),) for hash_, (scene,) in mug_scenes().items()}
    return mugs(2, number="B-225", title="Key rings", output="cut"), scenes


def boards() -> tuple[FrozenBatch, dict[str, tuple[Scene, ...]]]:
    """Two boards to engrave."""
    scenes = {f"{at + 1}" * 64: (name_scene(name, ENGRAVED),) for at, name in enumerate(NAMES)}
    return mugs(2, number="B-226", title="Oak boards", output="laser"), scenes


FOOD = (
    "Muesli mix",
    "Ingredients: OAT flakes 45 %, dried apricots 20 % (SULPHITES), HAZELNUTS 15 %, raisins 10 %, SESAME seeds 10 %.",
    "May contain traces of MILK.",
    "Net weight 500 g",
    "Best before and lot: see the bottom of the tin.",
    "Store in a dry place away from light.",
    "Made by Lot One GmbH, Hemelinger Bahnhofstraße 12, 28309 Bremen, Germany",
)


def mueslis() -> tuple[FrozenBatch, dict[str, tuple[Scene, ...]]]:
    """A tin of muesli: food, with its legal lines."""
    tin = piece(4, blank="muesli", title="Gift tin of muesli", food_label=FOOD, best_before="2027-05-22")
    return mugs(1, number="B-227", title="Muesli", pieces=(tin,)), mug_scenes()
