"""Golden designs: three hundred, the same in every run: every blank, script, turn, shape, picture, template."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, islice, product
from pathlib import Path

from configurator.artwork.fonts import FontBook
from configurator.artwork.freezing import freeze
from configurator.artwork.guest_fonts import find_guests
from configurator.artwork.inks import prints_colours
from configurator.artwork.layout import lay_out
from configurator.artwork.proofing import as_printed
from configurator.artwork.scene import Scene
from configurator.blanks.blank import Area, Blank
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import read
from configurator.options.model import Configuration
from tests.artwork.golden_pictures import gallery

BLANKS = Path(__file__).parents[2] / "blanks"
NAMES = (
    "Zoë & Łukasz",
    "Ελένη",
    "Дмитрий",
    "محمد",
    "שלום",
    "प्रिया",
    "สมชาย",
    "Ida & محمد",
    "No. 90x60 “fi”",
    "MÖWE",
)
"""Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, both directions, figures and signs, capitals."""

VARIANTS: tuple[dict[str, float], ...] = (
    {},
    {"arc": 2.2},
    {"arc": -1.6},
    {"fit": 0.4},
    {"spacing": 0.12},
    {"fit": 0.6, "arc": 1.9},
)
"""Straight, arched, hanging, fitted, spaced, fitted and arched. arc, fit: of the area's width; spacing: of the size."""

MIXED = ("Zoë שלום 7", "Ελένη & स्वाति", "สวัสดี Ida", "Дмитрий محمد 12")
EMOJI = ("Hej 🎉🐶", "❤️ Ida & محمد 👩‍🚀")
CHINESE = ("陳さん & Zoë", "김민준 🎂", "王小明 5", "ありがとう")
"""Several scripts in a line; what guests draw."""

TURNS: tuple[dict[str, float], ...] = (
    {"turn": 17},
    {"turn": -90, "size": 0.6},
    {"turn": 141, "arc": 2.0},
    {"turn": 4.5, "outline": 0.06},
    {"size": 1.5, "outline": 0.1},
)
"""turn: degrees. size, outline: of the usual size."""

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Golden:
    """A design by its address, and its scenes."""

    name: str
    scenes: tuple[Scene, ...]


@lru_cache(maxsize=1)
def shop() -> tuple[Catalogue, FontBook]:
    """The shop's own blanks and faces."""
    catalogue = read_catalogue(BLANKS)
    return replace(catalogue, shop=as_printed(catalogue.shop)), FontBook(catalogue.shop.fonts, find_guests())


def golden_designs() -> Iterator[Golden]:
    """All of them. A scene that stood in a design before (a legal text, a cover) is not given again;
    embroidery is pictured as something else than print."""
    seen: set[bytes] = set()
    for name, key, query in addresses():
        drawn = [scene for scene in scenes_of(key, query) if scene.nodes and not scene.stitching]
        fresh = tuple(scene for scene in drawn if freeze([scene]) not in seen)
        seen |= {freeze([scene]) for scene in fresh}
        if fresh:
            yield Golden(name, fresh)


def addresses() -> Iterator[tuple[str, str, Query]]:
    """(name, blank, query) of every golden design."""
    for key, blank in shop()[0].blanks.items():
        yield from ((f"{key} {name}", key, query) for name, query in _of_templates(blank))
        yield from ((f"{key} {name}", key, query) for name, query in _of_own_elements(blank))
        yield from ((f"{key} {name}", key, query) for name, query in _of_turned_texts(blank))
        yield from ((f"{key} {name}", key, query) for name, query in _of_pictures(blank))


def scenes_of(key: str, query: Query) -> tuple[Scene, ...]:
    """The scenes behind an address."""
    return scenes_and_configuration(key, query)[0]


def scenes_and_configuration(key: str, query: Query) -> tuple[tuple[Scene, ...], Configuration]:
    """The scenes behind an address, and what is chosen."""
    catalogue, fonts = shop()
    blank = catalogue.blank(key)
    asked = read(list(query), blank, catalogue.shop)
    designed = design_for(asked, blank, catalogue.shop, catalogue.engine(key), fonts=fonts.fingerprint)
    chosen, pictures = designed.design.configuration, gallery().pictures
    return lay_out(designed.design.elements, blank, chosen, catalogue.shop, fonts, pictures), chosen


def _of_templates(blank: Blank) -> Iterator[tuple[str, Query]]:
    """As the maker shows it, and with some of the names in every field."""
    for number, template in enumerate(blank.templates):
        yield template.key, (("template", template.key),)
        for name in islice(NAMES, number % 3, None, 3):
            fields = tuple((f"f.{field.key}", name[: field.most].strip()) for field in template.fields)
            yield f"{template.key} {name}", (("template", template.key), *fields)


