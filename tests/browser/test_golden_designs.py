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
from configurator.artwork.svg import flat_svg
from tests.artwork.comparing import (
    SHEET,
    agreement,
    box_tasks,
    compared_scenes,
    ink_box,
    printed,
    shifted,
    shown,
    tasks,
)
from tests.artwork.golden import NAMES, Golden, golden_designs, shop

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
    assert len(designs()) >= 200
    for key in shop()[0].blanks:
        assert sum(design.name.startswith(key) for design in designs()) >= 25
    for name in NAMES:
        assert sum(name in design.name for design in designs()) >= 10


def test_every_golden_design_prints_as_it_is_shown(window: Page) -> None:
    """PAINS 3."""
    scenes = [(design.name, scene) for design in designs() for scene in design.scenes]
    found = compared_scenes([scene for _, scene in scenes], window)
    apart = [
        (name, each)
        for (name, _), each in zip(scenes, found, strict=True)
        if each.iou < LEAST_IOU or each.differing > MOST_DIFFERING
    ]
    assert apart == []


def test_every_text_stands_in_print_where_it_is_shown_to_a_tenth_of_a_millimetre(window: Page) -> None:
    drawn = [
        (design.name, scene.boxes[number].width, task)
        for design in designs()
        for scene in design.scenes
        for number, task in box_tasks(scene).items()
    ]
    pictures = [task for _, _, task in drawn]
    apart = []
    for (name, width, task), one, other in zip(drawn, shown(pictures, window), printed(pictures), strict=True):
        seen, made = ink_box(one, task.px), ink_box(other, task.px)
        sides = [abs(getattr(seen, side) - getattr(made, side)) for side in ("left", "top", "right", "bottom")]
        if max(*sides, abs(made.width - width)) > BOX_MM:
            apart.append((name, sides, made.width - width))
    assert len(drawn) > 250
    assert apart == []


def test_a_shift_of_a_tenth_of_a_millimetre_would_be_noticed(window: Page) -> None:
    (scene,) = next(design for design in designs() if design.name == "mug big-name").scenes
    task = replace(tasks(scene)[0], px=12)
    moved = replace(task, scene=replace(task.scene, nodes=tuple(shifted(node, 0.1, 0) for node in task.scene.nodes)))
    (one,), (other,) = shown([task], window), printed([moved])
    assert agreement(one, other, task.px).iou < LEAST_IOU


def files_of(chosen: tuple[Golden, ...]) -> str:
    """One digest of the preview and the print file of every design."""
    digest = hashlib.sha256()
    for design in chosen:
        for scene in design.scenes:
            digest.update(flat_svg(scene, id_prefix="g", guides=False).encode())
        digest.update(proof_pdf(design.scenes, title=design.name))
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
