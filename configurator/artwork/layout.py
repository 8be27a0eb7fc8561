"""Layout: elements, blank and configuration to one Scene a print area. The only layout code there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from configurator.artwork.contours import cut_contours
from configurator.artwork.dressing import ground_of
from configurator.artwork.elements import Element, Image, Shape, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.food_text import set_food_text
from configurator.artwork.frames import Frame
from configurator.artwork.image_placing import place_image
from configurator.artwork.inking import Pens
from configurator.artwork.inks import method_ink, prints_colours
from configurator.artwork.known import Known
from configurator.artwork.pictures import Picture, Pictures
from configurator.artwork.placing import place_backdrop, place_shape
from configurator.artwork.preflight.images import image_findings, unknown_picture
from configurator.artwork.preflight.marking import numbered
from configurator.artwork.preflight.neighbours import neighbour_findings
from configurator.artwork.preflight.place import Place
from configurator.artwork.preflight.shapes import shape_findings, unknown_shape
from configurator.artwork.preflight.sheet import Sheet
from configurator.artwork.preflight.texts import surplus_text, text_findings
from configurator.artwork.preflight.whole import sheet_findings
from configurator.artwork.saying import said
from configurator.artwork.scene import Finding, Glyphs, Node, Scene
from configurator.artwork.setting import SetText, set_text
from configurator.blanks.blank import Area, Blank, TextSpec
from configurator.blanks.shop import Shop
from configurator.geometry import Box, PathData
from configurator.options.model import Configuration

KEPT = 1024
"""Elements that are remembered as they were laid out by themselves."""


def lay_out(  # noqa: PLR0913, PLR0917 - all that a design's look depends on
    elements: Sequence[Element],
    blank: Blank,
    configuration: Configuration,
    shop: Shop,
    fonts: FontBook,
    pictures: Pictures | None = None,
) -> tuple[Scene, ...]:
    """One Scene for every print area of the blank, in its order, empty ones too. Pure: same input, same scenes.

    pictures: those that the elements name; one that is missing is an error of preflight.
    """
    known = pictures or {}
    return numbered([_Sheet(area, blank, configuration, shop, fonts, known).scene(elements) for area in blank.areas])


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """What one element is laid out with. picture: the customer's that it names, if it is kept."""

    blank: Blank
    fonts: FontBook
    picture: Picture | None


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """One element by itself: what a scene gets of it."""

    nodes: tuple[Node, ...] = ()
    outlines: Mapping[str, PathData] = field(default_factory=dict)
    box: Box | None = None
    frame: Frame | None = None
    findings: tuple[Finding, ...] = ()
    fitted: bool = False


_alone: Known[_Laid] = Known(KEPT)


@dataclass(slots=True)
class _Sheet:
    """One area while it is being filled, from back to front."""

    area: Area
    blank: Blank
    configuration: Configuration
    shop: Shop
    fonts: FontBook
    pictures: Pictures
    nodes: list[Node] = field(default_factory=list)
    outlines: dict[str, PathData] = field(default_factory=dict)
    boxes: dict[int, Box] = field(default_factory=dict)
    frames: dict[int, Frame] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    fitted: set[int] = field(default_factory=set)
    texts: int = 0

    def scene(self, elements: Sequence[Element]) -> Scene:
        own = [(number, element) for number, element in enumerate(elements, 1) if element.area == self.area.key]
        method = self.shop.methods[self.area.method]
        self._put_backdrop()
        self._put_food_text()
        for number, element in own:
            self._put(number, element)
        cut = cut_contours(self.area, tuple(self.nodes), self.outlines)
        self.findings.extend(sheet_findings(self._seen(own, cut)))
        self.findings.extend(neighbour_findings(elements, self.area, self.blank))
        return Scene(
            area=self.area.key,
            width_mm=float(self.area.size_mm[0]),
            height_mm=float(self.area.size_mm[1]),
            bleed_mm=float(self.area.bleed_mm),
            safe_mm=float(self.area.safe_mm),
            nodes=tuple(self.nodes),
            outlines=self.outlines,
            boxes=self.boxes,
            frames=self.frames,
            cut=cut,
            findings=tuple(self.findings),
            says=said(self.area, self.shop.methods[self.area.method], own, self.boxes, self.fonts),
            stitching=method.sewing.stitching if method.sewing else None,
            underbase=(underbase := self._underbase()),
            fitted=frozenset(self.fitted),
            choke_mm=self.shop.methods[self.area.method].choke_mm if underbase else 0,
        )

    def _seen(self, own: Sequence[tuple[int, Element]], cut: tuple[PathData, ...]) -> Sheet:
        return Sheet(
            area=self.area,
            method=self.shop.methods[self.area.method],
            ground=ground_of(self.area, self.blank, self.configuration),
            elements=[(number, element) for number, element in own if number in self.boxes],
            nodes=self.nodes,
            outlines=self.outlines,
            boxes=self.boxes,
            cut=cut,
            pictures=self.pictures,
        )

    def _underbase(self) -> str:
        """The separation to print first, if a value that is chosen calls for one and the method has it."""
        chosen = ((key, self.configuration.get(key)) for key in self.blank.detailed)
        plain = ((key, value) for key, value in chosen if isinstance(value, str))
        needed = any(self.blank.details[pair].underbase for pair in plain if pair in self.blank.details)
        return self.shop.methods[self.area.method].underbase if needed else ""

    def _put_backdrop(self) -> None:
        if self.area.backdrop:
            chosen = {key: value for key, value in self.configuration.items() if isinstance(value, str | int)}
            drawing = self.blank.shapes[self.area.backdrop.format_map(chosen)]
            self.nodes.extend(place_backdrop(drawing, self.area, self.shop.methods[self.area.method]).paths)

    def _put_food_text(self) -> None:
        if self.area.auto == "food":
            ink = method_ink(self.shop.methods[self.area.method], "")
            text, finding = set_food_text(self.area, self.blank, self.configuration, ink, self.fonts)
            self._add(0, replace(_lettering(text), frame=None))
            if finding:
                self.findings.append(finding)

    def _put(self, number: int, element: Element) -> None:
        """An element that stands as it stood before is not laid out again."""
        place = Place(number, self.area, self.shop.methods[self.area.method])
        picture = self.pictures.get(element.asset) if isinstance(element, Image) else None
        laid = _alone.get(
            (self.area, place.method, self.blank, self.fonts),
            (number, element, picture),
            lambda: _laid(element, place, _Around(self.blank, self.fonts, picture)),
        )
        self._add(number, laid)
        if isinstance(element, Text) and element.text.strip():
            self.texts += 1
            if self.texts > self.area.most_texts:
                self.findings.append(surplus_text(element, place))

    def _add(self, number: int, laid: _Laid) -> None:
        self.nodes.extend(laid.nodes)
        self.outlines.update(laid.outlines)
        self.findings.extend(laid.findings)
        if laid.box:
            self.boxes[number] = laid.box
        if laid.frame:
            self.frames[number] = laid.frame
        if laid.fitted:
            self.fitted.add(number)


