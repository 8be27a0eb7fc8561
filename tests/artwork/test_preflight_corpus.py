"""Preflight on a corpus: every kind of defect is caught in designs of every kind, and nothing is said of clean ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest

from configurator.artwork.dressing import paints
from configurator.artwork.elements import Element, Text
from configurator.artwork.emoji import LINES
from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import Guests, find_guests
from configurator.artwork.inks import prints_colours
from configurator.artwork.layout import lay_out
from configurator.artwork.scene import Finding
from configurator.artwork.seeing import contrast
from configurator.blanks.blank import Area, Blank
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.blanks.methods import Method
from configurator.blanks.shop import Shop
from configurator.designs.designing import design_for
from configurator.designs.permalink import Asked
from configurator.options.model import Configuration

ROOT = Path(__file__).parents[2]
NAMES = ["Marit", "Zoë", "Ελένη", "Дмитрий", "محمد", "प्रिया", "สวัสดี", "שלום", "Team 26", "Ḩ x̣̂", "Ada & Kofi", "🎉 Li"]


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "blanks")


@lru_cache(maxsize=1)
def book() -> FontBook:
    return FontBook(catalogue().shop.fonts, Guests(find_guests().emoji))


@dataclass(frozen=True)
class Bench:
    """An area of a blank with its configuration and what a customer has put there."""

    blank: Blank
    area: Area
    configuration: Configuration
    elements: tuple[Element, ...]
    shop: Shop

    @property
    def method(self) -> Method:
        return self.shop.methods[self.area.method]

    def findings(self) -> list[Finding]:
        scenes = lay_out(self.elements, self.blank, self.configuration, self.shop, book())
        return [finding for scene in scenes for finding in scene.findings]

    def but(self, number: int, **parts: object) -> "Bench":
        """The same with one element changed."""
        changed = replace(self.elements[number - 1], **parts)  # type: ignore[arg-type]  # the element's own fields
        return replace(self, elements=(*self.elements[: number - 1], changed, *self.elements[number:]))


def clean(random: Random) -> Bench:
    """One text, well set, on an area that customers fill, in an ink that shows there, now and then with a shape."""
    while True:
        blank = random.choice([b for b in catalogue().blanks.values() if any(_open(area) for area in b.areas)])
        area = random.choice([area for area in blank.areas if _open(area)])
        shop = catalogue().shop
        configuration = dict(
            design_for(Asked({}), blank, shop, catalogue().engine(blank.key), fonts="").design.configuration
        )
        ink = _ink(random, shop.methods[area.method], _ground(blank, area, configuration))
        if ink:
            return Bench(blank, area, configuration, (_text(random, area, shop, ink),), shop)


def _open(area: Area) -> bool:
    return area.auto == "none" and not area.backdrop


def _ground(blank: Blank, area: Area, configuration: Configuration) -> str:
    ground = area.ground or "#ffffff"
    return paints(blank, configuration)[ground[1:-1]] if ground.startswith("{") else ground


def _ink(random: Random, method: Method, ground: str) -> str | None:
    return next(
        (ink.key for ink in random.sample(method.inks, len(method.inks)) if contrast(ink.rgb, ground) >= 1.8), None
    )


def _text(random: Random, area: Area, shop: Shop, ink: str) -> Text:
    """Large enough for its method; an emoji so large that its lines are thick enough."""
    width, height = area.size_mm
    method, words = shop.methods[area.method], random.choice(NAMES)
    lines = method.least_stroke_mm / LINES[-1] if "🎉" in words and not prints_colours(method) else 0
    size = round(max(method.least_text_mm * 2.2, 8.5, min(width, height) / 8, lines + 0.1) + random.random(), 1)
    offered = [font.key for font in shop.fonts if font.offered]
    room, at = width - 2 * area.safe_mm - 2, (width / 2, height * 0.55)
    return Text(area.key, words, random.choice(offered), size, ink, *at, fit_mm=room)


Spoiling = Callable[[Bench, Random], Bench | None]


def _over_the_edge(bench: Bench, random: Random) -> Bench:
    return bench.but(1, x_mm=random.choice([0.0, bench.area.size_mm[0]]), fit_mm=0.0)


def _in_the_safe_zone(bench: Bench, random: Random) -> Bench | None:
    if not bench.area.safe_mm or bench.area.hole_mm:
        return None
    scene = lay_out(bench.elements, bench.blank, bench.configuration, bench.shop, book())
    box = next(scene.boxes[1] for scene in scene if 1 in scene.boxes)
    text = bench.elements[0]
    return bench.but(
        1, y_mm=text.y_mm + bench.area.size_mm[1] - box.bottom - bench.area.safe_mm * random.uniform(0.1, 0.8)
    )


def _too_small(bench: Bench, random: Random) -> Bench:
    return bench.but(1, size_mm=round(bench.method.least_text_mm * random.uniform(0.4, 1.0), 1), text="Marit")


def _unreadable(bench: Bench, random: Random) -> Bench | None:
    ground = _ground(bench.blank, bench.area, bench.configuration)
    poor = [ink.key for ink in bench.method.inks if contrast(ink.rgb, ground) < bench.method.least_contrast]
    return bench.but(1, ink=random.choice(poor), text="Marit") if poor else None


def _unknown_letter(bench: Bench, random: Random) -> Bench:
    return bench.but(1, text="Marit " + random.choice(["漢", "𐍈", "🫩", "\U0001e900", "ꦲ"]))


def _too_tight_a_circle(bench: Bench, random: Random) -> Bench:
    return bench.but(1, text="HARBOUR ROWING CLUB", arc_mm=random.choice([-3.0, 3.0]), fit_mm=0.0)


def _twice(bench: Bench, random: Random) -> Bench:
    return replace(bench, elements=(*bench.elements, bench.elements[0]))


def _over_each_other(bench: Bench, random: Random) -> Bench:
    text = bench.elements[0]
    other = replace(text, text="Emil", y_mm=text.y_mm + random.uniform(-1, 1))
    return replace(bench, elements=(text, other))


def _two_foils(bench: Bench, random: Random) -> Bench | None:
    if bench.method.most_inks != 1:
        return None
    text = bench.elements[0]
    other = next(ink.key for ink in bench.method.inks if ink.key != text.ink)
    return replace(bench, elements=(text, replace(text, text="Emil", ink=other, y_mm=bench.area.size_mm[1] * 0.2)))


def _too_wet(bench: Bench, random: Random) -> Bench | None:
    text = bench.elements[0]
    inks = [ink for ink in bench.method.inks if ink.key == text.ink and ink.spot is None and sum(ink.cmyk) > 0.6]
    if not inks:
        return None
    method = replace(bench.method, most_ink=sum(inks[0].cmyk) - 0.1)
    return replace(bench, shop=replace(bench.shop, methods={**bench.shop.methods, method.key: method}))


def _through_the_hole(bench: Bench, random: Random) -> Bench | None:
    if bench.area.hole_mm is None:
        return None
    return bench.but(1, text="MARIT", size_mm=14.0, y_mm=bench.area.hole_mm[1] + 4 + random.uniform(0, 1))


SPOILT: dict[str, tuple[Spoiling, str]] = {
    "over the edge": (_over_the_edge, "over the edge"),
    "in the safe zone": (_in_the_safe_zone, "from the edge"),
    "too small": (_too_small, "tall"),
    "unreadable": (_unreadable, "hard to read|cannot be seen"),
    "unknown letter": (_unknown_letter, "None of our fonts"),
    "too tight a circle": (_too_tight_a_circle, "longer than the circle"),
    "twice": (_twice, "stands twice"),
    "over each other": (_over_each_other, "lies over"),
    "two foils": (_two_foils, "one too many"),
    "too wet": (_too_wet, "of ink"),
    "through the hole": (_through_the_hole, "hole is cut"),
}


def said(findings: Sequence[Finding], words: str) -> list[Finding]:
    return [found for found in findings if any(part in found.sentence for part in words.split("|"))]


@pytest.mark.parametrize("kind", SPOILT)
def test_a_defect_is_caught_in_every_design_and_marked_on_its_element(kind: str) -> None:
    random = Random(kind)
    spoil, words = SPOILT[kind]
    spoilt = [bench for _ in range(60) if (bench := spoil(clean(random), random))]
    assert spoilt
    for bench in spoilt:
        found = said(bench.findings(), words)
        assert found, (bench.blank.key, bench.area.key, bench.elements)
        assert all(0 < each.element <= len(bench.elements) and each.fixes for each in found)


@pytest.mark.slow
def test_nothing_is_said_of_clean_designs() -> None:
    random = Random(11)
    for _ in range(2500):
        bench = clean(random)
        assert bench.findings() == [], (bench.blank.key, bench.area.key, bench.elements)


def test_nothing_is_said_of_the_first_clean_designs() -> None:
    random = Random(5)
    for _ in range(150):
        bench = clean(random)
        assert bench.findings() == [], (bench.blank.key, bench.area.key, bench.elements)


@pytest.mark.parametrize("key", sorted(path.parent.name for path in (ROOT / "blanks").glob("*/blank.toml")))
def test_nothing_is_said_of_the_makers_own_templates(key: str) -> None:
    blank, shop = catalogue().blanks[key], catalogue().shop
    for template in blank.templates:
        design = design_for(Asked({}, template=template.key), blank, shop, catalogue().engine(key), fonts="").design
        scenes = lay_out(design.elements, blank, design.configuration, shop, book())
        assert [found.sentence for scene in scenes for found in scene.findings] == [], template.key
