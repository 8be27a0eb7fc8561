"""What you see is what is made: over two hundred designs, as Chromium shows them and as the print file prints."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pytest
from playwright.sync_api import Browser, Page

from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.scene import Glyphs, Image, Node, Path, Scene
from configurator.artwork.svg import flat_svg
from tests.artwork.comparing import (
    GHOSTSCRIPT,
    SHEET,
    Agreement,
    agreement,
    box_tasks,
    compared_scenes,
    ink_box,
    printed,
    shifted,
    shown,
    task,
)
from tests.artwork.golden import CHINESE, EMOJI, MIXED, NAMES, Golden, golden_designs, shop
from tests.artwork.golden_pictures import gallery

LEAST_IOU, MOST_DIFFERING, BOX_MM = 0.995, 0.01, 0.1

pytestmark = pytest.mark.slow


@lru_cache(maxsize=1)
def designs() -> tuple[Golden, ...]:
    return tuple(golden_designs())


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all pictures, many of them to a screenshot."""
    page = browser.new_page(viewport={"width": SHEET[0], "height": SHEET[1]})
    yield page
    page.close()


def test_the_golden_designs_are_over_two_hundred_on_every_blank_and_in_every_script() -> None:
    assert len(designs()) >= 280
    for key in shop()[0].blanks:
        assert sum(design.name.startswith(key) for design in designs()) >= 30
    for name in NAMES:
        assert sum(name in design.name for design in designs()) >= 10
    for name in MIXED:
        assert sum(name in design.name for design in designs()) >= 6


def test_emoji_and_chinese_are_among_the_golden_designs() -> None:
    if shop()[1].lacking:
        pytest.skip(" ".join(shop()[1].lacking))
    for name in (*EMOJI, *CHINESE):
        assert sum(name in design.name for design in designs()) >= 6


def test_drawings_of_customers_are_among_the_golden_designs() -> None:
    drawn = [scene for name, scene in all_scenes() if " picture " in name and not holds(scene, Image)]
    assert len(drawn) >= 6
    assert all(holds(scene, Path) for scene in drawn)


def holds(scene: Scene, kind: type[Node]) -> bool:
    return any(isinstance(node, kind) for node in scene.nodes)


def test_every_golden_design_prints_as_it_is_shown(window: Page) -> None:
    """PAINS 3."""
    assert apart([(name, scene) for name, scene in all_scenes() if not holds(scene, Image)], window) == []


@pytest.mark.skipif(GHOSTSCRIPT is None, reason="pictures in print files are judged by Ghostscript, which is not here")
def test_every_golden_picture_prints_as_it_is_shown(window: Page) -> None:
    pictured = [(name, scene) for name, scene in all_scenes() if holds(scene, Image)]
    assert len(pictured) >= 12
    assert apart(pictured, window) == []


def all_scenes() -> list[tuple[str, Scene]]:
    return [(design.name, scene) for design in designs() for scene in design.scenes]


def apart(scenes: list[tuple[str, Scene]], window: Page) -> list[tuple[str, Agreement]]:
    """Those where print and preview are not the same."""
    found = compared_scenes([scene for _, scene in scenes], window, gallery())
    return [
        (name, each)
        for (name, _), each in zip(scenes, found, strict=True)
        if each.iou < LEAST_IOU or each.differing > MOST_DIFFERING
    ]


def test_every_text_stands_in_print_where_it_is_shown_to_a_tenth_of_a_millimetre(window: Page) -> None:
    drawn = [
        (design.name, scene.boxes[number].width if lettered(scene, number) else None, drawn)
        for design in designs()
        for scene in design.scenes
        for number, drawn in box_tasks(scene).items()
    ]
    pictures = [each for _, _, each in drawn]
    apart = []
    for (name, width, each), one, other in zip(drawn, shown(pictures, window), printed(pictures), strict=True):
        seen, made = ink_box(one[0], each.px), ink_box(other[0], each.px)
        sides = [abs(getattr(seen, side) - getattr(made, side)) for side in ("left", "top", "right", "bottom")]
        if max(*sides, abs(made.width - (width or made.width))) > BOX_MM:
            apart.append((name, sides, made.width, width))
    assert len(drawn) > 350
    assert apart == []


def lettered(scene: Scene, number: int) -> bool:
    """A text's box is its ink's; round drawings it is drawn wider."""
    return any(isinstance(node, Glyphs) and node.element == number for node in scene.nodes)


def test_a_shift_of_a_tenth_of_a_millimetre_would_be_noticed(window: Page) -> None:
    (scene,) = next(design for design in designs() if design.name == "mug big-name").scenes
    here = replace(task(scene), px=12)
    moved = replace(here, scene=replace(here.scene, nodes=tuple(shifted(node, 0.1, 0) for node in here.scene.nodes)))
    (one,), (other,) = shown([here], window), printed([moved])
    assert agreement(one, other, here.px).iou < LEAST_IOU


def files_of(chosen: tuple[Golden, ...]) -> str:
    """One digest of the preview and the print file of every design."""
    digest = hashlib.sha256()
    for design in chosen:
        for scene in design.scenes:
            digest.update(flat_svg(scene, id_prefix="g", guides=False).encode())
        digest.update(proof_pdf(design.scenes, title=design.name, pixels=gallery()))
    return digest.hexdigest()


def test_golden_files_are_the_same_bytes_again_and_in_another_process() -> None:
    here = files_of(designs())
    assert here == files_of(designs())
    program = "from tests.browser.test_golden_designs import designs, files_of; print(files_of(designs()))"
    other = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "271"},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert other.stdout.strip() == here


def test_golden_files_are_the_same_bytes_from_what_an_order_keeps_when_blank_and_template_are_gone() -> None:
    kept = tuple(replace(design, scenes=thaw(freeze(design.scenes))) for design in designs())
    assert files_of(kept) == files_of(designs())
