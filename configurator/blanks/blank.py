"""A blank and its parts: everything a maker's folder says, checked and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from configurator.options.model import Model


@dataclass(frozen=True, slots=True)
class Detail:
    """What a value means outside the options engine.

    uses: component key -> count a piece (for a mix part: count of the component's unit *per gram*); a key
    may name options ("lid-{size}"). adds: keys of operations that a piece then needs. paint: drawing
    variable -> colour. legal: how the list of ingredients names it, allergens in capitals, if not like its label.
    underbase: artwork on such a blank needs white under it. icon: name of one of the shop's small drawings.
    size_mm, body: the product's when this value is chosen.
    """

    swatch: str | None = None
    uses: Mapping[str, int] = field(default_factory=dict)
    adds: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    paint: Mapping[str, str] = field(default_factory=dict)
    icon: str | None = None
    legal: str | None = None
    size_mm: tuple[float, float] | None = None
    body: tuple[float, float, float, float] | None = None
    underbase: bool = False


@dataclass(frozen=True, slots=True)
class Surface:
    """Where a print area lies on the drawing, in the drawing's own units.

    flat: (x, y, width, height) of the whole area. quad: its four corners, clockwise from top left.
    cylinder: x, width = the visible half turn's silhouette, y, height = the area's top and height at the
    silhouette's edge, bow = how far the middle hangs below the edge, radius_mm, facing_mm = the millimetre
    along the area that faces the viewer.
    """

    kind: Literal["flat", "quad", "cylinder"]
    clip: str | None = None
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    corners: tuple[tuple[float, float], ...] = ()
    radius_mm: float = 0
    facing_mm: float = 0
    bow: float = 0
    view: str = "front"


@dataclass(frozen=True, slots=True)
class Area:
    """A print area. Sizes in mm: (width, height); bleed outside the edge, safe zone inside it.

    cut: what is cut out of the sheet ("contour": around the artwork, "edge": the area's edge).
    backdrop: a shape printed under the customer's elements, over the whole area with its bleed; its key may
    name options ("cover-{story}"). auto: "food": the area is filled with the legal food text, not by the customer.
    adds: keys of operations a piece needs once something is on the area. hole_mm: (x, y, diameter) of a hole to
    cut, with a loop of material around it that joins the contour. ground: the colour of what is printed on, "#rrggbb"
    or "{name}" of the drawing's paints; None: not known, contrast is not judged.
    not_with: areas that lie on the same cloth, of which only one can be used. also: how it lies in other views of the
    drawing than its surface's.
    """

    key: str
    label: str
    size_mm: tuple[float, float]
    bleed_mm: float
    safe_mm: float
    method: str
    surface: Surface
    price: int = 0
    most_texts: int = 6
    cut: Literal["none", "edge", "contour"] = "none"
    corner_mm: float = 0
    backdrop: str | None = None
    auto: Literal["none", "food"] = "none"
    adds: tuple[str, ...] = ()
    hole_mm: tuple[float, float, float] | None = None
    ground: str | None = None
    not_with: tuple[str, ...] = ()
    also: tuple[Surface, ...] = ()

    def seen_in(self, view: str) -> "Area":
        """The same area as it lies in a view of the drawing."""
        other = next((surface for surface in self.also if surface.view == view), None)
        return replace(self, surface=other) if other else self

    @property
    def views(self) -> tuple[str, ...]:
        """The views that its surfaces name."""
        return self.surface.view, *(surface.view for surface in self.also)


@dataclass(frozen=True, slots=True)
class Field:
    """A named field of a template; `most` characters at the most."""

    key: str
    label: str
    most: int
    example: str


@dataclass(frozen=True, slots=True)
class TextSpec:
    """A text of a template. `text` may hold {field}. Position is the middle of the baseline, in mm.

    arc_mm: radius of the circle the baseline lies on (0: straight, negative: smile). fit_mm: the width it
    must not exceed: size is reduced to fit. align, leading, outline_*, turn: as artwork.elements.Text has them.
    else_inks: tried in order where ink does not stand out from the colour that was chosen.
    """

    area: str
    text: str
    font: str
    size_mm: float
    at_mm: tuple[float, float]
    ink: str
    arc_mm: float = 0
    fit_mm: float = 0
    spacing_mm: float = 0
    align: Literal["left", "middle", "right"] = "middle"
    leading: float = 1.2
    outline_mm: float = 0
    outline_ink: str = ""
    turn: float = 0
    else_inks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapeSpec:
    """A shape of a template: a drawing from the blank's folder, its middle at at_mm, width in mm.

    else_inks: as a text has them.
    """

    area: str
    shape: str
    width_mm: float
    at_mm: tuple[float, float]
    inks: tuple[str, ...]
    turn: float = 0
    else_inks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A design made in ten seconds: fields to fill, elements that use them."""

    key: str
    label: str
    fields: tuple[Field, ...]
    elements: tuple[TextSpec | ShapeSpec, ...]


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """The sheet that an operation's pieces are laid on, in mm.

    turn: rectangles may lie across. turn_deg: cut shapes may lie at every multiple of so many degrees (180 keeps the
    grain); 0: as rectangles may.
    """

    size_mm: tuple[float, float]
    gap_mm: float
    margin_mm: float = 10
    turn: bool = False
    mirror: bool = False
    price: int = 0
    turn_deg: int = 0

    @property
    def angles(self) -> tuple[float, ...]:
        """The degrees at which a cut shape may lie, clockwise."""
        return tuple(float(angle) for angle in range(0, 360, self.turn_deg or (90 if self.turn else 360)))


TRAY = 6
"""Pieces that go on to the next step together where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the routing. `family` is the changeover key and may name options: "mug-{inside}".

    key: only when a value adds it; None: always. leads: this step decides the piece's batch. wait_min: drying or curing
    by the clock, day and night, before the next step begins; it keeps no machine. tray: pieces that go on to the next
    step together, 0: all of the batch. leads_by: of steps that do not say so, the one with most leads: the setup
    minutes of blank.toml, even if the workshop has changed them; None: as setup_min.
    """

    name: str
    at: str
    family: str
    setup_min: float
    run_min: float
    key: str | None = None
    sheet: SheetSpec | None = None
    leads: bool = False
    tool: str | None = None
    tool_lasts: int | None = None
    wait_min: float = 0
    tray: int = TRAY
    leads_by: float | None = None

    @property
    def weight(self) -> float:
        """By this the leading step is chosen where none says that it leads."""
        return self.setup_min if self.leads_by is None else self.leads_by


@dataclass(frozen=True, slots=True)
class Tier:
    """From `pieces` on, every piece costs `percent` less (10 = 10 % less)."""

    pieces: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """Base price of a piece in minor units incl. VAT, and quantity tiers in rising order."""

    base: int
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Food:
    """What a food label must say besides its mix (EU 1169/2011, articles 9 and 18).

    date_place: where date and lot stand, since they are known only when it is made. maker: name and address.
    """

    name: str
    best_before_days: int
    date_place: str
    storage: str
    net_g_option: str
    maker: str
    traces: str = ""


@dataclass(frozen=True)
class Blank:
    """One blank, whole. `version` is the SHA-256 of everything in its folder that shapes a piece.

    drawing: SVG text, colours as {variable} names listed in `paints`; shapes: shape key -> SVG text.
    size_mm: width and height of the whole product; body: where they lie on the drawing (x, y, width, height) in its
    first view, for dimension lines; bodies: the same for every view that shows them. uses: component key -> count a
    piece; a key may name options ("tee-{colour}-{size}"). shown: the view that lists, mails and proofs picture; the
    drawing's first when it is empty. aside: how far left of the body the line of its height stands, and how far under
    it that of its width, in drawing units.
    """

    key: str
    version: str
    name: str
    tagline: str
    category: str
    stage: str
    least: int
    most: int
    tax: str
    weight_g: int
    size_mm: tuple[float, float]
    body: tuple[float, float, float, float]
    barcode: str
    drawing: str
    paints: Mapping[str, str]
    model: Model
    details: Mapping[tuple[str, str], Detail]
    uses: Mapping[str, int]
    areas: tuple[Area, ...]
    templates: tuple[Template, ...]
    shapes: Mapping[str, str]
    price: Price
    operations: tuple[Operation, ...]
    food: Food | None = None
    source: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, tuple[float, float, float, float]] = field(default_factory=dict)
    shown: str = ""
    aside: tuple[float, float] = (30, 30)

    @cached_property
    def detailed(self) -> tuple[str, ...]:
        """The options of which a value means something outside the options engine, in the blank's order."""
        meant = {option for (option, _), detail in self.details.items() if detail != Detail()}
        return tuple(option.key for option in self.model.options if option.key in meant)

    def area(self, key: str) -> Area:
        """The print area of that key; KeyError when there is none."""
        return {area.key: area for area in self.areas}[key]
