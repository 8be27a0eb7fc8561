"""From what is asked to a design: choices completed by the options engine, a template's elements filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from configurator.artwork.elements import Element, Shape, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.known import Known
from configurator.blanks.blank import Blank, ShapeSpec, Template, TextSpec
from configurator.blanks.shop import Shop
from configurator.designs.design import Design
from configurator.designs.form import shortened
from configurator.designs.permalink import Asked
from configurator.designs.reading_elements import LONGEST_TEXT
from configurator.designs.template_inks import inks_on
from configurator.options.answer import Answer
from configurator.options.compiling import Engine


@dataclass(frozen=True)
class Designed:
    """A design with what the engine answered on the way; fields: the template's, as filled in."""

    design: Design
    answer: Answer
    fields: Mapping[str, str]


def design_for(
    asked: Asked,
    blank: Blank,
    shop: Shop,
    engine: Engine,
    *,
    fonts: str,
) -> Designed:
    """The design that is asked for. `fonts`: the fingerprint of the faces it is laid out with.

    A template's elements are taken when none are asked for one by one, in inks that stand out from the chosen colour.
    """
    answer = engine.answer(asked.choices)
    template = next((template for template in blank.templates if template.key == asked.template), None)
    fields = filled_fields(template, asked.fields) if template else {}
    elements = asked.elements
    if template and not elements:
        chosen = frozenset(answer.configuration.items())
        inks = _inks.get((template, blank, shop), chosen, partial(_inks_of, template, blank, shop, answer))
        elements = tuple(_element(spec, fields, keys) for spec, keys in zip(template.elements, inks, strict=True))
    design = Design(
        blank=blank.key,
        blank_version=blank.version,
        fonts=fonts,
        configuration=answer.configuration,
        elements=elements,
    )
    return Designed(design, answer, fields)


def lettered(designed: Designed, fonts: FontBook) -> Designed:
    """The same with the fingerprint of just those faces that its texts need."""
    texts = [element.text for element in designed.design.elements if isinstance(element, Text)]
    fingerprint = fonts.fingerprint_for(texts)
    if fingerprint == designed.design.fonts:
        return designed
    return replace(designed, design=replace(designed.design, fonts=fingerprint))


def finished(design: Design) -> Design:
    """The design as it is ordered: without the empty texts of a form, nothing locked."""
    kept = tuple(
        replace(element, locked=False) if element.locked else element
        for element in design.elements
        if not isinstance(element, Text) or element.text.strip()
    )
    return design if kept == design.elements else replace(design, elements=kept)


def filled_fields(template: Template, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Every field of a template: as typed, even if emptied; its example where nothing was typed yet."""
    return {known.key: typed.get(known.key, known.example) for known in template.fields}


def _inks_of(template: Template, blank: Blank, shop: Shop, answer: Answer) -> list[tuple[str, ...]]:
    return [inks_on(spec, blank, shop, answer.configuration) for spec in template.elements]


_inks: Known[list[tuple[str, ...]]] = Known(64)
_elements: Known[Element] = Known(1024)
"""A letter typed changes one of them: the others are the very same, which is quickly seen."""


def _element(spec: TextSpec | ShapeSpec, fields: Mapping[str, str], inks: tuple[str, ...]) -> Element:
    if isinstance(spec, ShapeSpec):
        return _elements.get((spec,), inks, lambda: _shape(spec, inks))
    text = _filled(spec.text, fields)
    return _elements.get((spec,), (inks, text), lambda: _text(spec, text, inks))


def _shape(spec: ShapeSpec, inks: tuple[str, ...]) -> Shape:
    return Shape(spec.area, spec.shape, spec.width_mm, inks, *spec.at_mm, turn=spec.turn)


def _text(spec: TextSpec, text: str, inks: tuple[str, ...]) -> Text:
    x_mm, y_mm = spec.at_mm
    return Text(
        area=spec.area,
        text=text,
        font=spec.font,
        size_mm=spec.size_mm,
        ink=inks[0],
        x_mm=x_mm,
        y_mm=y_mm,
        arc_mm=spec.arc_mm,
        fit_mm=spec.fit_mm,
        spacing_mm=spec.spacing_mm,
        align=spec.align,
        leading=spec.leading,
        outline_mm=spec.outline_mm,
        outline_ink=spec.outline_ink,
        turn=spec.turn,
    )


def _filled(text: str, fields: Mapping[str, str]) -> str:
    """The template's text with {name} replaced in one pass: braces that a customer types stay as typed."""
    pieces = text.split("{")
    filled = pieces[0] + "".join(_placed(piece, fields) for piece in pieces[1:])
    return shortened(filled, LONGEST_TEXT)


def _placed(piece: str, fields: Mapping[str, str]) -> str:
    name, closed, rest = piece.partition("}")
    return fields[name] + rest if closed and name in fields else "{" + piece
