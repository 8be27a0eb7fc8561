"""The artwork of a design as the customiser edits it: templates with their fields, or every element with its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from configurator.artwork.elements import Element, Text
from configurator.artwork.scene import Finding
from configurator.blanks.blank import Blank
from configurator.blanks.shop import InkSpec, Shop
from configurator.designs.designing import Designed
from configurator.designs.form import plain
from configurator.designs.permalink import Asked
from configurator.designs.reading_elements import MOST_ELEMENTS, Offer, offer
from configurator.web.taking import to_change, to_loosen, to_start

Entries = tuple[tuple[str, str], ...]
"""(key, label) of a list to choose from."""

MEASURES = ("size", "x", "y", "arc", "fit", "spacing", "width")


@dataclass(frozen=True, slots=True)
class Button:
    """A button and the fields it changes."""

    label: str
    take: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A ready design."""

    key: str
    label: str
    chosen: bool
    take: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A template's field."""

    name: str
    label: str
    value: str
    most: int
    error: str

    @property
    def id(self) -> str:
        """Its id in the page."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class ElementView:
    """One text or shape. values, errors: by field name without its number; a faulty value as it was typed."""

    number: int
    kind: str
    title: str
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    inks: tuple[InkSpec, ...]
    warns: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Editor:
    """own: the customer edits elements one by one; otherwise a template's fields, or nothing at all."""

    own: bool
    empty: bool
    templates: tuple[TemplateView, ...]
    fields: tuple[FieldView, ...]
    elements: tuple[ElementView, ...]
    loosen: str
    adds: tuple[Button, ...]
    areas: Entries
    fonts: Entries
    shapes: Entries
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """What the editor is made from. `typed`: the fields as they were sent, or none after a button."""

    blank: Blank
    shop: Shop
    asked: Asked
    designed: Designed
    findings: tuple[Finding, ...]
    typed: Mapping[str, str]

    @property
    def own(self) -> tuple[Element, ...]:
        """The elements as they are now, whoever chose them."""
        return self.designed.design.elements

    @cached_property
    def loosened(self) -> str:
        """What a button sends to make a template's elements the customer's own."""
        return to_loosen(self.own, {})


@dataclass(frozen=True, slots=True)
class FindingView:
    """A preflight finding with its buttons."""

    level: str
    sentence: str
    fixes: tuple[tuple[str, str], ...]


def editor(drawn: Drawn) -> Editor | None:
    """The artwork editor; None for a blank that nothing can be put on."""
    offered = offer(drawn.blank, drawn.shop)
    if not offered.areas:
        return None
    own = bool(drawn.asked.elements)
    return Editor(
        own=own,
        empty=drawn.asked.template is None,
        templates=_templates(drawn),
        fields=_fields(drawn),
        elements=tuple(_element(drawn, number) for number in range(1, len(drawn.asked.elements) + 1)),
        loosen=drawn.loosened,
        adds=_adds(drawn, offered, own=own),
        areas=tuple((area.key, area.label) for area in offered.areas),
        fonts=tuple((font.key, font.label) for font in drawn.shop.fonts if font.offered),
        shapes=tuple((shape, _words(shape)) for shape in offered.shapes),
        errors=tuple(sentence for name, sentence in drawn.asked.faults.items() if name in ("add", "template")),
    )


def finding_views(drawn: Drawn) -> tuple[FindingView, ...]:
    """Errors first. In a template the buttons make its elements the customer's own, then change one."""
    ordered = sorted(drawn.findings, key=lambda finding: finding.level != "error")
    own = bool(drawn.asked.elements)
    return tuple(
        FindingView(
            finding.level,
            finding.sentence,
            tuple((label, _take(drawn, {name: value}, own=own)) for label, name, value in finding.fixes),
        )
        for finding in ordered
    )


def _take(drawn: Drawn, changes: Mapping[str, str], *, own: bool) -> str:
    if own:
        return to_change(changes)
    return f"{drawn.loosened}&{to_change(changes)}" if "add" in changes else to_loosen(drawn.own, changes)


def _templates(drawn: Drawn) -> tuple[TemplateView, ...]:
    return tuple(
        TemplateView(template.key, template.label, template.key == drawn.asked.template, to_start(template.key))
        for template in drawn.blank.templates
    )


def _fields(drawn: Drawn) -> tuple[FieldView, ...]:
    template = next((known for known in drawn.blank.templates if known.key == drawn.asked.template), None)
    if template is None or drawn.asked.elements:
        return ()
    return tuple(
        FieldView(
            name=f"f.{field.key}",
            label=field.label,
            value=drawn.designed.fields.get(field.key, ""),
            most=field.most,
            error=drawn.asked.faults.get(f"f.{field.key}", ""),
        )
        for field in template.fields
    )


def _element(drawn: Drawn, number: int) -> ElementView:
    element = drawn.asked.elements[number - 1]
    area = drawn.blank.area(element.area)
    errors = {name: drawn.asked.faults.get(f"{name}-{number}", "") for name in (*MEASURES, *_NAMES)}
    typed = {
        name: drawn.typed[f"{name}-{number}"] for name in MEASURES if errors[name] and f"{name}-{number}" in drawn.typed
    }
    warned = {finding.element for finding in drawn.findings}
    return ElementView(
        number=number,
        kind="text" if isinstance(element, Text) else "shape",
        title=_title(element),
        values={**_values(element), **typed},
        errors=errors,
        inks=drawn.shop.methods[area.method].inks,
        warns=number in warned,
        open=number == _opened(drawn.asked.elements, warned),
    )


_NAMES = ("kind", "area", "text", "font", "ink", "shape", "inks")


def _values(element: Element) -> dict[str, Any]:
    place = {"area": element.area, "x": plain(element.x_mm), "y": plain(element.y_mm)}
    if not isinstance(element, Text):
        return {**place, "shape": element.shape, "width": plain(element.width_mm), "inks": element.inks}
    return {
        **place,
        "text": element.text,
        "font": element.font,
        "ink": element.ink,
        "size": plain(element.size_mm),
        "arc": plain(element.arc_mm),
        "fit": plain(element.fit_mm),
        "spacing": plain(element.spacing_mm),
    }


def _title(element: Element) -> str:
    if not isinstance(element, Text):
        return _words(element.shape)
    text = element.text.strip()
    return (text if len(text) <= 14 else text[:13] + "…") or "empty text"


def _opened(elements: Sequence[Element], warned: set[int]) -> int:
    """The element that is open at first: an empty one just added, else one that needs something, else the first."""
    if isinstance(elements[-1], Text) and not elements[-1].text:
        return len(elements)
    return min(warned - {0}, default=1)


def _adds(drawn: Drawn, offered: Offer, *, own: bool) -> tuple[Button, ...]:
    if len(drawn.designed.design.elements) >= MOST_ELEMENTS:
        return ()
    several = len(offered.areas) > 1
    buttons = [
        Button(f"Add text, {area.label}" if several else "Add text", _take(drawn, {"add": f"text:{area.key}"}, own=own))
        for area in offered.areas
    ]
    if offered.shapes:
        take = _take(drawn, {"add": f"shape:{offered.areas[0].key}:{offered.shapes[0]}"}, own=own)
        buttons.append(Button("Add a shape", take))
    return tuple(buttons)


def _words(key: str) -> str:
    return key.replace("-", " ").replace("_", " ").capitalize()
