"""Golden designs: over two hundred, the same in every run, over every blank, script, arc, fit, shape and template."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice
from pathlib import Path

from configurator.artwork.fonts import FontBook
from configurator.artwork.freezing import freeze
from configurator.artwork.layout import lay_out
from configurator.artwork.scene import Scene
from configurator.blanks.blank import Area, Blank
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import read
from configurator.options.model import Configuration

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
    return catalogue, FontBook(catalogue.shop.fonts)


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


def scenes_of(key: str, query: Query) -> tuple[Scene, ...]:
    """The scenes behind an address."""
    return scenes_and_configuration(key, query)[0]


def scenes_and_configuration(key: str, query: Query) -> tuple[tuple[Scene, ...], Configuration]:
    """The scenes behind an address, and what is chosen."""
    catalogue, fonts = shop()
    blank = catalogue.blank(key)
    asked = read(list(query), blank, catalogue.shop)
    designed = design_for(asked, blank, catalogue.shop, catalogue.engine(key), fonts=fonts.fingerprint)
    chosen = designed.design.configuration
    return lay_out(designed.design.elements, blank, chosen, catalogue.shop, fonts), chosen


def _of_templates(blank: Blank) -> Iterator[tuple[str, Query]]:
    """As the maker shows it, and with some of the names in every field."""
    for number, template in enumerate(blank.templates):
        yield template.key, (("template", template.key),)
        for name in islice(NAMES, number % 3, None, 3):
            fields = tuple((f"f.{field.key}", name[: field.most].strip()) for field in template.fields)
            yield f"{template.key} {name}", (("template", template.key), *fields)


def _of_own_elements(blank: Blank) -> Iterator[tuple[str, Query]]:
    """Every name in two of the variants, on the areas in turn, every other one with a shape of the blank's."""
    areas = [area for area in blank.areas if area.auto == "none"]
    turn = count()
    for round_, name in ((round_, name) for round_ in range(2) for name in NAMES):
        number = next(turn)
        area, variant = areas[number % len(areas)], VARIANTS[(number + 3 * round_) % len(VARIANTS)]
        elements = [*_text(name, area, variant, number), *(_shape(blank, area, number) if number % 2 else ())]
        yield f"{area.key} {name} {variant}", tuple(elements)


def _text(name: str, area: Area, variant: dict[str, float], number: int) -> Iterator[tuple[str, str]]:
    catalogue, _ = shop()
    width, height = area.size_mm
    offered = [font.key for font in catalogue.shop.fonts if font.offered]
    inks = catalogue.shop.methods[area.method].inks
    size = min(width / 9, height / 4)
    yield from (("kind-1", "text"), ("area-1", area.key), ("text-1", name))
    yield from (("font-1", offered[number % len(offered)]), ("ink-1", inks[number % len(inks)].key))
    yield from (("size-1", f"{size:.1f}"), ("x-1", f"{width / 2:.1f}"), ("y-1", f"{height * 0.45:.1f}"))
    yield "arc-1", f"{variant.get('arc', 0) * width / 3:.1f}"
    yield "fit-1", f"{variant.get('fit', 0) * width:.1f}"
    yield "spacing-1", f"{variant.get('spacing', 0) * size:.2f}"


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
