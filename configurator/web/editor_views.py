"""The artwork of a design as the customiser edits it: templates with their fields, or every element with its own."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from configurator.artwork.known import Known
from configurator.artwork.outlines import joined_boxes
from configurator.artwork.preflight.place import Fix, fields_of
from configurator.artwork.preflight.wording import decapitalised
from configurator.artwork.scene import Finding, Scene
from configurator.blanks.blank import Blank
from configurator.blanks.shop import Shop
from configurator.designs.offering import Offer, offer
from configurator.designs.reading_elements import MOST_ELEMENTS
from configurator.web.element_tools import area_copies
from configurator.web.element_views import Drawn, ElementView, bench_of, chosen, element_views, in_words, title
from configurator.web.taking import to_change, to_own, to_start

Entries = tuple[tuple[str, str], ...]
"""(key, label) of a list to choose from."""


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
class Editor:
    """own: the customer edits elements one by one; otherwise a template's fields, or nothing at all.

    picture: what a button sends to put a picture on it, but for the picture's name at its end; empty when all is full.
    """

    own: bool
    empty: bool
    templates: tuple[TemplateView, ...]
    fields: tuple[FieldView, ...]
    elements: tuple[ElementView, ...]
    loosen: str
    sizes: str
    adds: tuple[Button, ...]
    areas: Entries
    fonts: Entries
    shapes: Entries
    errors: tuple[str, ...]
    chosen: int
    copies: tuple[Button, ...]
    names: tuple[str, ...]
    picture: str

    @property
    def lettered(self) -> bool:
        """Whether there is a text that may be another on every piece."""
        return bool(self.fields) or any(element.kind == "text" for element in self.elements)

    @property
    def same(self) -> Hashable:
        """What fields are chosen from."""
        return self.areas, self.fonts, self.shapes


@dataclass(frozen=True, slots=True)
class FindingView:
    """A preflight finding with its buttons. number: as it is marked on the picture; where: that place in words."""

    number: int
    level: str
    sentence: str
    where: str
    fixes: tuple[tuple[str, str], ...]


def editor(drawn: Drawn) -> Editor | None:
    """The artwork editor; None for a blank that nothing can be put on."""
    offered = offer(drawn.blank, drawn.shop)
    if not offered.areas:
        return None
    own = bool(drawn.asked.elements)
    lists = _known.get((offered, drawn.shop), own, lambda: _lists(offered, drawn.shop, own=own))
    has_room = len(drawn.own) < MOST_ELEMENTS
    return Editor(
        own=own,
        empty=drawn.asked.template is None,
        templates=_templates(drawn),
        fields=_fields(drawn),
        elements=element_views(drawn),
        loosen=to_own({}),
        sizes="" if own else drawn.sizes,
        adds=lists.adds if has_room else (),
        areas=lists.areas,
        fonts=lists.fonts,
        shapes=lists.shapes,
        errors=tuple(sentence for name, sentence in drawn.asked.faults.items() if name in ("add", "template")),
        chosen=chosen(drawn),
        copies=tuple(Button(tool.label, tool.take) for tool in area_copies(bench_of(drawn))),
        names=tuple(title(element) for element in drawn.own),
        picture=lists.picture if has_room else "",
    )


@dataclass(frozen=True, slots=True)
class _Lists:
    """What can be added and chosen from: the same for every design on a blank."""

    adds: tuple[Button, ...]
    picture: str
    areas: Entries
    fonts: Entries
    shapes: Entries


_known: Known[_Lists] = Known(64)


def _lists(offered: Offer, shop: Shop, *, own: bool) -> _Lists:
    return _Lists(
        adds=_adds(offered, own=own),
        picture=_take({"add": "image::"}, own=own),
        areas=tuple((area.key, area.label) for area in offered.areas),
        fonts=tuple((font.key, font.label) for font in shop.fonts if font.offered),
        shapes=tuple((shape, in_words(shape)) for shape in offered.shapes),
    )


def finding_views(drawn: Drawn) -> tuple[FindingView, ...]:
    """Errors first. In a template the buttons make its elements the customer's own, then change one."""
    ordered = [(scene, finding) for scene in drawn.scenes for finding in scene.findings]
    ordered.sort(key=lambda pair: pair[1].number)
    own = bool(drawn.asked.elements)
    return tuple(
        FindingView(
            finding.number,
            finding.level,
            finding.sentence,
            _where(drawn, scene, finding),
            tuple(_fix(drawn, finding.element, fix, own=own) for fix in finding.fixes),
        )
        for scene, finding in ordered
    )


def _where(drawn: Drawn, scene: Scene, finding: Finding) -> str:
    """`Front, 12 to 30 mm from the left, 5 to 9 mm from the top`; empty for what is nowhere."""
    own = scene.boxes.get(finding.element)
    box = joined_boxes(list(finding.marks or ([own] if own else [])))
    if box is None:
        return ""
    across, down = f"{box.left:.0f} to {box.right:.0f} mm", f"{box.top:.0f} to {box.bottom:.0f} mm"
    return f"{drawn.blank.area(scene.area).label}, {across} from the left, {down} from the top"


def _fix(drawn: Drawn, number: int, fix: Fix, *, own: bool) -> tuple[str, str]:
    """Label and fields of a button that mends; what is locked is unlocked by it, and it says so."""
    label, changes = fix[0], fields_of(fix)
    if own and number and drawn.own[number - 1].locked:
        return f"Unlock and {decapitalised(label)}", _take({f"lock-{number}": "", **changes}, own=own)
    return label, _take(changes, own=own)


def _take(changes: Mapping[str, str], *, own: bool) -> str:
    return to_change(changes) if own else to_own(changes)


def _templates(drawn: Drawn) -> tuple[TemplateView, ...]:
    chosen = drawn.asked.template
    return _views.get((drawn.blank,), chosen, lambda: _template_views(drawn.blank, chosen))


_views: Known[tuple[TemplateView, ...]] = Known(256)


def _template_views(blank: Blank, chosen: str | None) -> tuple[TemplateView, ...]:
    return tuple(
        TemplateView(template.key, template.label, template.key == chosen, to_start(template.key))
        for template in blank.templates
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


def _adds(offered: Offer, *, own: bool) -> tuple[Button, ...]:
    several = len(offered.areas) > 1
    buttons = [
        Button(f"Add text, {area.label}" if several else "Add text", _take({"add": f"text:{area.key}"}, own=own))
        for area in offered.areas
    ]
    if offered.shapes:
        take = _take({"add": f"shape::{offered.shapes[0]}"}, own=own)
        buttons.append(Button("Add a shape", take))
    return tuple(buttons)
