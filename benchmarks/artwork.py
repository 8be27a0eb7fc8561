"""A keystroke's artwork for every blank: another name each time, laid out, pictured, frozen."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from benchmarks.measuring import report, timed
from benchmarks.places import ROOT
from configurator.artwork.elements import Element, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.freezing import freeze
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import mockup
from configurator.artwork.scene import Scene
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import read

ROUNDS = 200


def main() -> None:
    """Print a line for loading the faces, and one a blank for layout with its picture."""
    catalogue = read_catalogue(ROOT / "blanks")
    loading = timed(lambda: FontBook(catalogue.shop.fonts), 5)
    report("load every face", loading, faces=len(catalogue.shop.fonts))
    fonts = FontBook(catalogue.shop.fonts)
    for key in catalogue.blanks:
        step = _step(catalogue, key, fonts)
        timing = timed(step, ROUNDS, warm=3)
        scenes, picture = step()
        report(f"artwork {key}", timing, svg_bytes=len(picture.encode()), frozen_bytes=len(freeze(scenes)))


def _step(catalogue: Catalogue, key: str, fonts: FontBook) -> Callable[[], tuple[tuple[Scene, ...], str]]:
    """One keystroke: the first text of the blank's first template ends in other letters each time."""
    blank = catalogue.blank(key)
    asked = read([("template", blank.templates[0].key)], blank, catalogue.shop)
    design = design_for(asked, blank, catalogue.shop, catalogue.engine(key), fonts=fonts.fingerprint).design
    typed = count()

    def step() -> tuple[tuple[Scene, ...], str]:
        elements = _ended(design.elements, next(typed))
        scenes = lay_out(elements, blank, design.configuration, catalogue.shop, fonts)
        return scenes, mockup(blank, design.configuration, scenes, id_prefix="p", guides=True)

    return step


def _ended(elements: tuple[Element, ...], number: int) -> tuple[Element, ...]:
    first = next((at for at, element in enumerate(elements) if isinstance(element, Text)), -1)
    ending = chr(97 + number % 26) + chr(97 + number // 26 % 26)
    return tuple(
        replace(element, text=element.text + ending) if at == first and isinstance(element, Text) else element
        for at, element in enumerate(elements)
    )


if __name__ == "__main__":
    main()
