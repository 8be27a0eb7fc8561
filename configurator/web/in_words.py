"""The preview in words: what was chosen, and what is on the sides that the picture does not show."""

import re
from collections.abc import Iterator
from functools import lru_cache

from configurator.artwork.elements import Text
from configurator.artwork.mockup import views
from configurator.artwork.scene import Scene
from configurator.artwork.svg_text import worded
from configurator.designs.describing import chosen_label, worth_telling
from configurator.web.element_views import title
from configurator.web.stage import View
from configurator.web.studio import Step


def in_words(step: Step, picture: View, view: str) -> str:
    """Beside the picture's own label, which tells what it shows, where and how large.

    For example: Inside Coral, Glaze Gloss. Side shown: back. In sight: “Marit”. Round the corner, turn it to see:
    Sunrise. Not seen from here: Back, 340 by 400 mm: “Ida” in Lobster …
    """
    chosen = _chosen(step)
    hidden = [scene.says for scene in step.scenes if scene.frames and worded(scene.says) not in picture.start]
    side = [f"Side shown: {view.replace('-', ' ')}."] if len(views(step.blank)) > 1 else []
    words = [f"{chosen or step.blank.name}.", *side, *_round_the_corner(step, picture.grids)]
    return " ".join([*words, f"Not seen from here: {' '.join(hidden)}"] if hidden else words)


def _chosen(step: Step) -> str:
    configuration = step.design.configuration
    told, others = worth_telling(step.blank.model.options, step.designed.answer.choices)
    labels = ((option.label, chosen_label(option, configuration[option.key])) for option in told)
    words = ", ".join(f"{option} {label}" for option, label in labels if label != "none")
    if not others:
        return words
    return f"{words} and {others} other options" if words else f"{others} options"


def _round_the_corner(step: Step, grids: str) -> Iterator[str]:
    """What of a mug's print faces the viewer and what does not: the grid of its guides says from where to where."""
    for scene in step.scenes:
        seen = _facing(scene.area, grids) if step.blank.area(scene.area).surface.kind == "cylinder" else ()
        if not seen:
            continue
        there: list[str] = []
        gone: list[str] = []
        for number in scene.frames:
            in_sight = any(low <= _middle(scene, number) <= high for low, high in seen)
            (there if in_sight else gone).append(_called(step, number))
        if gone:
            facing = ", ".join(there) or "nothing of it"
            yield f"In sight: {facing}. Round the corner, turn it to see: {', '.join(gone)}."


@lru_cache(maxsize=200)
def _facing(area: str, grids: str) -> tuple[tuple[float, float], ...]:
    """The millimetres of an area that face the viewer, from and to."""
    found = re.findall(rf'data-area="{area}".*?class="grid"[^>]*>\d+ \d+ (-?[\d.]+) (-?[\d.]+) ', grids)
    return tuple((float(low), float(high)) for low, high in found)


def _middle(scene: Scene, number: int) -> float:
    box = scene.boxes[number]
    return (box.left + box.right) / 2


def _called(step: Step, number: int) -> str:
    element = step.designed.design.elements[number - 1]
    return f"“{title(element)}”" if isinstance(element, Text) else title(element)
