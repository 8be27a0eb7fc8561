"""Letters over customers' photos: a seeded corpus, caught where they stand out little, nothing said where they read."""

import io
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter

from configurator.artwork.elements import Image, Shape, Text
from configurator.artwork.layout import lay_out
from configurator.artwork.pictures import Picture, coarse_colours
from configurator.artwork.preflight.place import fields_of
from configurator.artwork.scene import Finding
from configurator.blanks.methods import InkSpec, Tone
from configurator.blanks.shop import Shop
from tests.artwork.test_toning import laser
from tests.artwork.workbench import INKS, PLAIN, PRINT, SHOP, area, blank, book

PHOTO = "e" * 64
WALL = area(size_mm=(200.0, 150.0), bleed_mm=0.0, ground="#ffffff")
DARK, PALE = "navy", "white"
WHITE = InkSpec(PALE, "White", "#ffffff", (0, 0, 0, 0))
PAINT = replace(SHOP, methods={"print": replace(PRINT, inks=(INKS[0], WHITE))})
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0H40V20H0Z" fill="ink-1"/></svg>'


def seeds(count: int) -> list[object]:
    """The first few of a corpus in `make check`, all of it in `make test`."""
    return [pytest.param(seed, marks=[pytest.mark.slow] if seed >= 6 else []) for seed in range(count)]


def photo(random: Random, light: float) -> Pillow.Image:
    """Blurred blots and noise round a lightness from 0 to 255, as photos have them."""
    picture = Pillow.new("RGB", (800, 600), _near(random, light))
    pen = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, size = random.uniform(0, 800), random.uniform(0, 600), random.uniform(20, 200)
        pen.ellipse((x - size, y - size, x + size, y + size), _near(random, light))
    seen = np.asarray(picture.filter(ImageFilter.GaussianBlur(6)), dtype=np.int16)
    grain = np.random.default_rng(random.randrange(10**6)).normal(0, 6, seen.shape)
    return Pillow.fromarray(np.clip(seen + grain, 0, 255).astype(np.uint8))


def _near(random: Random, light: float) -> tuple[int, int, int]:
    red, green, blue = (round(min(max(light + random.uniform(-22, 22), 0), 255)) for _ in range(3))
    return red, green, blue


def kept(picture: Pillow.Image) -> Picture:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return Picture(PHOTO, *picture.size, colours=coarse_colours(file.getvalue()))


def words(random: Random, ink: str, **parts: object) -> Text:
    name = random.choice(["Marit", "Ελένη", "Дмитрий", "محمد", "Ada & Kofi", "Team 26"])
    at = {"x_mm": random.uniform(60, 140), "y_mm": random.uniform(50, 120), "turn": random.choice([0.0, 0.0, 25.0])}
    arc = random.choice([0.0, 0.0, 60.0])
    set_ = Text("wrap", name, "lobster", random.uniform(9, 22), ink, **at, fit_mm=110.0, arc_mm=arc)
    return replace(set_, **parts)  # type: ignore[arg-type]  # the text's own fields


def found(picture: Picture, *elements: Text | Shape, shop: Shop = PAINT) -> list[Finding]:
    behind = Image(area="wrap", asset=PHOTO, width_mm=200.0, x_mm=100.0, y_mm=75.0)
    (scene,) = lay_out(
        (behind, *elements), blank(WALL, shapes={"square": SQUARE}), PLAIN, shop, book(), {PHOTO: picture}
    )
    return [each for each in scene.findings if "hard to read" in each.sentence or "cannot be seen" in each.sentence]


def ink(light: bool) -> str:  # which of two
    return PALE if light else DARK


@pytest.mark.parametrize("seed", seeds(40))
def test_letters_that_a_photo_swallows_are_warned_of_and_can_be_mended(seed: int) -> None:
    random = Random(seed)
    light = bool(seed % 2)
    picture = kept(photo(random, 232 if light else 22))
    text = words(random, ink(light))
    (warned,) = found(picture, text)
    assert (warned.level, warned.element) == ("warning", 2)
    assert "stands out little from the picture" in warned.sentence
    changes = [fields_of(fix) for fix in warned.fixes]
    other = next(each["ink-2"] for each in changes if "ink-2" in each)
    assert found(picture, replace(text, ink=other)) == []
    edge = next(each for each in changes if "edge-2" in each)
    assert found(picture, replace(text, outline_mm=float(edge["outline-2"]), outline_ink=edge["edge-2"])) == []
    plate = next(each for each in changes if "plate-2" in each)
    assert found(picture, replace(text, plate_mm=float(plate["plate-2"]), plate_ink=plate["under-2"])) == []


@pytest.mark.parametrize("seed", seeds(40))
def test_nothing_is_said_of_letters_that_stand_out_from_their_photo(seed: int) -> None:
    random = Random(seed + 1000)
    light = bool(seed % 2)
    assert found(kept(photo(random, 22 if light else 215)), words(random, ink(light))) == []


@pytest.mark.parametrize("seed", seeds(12))
def test_a_word_half_over_a_dark_wood_is_marked_on_the_letters_that_are_lost(seed: int) -> None:
    random = Random(seed)
    scene = photo(random, 225)
    scene.paste(photo(random, 20).crop((0, 0, 400, 600)), (0, 0))
    text = words(random, DARK, text="Marit Halvorsen", x_mm=100.0, turn=0.0, arc_mm=0.0, size_mm=18.0)
    (warned,) = found(kept(scene), text)
    assert "in places" in warned.sentence
    assert warned.marks
    assert all(mark.left < 101 for mark in warned.marks)


def test_letters_on_a_plate_over_a_photo_are_judged_by_the_plate() -> None:
    random = Random(3)
    dark = kept(photo(random, 20))
    text = words(random, DARK, x_mm=100.0, y_mm=75.0, turn=0.0, arc_mm=0.0, size_mm=8.0, fit_mm=60.0)
    plate = Shape("wrap", "square", 90.0, (PALE,), 100.0, 75.0)
    assert len(found(dark, text)) == 1
    assert found(dark, plate, text) == []
    (warned,) = found(kept(photo(random, 220)), replace(plate, inks=(DARK,)), text)
    assert "picture" not in warned.sentence


def test_clear_parts_of_a_picture_are_nothing_that_letters_stand_on() -> None:
    random = Random(4)
    cut_out = photo(random, 20).convert("RGBA")
    cut_out.putalpha(0)
    cut_out.paste((0, 0, 0, 255), (0, 0, 30, 30))
    assert found(kept(cut_out), words(random, DARK)) == []


def test_an_engraved_photo_is_judged_in_the_tones_it_is_burnt_in() -> None:
    random = Random(5)
    shop = replace(SHOP, methods={"print": replace(laser(Tone()), key="print")})
    for light, warned in ((20, 1), (230, 0)):
        assert len(found(kept(photo(random, light)), words(random, "burn"), shop=shop)) == warned