def _laid(element: Element, place: Place, around: _Around) -> _Laid:
    """What an element becomes, whatever else is on its area."""
    if isinstance(element, Text):
        return _text(element, place, around)
    if isinstance(element, Image):
        return _image(element, place, around.picture)
    return _shape(element, place, around.blank)


def _text(element: Text, place: Place, around: _Around) -> _Laid:
    if not element.text.strip():
        return _Laid()
    pens = Pens(
        ink=method_ink(place.method, element.ink),
        lines_mm=None if prints_colours(place.method) else place.method.least_stroke_mm,
        outline=method_ink(place.method, element.outline_ink) if element.outline_mm else None,
        plate=method_ink(place.method, element.plate_ink) if element.plate_mm else None,
        colours=place.method.colours,
    )
    text = set_text(element, place.number, pens, around.fonts)
    findings = text_findings(element, text, place, spaced=element.spacing_mm not in _spacings(around.blank))
    return replace(_lettering(text), findings=findings, fitted=text.size_mm < element.size_mm)


def _spacings(blank: Blank) -> frozenset[float]:
    """The spaces between letters, in mm, that its templates ask for."""
    specs = (spec for template in blank.templates for spec in template.elements)
    return frozenset(spec.spacing_mm for spec in specs if isinstance(spec, TextSpec))


def _lettering(text: SetText) -> _Laid:
    nodes = text.nodes if text.box else ()
    keys = (key for node in nodes if isinstance(node, Glyphs) for key, _ in node.placements)
    return _Laid(nodes, {key: text.outlines[key] for key in keys}, *_framed(text.box, text.frame))


def _framed(box: Box | None, frame: Frame | None) -> tuple[Box | None, Frame | None]:
    return box and _tidy(box), frame and replace(frame, box=_tidy(frame.box))


def _shape(element: Shape, place: Place, blank: Blank) -> _Laid:
    if element.shape not in blank.shapes:
        return _Laid(findings=(unknown_shape(element, place),))
    placed = place_shape(blank.shapes[element.shape], element, place.number, place.method)
    findings = shape_findings(element, placed.paths, placed.box, place)
    return _Laid(placed.paths, {}, *_framed(placed.box, placed.frame), findings)


def _image(element: Image, place: Place, picture: Picture | None) -> _Laid:
    if picture is None:
        return _Laid(findings=(unknown_picture(place),))
    placed = place_image(element, picture, place.number, place.method)
    findings = image_findings(element, picture, placed, place)
    return _Laid(placed.nodes, {}, *_framed(placed.box, placed.frame), findings)


def _tidy(box: Box) -> Box:
    return Box(
        left=round(box.left, 4) + 0.0,
        top=round(box.top, 4) + 0.0,
        right=round(box.right, 4) + 0.0,
        bottom=round(box.bottom, 4) + 0.0,
    )