def _of_own_elements(blank: Blank) -> Iterator[tuple[str, Query]]:
    """Every name in two of the variants, on the areas in turn, every other one with a shape of the blank's."""
    areas = _areas(blank)
    turn = count()
    for round_, name in ((round_, name) for round_ in range(2) for name in NAMES):
        number = next(turn)
        area, variant = areas[number % len(areas)], VARIANTS[(number + 3 * round_) % len(VARIANTS)]
        elements = [*_text(name, area, variant, number), *(_shape(blank, area, number) if number % 2 else ())]
        yield f"{area.key} {name} {variant}", tuple(elements)


def _of_turned_texts(blank: Blank) -> Iterator[tuple[str, Query]]:
    """Mixed lines, emoji and, where a font is, Chinese letters: turned, scaled, outlined."""
    areas = _areas(blank)
    drawable = (*MIXED, *EMOJI, *(CHINESE if not shop()[1].lacking else ()))
    for number, name in enumerate(drawable):
        area, variant = areas[number % len(areas)], TURNS[(number + len(blank.name)) % len(TURNS)]
        yield f"{area.key} {name} {variant}", tuple(_text(name, area, variant, number))


def _of_pictures(blank: Blank) -> Iterator[tuple[str, Query]]:
    """Each picture of the gallery: turned, mirrored, stretched, over the area's edge, under a text."""
    areas = [area for area in _areas(blank) if prints_colours(shop()[0].shop.methods[area.method])]
    for number, (asset, area) in enumerate(product(gallery().made, areas[:2])):
        width, height = area.size_mm
        side = min(width, height) * (0.5, 0.8, 0.35)[number % 3]
        image = {
            "kind": "image",
            "area": area.key,
            "asset": asset,
            "width": f"{side:.1f}",
            "height": f"{side * 0.6:.1f}" if number % 4 == 3 else "0",
            "x": f"{width * (0.5, 0.05, 0.8)[number % 3]:.1f}",
            "y": f"{height * (0.4, 0.9, 0.55)[number % 3]:.1f}",
            "turn": str((0, 23, -90, 200)[number % 4]),
            "mirror": "yes" if number % 2 else "",
        }
        over = _text("Zoë", area, {}, number, at=2) if number % 2 == 0 else ()
        yield f"{area.key} picture {number}", (*((f"{name}-1", value) for name, value in image.items()), *over)


def _areas(blank: Blank) -> list[Area]:
    return [area for area in blank.areas if area.auto == "none"]


def _text(name: str, area: Area, variant: dict[str, float], number: int, at: int = 1) -> Iterator[tuple[str, str]]:
    catalogue, _ = shop()
    width, height = area.size_mm
    offered = [font.key for font in catalogue.shop.fonts if font.offered]
    inks = catalogue.shop.methods[area.method].inks
    size = min(width / 9, height / 4) * variant.get("size", 1)
    yield from ((f"kind-{at}", "text"), (f"area-{at}", area.key), (f"text-{at}", name))
    yield from ((f"font-{at}", offered[number % len(offered)]), (f"ink-{at}", inks[number % len(inks)].key))
    yield from ((f"size-{at}", f"{size:.1f}"), (f"x-{at}", f"{width / 2:.1f}"), (f"y-{at}", f"{height * 0.45:.1f}"))
    yield f"arc-{at}", f"{variant.get('arc', 0) * width / 3:.1f}"
    yield f"fit-{at}", f"{variant.get('fit', 0) * width:.1f}"
    yield f"spacing-{at}", f"{variant.get('spacing', 0) * size:.2f}"
    yield from (
        (f"turn-{at}", f"{variant.get('turn', 0)}"),
        (f"outline-{at}", f"{variant.get('outline', 0) * size:.2f}"),
    )
    yield f"edge-{at}", inks[(number + 1) % len(inks)].key


def _shape(blank: Blank, area: Area, number: int) -> Iterator[tuple[str, str]]:
    shapes = sorted(key for key in blank.shapes if not key.startswith(("cover", "label", "facts")))
    if not shapes:
        return
    inks = shop()[0].shop.methods[area.method].inks
    width, height = area.size_mm
    yield from (("kind-2", "shape"), ("area-2", area.key), ("shape-2", shapes[number % len(shapes)]))
    yield from (("inks-2", inks[(number + at) % len(inks)].key) for at in (1, 2))
    yield "width-2", f"{min(width, height) * (0.2 + number % 3 * 0.07):.1f}"
    yield from (("x-2", f"{width * (0.3 + 0.1 * (number % 5)):.1f}"), ("y-2", f"{height * 0.72:.1f}"))
