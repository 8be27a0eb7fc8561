"""Templates, designs made in ten seconds, read from [[template]]."""

import re
from typing import Literal

from configurator.blanks.blank import Area, Field, ShapeSpec, Template, TextSpec
from configurator.blanks.draft import NAMED, Draft
from configurator.blanks.faults import nearest
from configurator.blanks.table import Table


def read_templates(draft: Draft, areas: tuple[Area, ...], shapes: frozenset[str]) -> tuple[Template, ...]:
    """Every [[template]]; the first is the design a customer starts with."""
    reader = _Reader(draft, {area.key: area for area in areas}, shapes)
    templates = tuple(reader.template(entry) for entry in draft.table.tables("template"))
    keys = [template.key for template in templates]
    for key in {key for key in keys if keys.count(key) > 1}:
        draft.table.fault("template", f"Two templates have the key “{key}”; give one of them another.")
    if not templates:
        draft.table.fault(None, "A blank needs at least one [[template]]: the first is what its picture shows.")
    return templates


class _Reader:
    """Reads templates against the areas, fonts, inks and shapes there are."""

    def __init__(self, draft: Draft, areas: dict[str, Area], shapes: frozenset[str]) -> None:
        self.draft, self.areas, self.shapes = draft, areas, shapes

    def template(self, entry: Table) -> Template:
        label = entry.text("label")
        area = entry.text("area", next(iter(self.areas), ""))
        template = Template(
            key=entry.checked_name(entry.text("key", _slug(label)), "key"),
            label=label,
            fields=tuple(_field(name, field) for name, field in entry.entries("fields")),
            elements=tuple(self.element(element, area) for element in entry.tables("elements")),
        )
        self.check_fields(entry, template)
        entry.close()
        return template

    def element(self, entry: Table, area: str) -> TextSpec | ShapeSpec:
        area = entry.text("area", area)
        if area not in self.areas:
            entry.fault("area" if entry.has("area") else None, f"“{area}” is no print area.{nearest(area, self.areas)}")
        element = self.shape(entry, area) if entry.has("shape") else self.text(entry, area)
        entry.close()
        return element

    def text(self, entry: Table, area: str) -> TextSpec:
        return TextSpec(
            area=area,
            text=entry.text("text"),
            font=self.font(entry),
            size_mm=self.size(entry, area),
            at_mm=self.place(entry, area),
            ink=self.ink(entry, "ink", entry.text("ink", ""), area),
            arc_mm=entry.number("arc_mm", 0.0, least=-100_000, most=100_000),
            fit_mm=entry.number("fit_mm", 0.0, most=5000),
            spacing_mm=entry.number("spacing_mm", 0.0, least=-20, most=50),
            align=self.align(entry),
            leading=entry.number("leading", 1.2, least=0.5, most=5),
            outline_mm=entry.number("outline_mm", 0.0, most=20),
            outline_ink=self.ink(entry, "outline_ink", entry.text("outline_ink", ""), area)
            if entry.has("outline_mm")
            else "",
            turn=entry.number("turn", 0.0, least=-180, most=180),
            else_inks=self.else_inks(entry, area),
        )

    def align(self, entry: Table) -> Literal["left", "middle", "right"]:
        """Which part of the baseline stands at at_mm."""
        word = entry.one_of("align", ("left", "middle", "right"), "middle")
        return "left" if word == "left" else "right" if word == "right" else "middle"

    def shape(self, entry: Table, area: str) -> ShapeSpec:
        shape = entry.text("shape")
        if shape not in self.shapes:
            entry.fault("shape", f"There is no shapes/{shape}.svg in this folder.{nearest(shape, self.shapes)}")
        self.check_inks(entry, shape)
        return ShapeSpec(
            area=area,
            shape=shape,
            width_mm=entry.number("width_mm", least=0.5, most=5000),
            at_mm=self.place(entry, area),
            inks=tuple(self.ink(entry, "inks", ink, area) for ink in entry.texts("inks")),
            turn=entry.number("turn", 0.0, least=-180, most=180),
            else_inks=self.else_inks(entry, area),
        )

    def else_inks(self, entry: Table, area: str) -> tuple[str, ...]:
        """Inks to try where the first does not stand out from the colour that was chosen; none by default."""
        written = entry.texts("else_inks") if entry.has("else_inks") else ()
        return tuple(self.ink(entry, "else_inks", ink, area) for ink in written)

    def check_inks(self, entry: Table, shape: str) -> None:
        """A shape with ink-1 and ink-2 needs two inks."""
        numbers = re.findall(r'"ink-([1-9])"', self.draft.files.get(f"shapes/{shape}.svg", ""))
        needed, named = max(map(int, numbers), default=0), len(entry.texts("inks"))
        if named < needed:
            place = "inks" if entry.has("inks") else None
            entry.fault(place, f"The shape “{shape}” is drawn with ink-1 to ink-{needed}; “inks” names {named}.")

    def font(self, entry: Table) -> str:
        """A font by its key or by the name customers see."""
        written = entry.text("font")
        keys = {font.label: font.key for font in self.draft.shop.fonts}
        if written in keys.values() or not written:
            return written
        if written not in keys:
            entry.fault("font", f"“{written}” is no font of the shop.{nearest(written, keys)}")
        return keys.get(written, written)

    def ink(self, entry: Table, key: str, ink: str, area: str) -> str:
        """An ink of the area's method; the method's first when none is said."""
        method = self.draft.shop.methods.get(self.areas[area].method) if area in self.areas else None
        if method is None or not method.inks:
            return ink
        keys = [spec.key for spec in method.inks]
        if ink and ink not in keys:
            entry.fault(key, f"“{ink}” is no ink of {method.label}.{nearest(ink, keys)}")
        return ink or keys[0]

    def size(self, entry: Table, area: str) -> float:
        size = entry.number("size_mm", least=0.1, most=2000)
        method = self.draft.shop.methods.get(self.areas[area].method) if area in self.areas else None
        if method is not None and size < method.least_text_mm:
            entry.fault(
                "size_mm", f"{size:g} mm is too small for {method.label}; expected {method.least_text_mm:g} mm or more."
            )
        return size

    def place(self, entry: Table, area: str) -> tuple[float, float]:
        x, y = entry.numbers("at_mm", 2)
        if area in self.areas:
            width, height = self.areas[area].size_mm
            if not (0 <= x <= width and 0 <= y <= height):
                entry.fault("at_mm", f"[{x:g}, {y:g}] lies outside the area of {width:g} x {height:g} mm.")
        return x, y

    def check_fields(self, entry: Table, template: Template) -> None:
        texts = [element.text for element in template.elements if isinstance(element, TextSpec)]
        used = {name for text in texts for name in NAMED.findall(text)}
        fields = {field.key for field in template.fields}
        if not template.elements:
            entry.fault(
                None, "A template needs elements: elements = [ { text = …, font = …, size_mm = …, at_mm = […] } ]."
            )
        for name in sorted(fields - used):
            entry.sheet.fault(
                (*entry.path, "fields", name), f"The field “{name}” is in no text; write {{{name}}} in one."
            )
        for name in sorted(used - fields):
            entry.fault("elements", f"“{{{name}}}” names no field of this template.{nearest(name, fields)}")


def _field(name: str, entry: Table) -> Field:
    most = entry.whole("most", 40, least=1, most=500)
    field = Field(name, entry.text("label"), most, entry.text("example"))
    if len(field.example) > most:
        entry.fault("example", f"The example has {len(field.example)} characters, more than the {most} allowed.")
    entry.close()
    return field


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "template"
