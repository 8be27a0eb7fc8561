"""Layout: elements, blank and configuration to one Scene a print area. The only layout code there is."""

from collections.abc import Sequence
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
from configurator.artwork.pictures import Pictures
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
from configurator.blanks.blank import Area, Blank
from configurator.blanks.shop import Shop
from configurator.geometry import Box, PathData
from configurator.options.model import Configuration


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
    texts: int = 0

    def scene(self, elements: Sequence[Element]) -> Scene:
        own = [(number, element) for number, element in enumerate(elements, 1) if element.area == self.area.key]
        method = self.shop.methods[self.area.method]
        self._put_backdrop()
        self._put_food_text()
        for number, element in own:
            if isinstance(element, Text):
                self._put_text(element, number)
            elif isinstance(element, Image):
                self._put_image(element, number)
            else:
                self._put_shape(element, number)
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
        )

    def _underbase(self) -> str:
        """The separation to print first, if a value that is chosen calls for one and the method has it."""
        chosen = ((key, value) for key, value in self.configuration.items() if isinstance(value, str))
        needed = any(self.blank.details[pair].underbase for pair in chosen if pair in self.blank.details)
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
            self._add_text(text)
            if finding:
                self.findings.append(finding)

    def _put_text(self, element: Text, number: int) -> None:
        place = Place(number, self.area, self.shop.methods[self.area.method])
        if not element.text.strip():
            return
        self.texts += 1
        pens = Pens(
            ink=method_ink(place.method, element.ink),
            lines_mm=None if prints_colours(place.method) else place.method.least_stroke_mm,
            outline=method_ink(place.method, element.outline_ink) if element.outline_mm else None,
        )
        text = set_text(element, number, pens, self.fonts)
        self._add_text(text)
        self.findings.extend(text_findings(element, text, place))
        if self.texts > self.area.most_texts:
            self.findings.append(surplus_text(element, place))

    def _add_text(self, text: SetText) -> None:
        for node in text.nodes if text.box else ():
            self.nodes.append(node)
            if isinstance(node, Glyphs):
                self.outlines.update({key: text.outlines[key] for key, _ in node.placements})
        self._frame(text.nodes[0].element if text.nodes else 0, text.box, text.frame)

    def _frame(self, number: int, box: Box | None, frame: Frame | None) -> None:
        if box:
            self.boxes[number] = _tidy(box)
        if frame:
            self.frames[number] = replace(frame, box=_tidy(frame.box))

    def _put_shape(self, element: Shape, number: int) -> None:
        place = Place(number, self.area, self.shop.methods[self.area.method])
        if element.shape not in self.blank.shapes:
            self.findings.append(unknown_shape(element, place))
            return
        placed = place_shape(self.blank.shapes[element.shape], element, number, place.method)
        self.nodes.extend(placed.paths)
        self._frame(number, placed.box, placed.frame)
        self.findings.extend(shape_findings(element, placed.paths, placed.box, place))

    def _put_image(self, element: Image, number: int) -> None:
        place = Place(number, self.area, self.shop.methods[self.area.method])
        picture = self.pictures.get(element.asset)
        if picture is None:
            self.findings.append(unknown_picture(place))
            return
        placed = place_image(element, picture, number, place.method)
        self.nodes.extend(placed.nodes)
        self._frame(number, placed.box, placed.frame)
        self.findings.extend(image_findings(element, picture, placed, place))


def _tidy(box: Box) -> Box:
    return replace(
        box,
        left=round(box.left, 4) + 0.0,
        top=round(box.top, 4) + 0.0,
        right=round(box.right, 4) + 0.0,
        bottom=round(box.bottom, 4) + 0.0,
    )
