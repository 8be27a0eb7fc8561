"""The inks of a ready design on the colour that was chosen: a template's own words are never lost on the cloth."""

from collections.abc import Sequence
from dataclasses import replace

from configurator.artwork.dressing import ground_of
from configurator.artwork.elements import Text
from configurator.artwork.preflight.contrast import UNSEEN
from configurator.artwork.seeing import contrast, distance
from configurator.blanks.blank import Blank, ShapeSpec, TextSpec
from configurator.blanks.methods import InkSpec, Method
from configurator.blanks.shop import Shop
from configurator.options.model import Configuration


def inks_on(spec: TextSpec | ShapeSpec, blank: Blank, shop: Shop, configuration: Configuration) -> tuple[str, ...]:
    """The inks of a template's element as they stand out from what the element is on; a text has one.

    Each is the template's own where it can be seen and read there, else the first of its `else_inks` that can, else
    the method's ink that stands out most. Under a backdrop, or where the blank does not say its colour, all stay.
    """
    own = spec.inks if isinstance(spec, ShapeSpec) else (spec.ink,)
    area = blank.area(spec.area)
    method, ground = shop.methods[area.method], ground_of(area, blank, configuration)
    if ground is None or area.backdrop or _is_outlined(spec, method, ground):
        return own
    chosen: list[str] = []
    for key in own:
        chosen.append(key if _stands_out(method, key, ground) else _other(spec.else_inks, method, ground, chosen))
    return tuple(chosen)


def text_that_shows(text: Text, blank: Blank, shop: Shop, configuration: Configuration) -> Text:
    """A text just added, in an ink that can be seen and read on what it is on: its own, or what stands out most."""
    area = blank.area(text.area)
    method, ground = shop.methods[area.method], ground_of(area, blank, configuration)
    if ground is None or area.backdrop or _stands_out(method, text.ink, ground):
        return text
    return replace(text, ink=_other((), method, ground, ()))


def _is_outlined(spec: TextSpec | ShapeSpec, method: Method, ground: str) -> bool:
    """Letters in an outline that can be seen may have the colour of what they are on."""
    return isinstance(spec, TextSpec) and spec.outline_mm > 0 and _stands_out(method, spec.outline_ink, ground)


def _other(offered: Sequence[str], method: Method, ground: str, taken: Sequence[str]) -> str:
    """Parts of one shape that were different stay different where that is possible."""
    good = [key for key in offered if _stands_out(method, key, ground)]
    free = [key for key in good if key not in taken]
    best = max(method.inks, key=lambda ink: (contrast(ink.rgb, ground), ink.key))
    return next(iter(free or good), best.key)


def _stands_out(method: Method, key: str, ground: str) -> bool:
    ink = _spec(method, key)
    return contrast(ink.rgb, ground) >= method.least_contrast and distance(ink.rgb, ground) >= UNSEEN


def _spec(method: Method, key: str) -> InkSpec:
    return next((ink for ink in method.inks if ink.key == key), method.inks[0])
