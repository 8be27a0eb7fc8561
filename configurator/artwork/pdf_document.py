"""PDF files: pages with their boxes, separations, layers and reused forms; the same bytes for the same content."""

import hashlib
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from configurator.artwork.pdf_content import Used, number, path_operators
from configurator.artwork.pdf_images import image_object, shape_object, tone_object
from configurator.artwork.pdf_x import structure
from configurator.artwork.pictures import NoPixels, Pixels
from configurator.artwork.scene import Ink
from configurator.blanks.methods import Tone
from configurator.geometry import Box, control_box

POINTS = 72 / 25.4
"""PDF points to a millimetre."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Content that a viewer or RIP can switch off by name."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page. Sizes and boxes in mm, origin at its top left, y down; trim lies inside bleed inside the page."""

    width_mm: float
    height_mm: float
    bleed: Box
    trim: Box
    layers: tuple[Layer, ...]


def written(leaves: Sequence[Leaf], used: Used, *, title: str, pixels: Pixels | None = None) -> bytes:
    """The file: PDF 1.6, DeviceCMYK and Separation only, no fonts, an id made from the content.

    Structured as PDF/X-4 when an output condition is given.
    """
    pdf = pikepdf.new()
    resources = _Resources(pdf, used, pixels or NoPixels())
    names = dict.fromkeys(layer.name for leaf in leaves for layer in leaf.layers)
    layers = {name: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in names}
    for leaf in leaves:
        pdf.pages.append(_page(pdf, leaf, layers, resources))
    groups = Array(list(layers.values()))
    pdf.Root.OCProperties = Dictionary(OCGs=groups, D=Dictionary(Name="All", BaseState=Name.ON, Order=groups))
    pdf.docinfo.Title = title
    pdf.docinfo.Trapped = Name("/False")
    if used.condition:
        structure(pdf, used.condition, title=title, name=_name(leaves, used, title))
    return _saved(pdf)


def _name(leaves: Sequence[Leaf], used: Used, title: str) -> str:
    """A UUID made from what the pages draw."""
    drawn = [title, *(layer.content for leaf in leaves for layer in leaf.layers)]
    drawn += [content for _, content, _ in used.scenes.values()]
    return str(uuid.UUID(bytes=hashlib.sha256("\n".join(drawn).encode()).digest()[:16], version=5))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        min_version="1.6",
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return file.getvalue()


class _Resources:
    """The resource dictionaries: what scenes may use, and what pages may."""

    def __init__(self, pdf: pikepdf.Pdf, used: Used, pixels: Pixels) -> None:
        self._pdf = pdf
        spots = {f"/{name}": pdf.make_indirect(_separation(spot, ink)) for spot, (name, ink) in used.spots.items()}
        overprint = Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)
        under = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
        states = Dictionary({"/OP": overprint, "/UB": under})
        self._shared = {"/ColorSpace": Dictionary(spots), "/ExtGState": states}
        self._spots = spots
        self.for_scenes = self._with({**self._glyphs(used), **self._images(used, pixels)})
        self.for_pages = self._with(self._scenes(used))

    def _with(self, forms: Mapping[str, pikepdf.Object]) -> pikepdf.Dictionary:
        return Dictionary({**self._shared, "/XObject": Dictionary(forms)})

    def _glyphs(self, used: Used) -> dict[str, pikepdf.Object]:
        return {
            f"/{name}": self._form(f"{path_operators(outline)}\nf", _around(outline), Dictionary())
            for (_, outline), name in used.glyphs.items()
        }

    def _images(self, used: Used, pixels: Pixels) -> dict[str, pikepdf.Object]:
        """Pictures in process colours or one ink, and their shapes in the separations that go under them."""
        made: dict[str, pikepdf.Object] = {}
        for (asset, spot, how), name in used.images.items():
            content = pixels.whole(asset)
            if isinstance(how, Tone):
                made[f"/{name}"] = tone_object(self._pdf, content, self._spots[f"/{spot}"], how)
            elif spot:
                made[f"/{name}"] = shape_object(self._pdf, content, self._spots[f"/{spot}"], how)
            else:
                made[f"/{name}"] = image_object(self._pdf, content, used.condition)
        return made

    def _scenes(self, used: Used) -> dict[str, pikepdf.Object]:
        shared = self._pdf.make_indirect(self.for_scenes)
        return {
            f"/{name}": self._form(content, Box(0, 0, scene.width_mm, scene.height_mm).grown(scene.bleed_mm), shared)
            for name, content, scene in used.scenes.values()
        }

    def _form(self, content: str, box: Box, resources: pikepdf.Object) -> pikepdf.Object:
        """A form XObject; its box clips, which is what ends a scene at its bleed."""
        return pikepdf.Stream(
            self._pdf,
            content.encode("ascii"),
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=_numbers(box.left, box.top, box.right, box.bottom),
                Resources=resources,
            ),
        )


def _page(pdf: pikepdf.Pdf, leaf: Leaf, layers: Mapping[str, pikepdf.Object], resources: _Resources) -> pikepdf.Page:
    names = {layer.name: f"L{index}" for index, layer in enumerate(leaf.layers)}
    body = [f"/OC /{names[layer.name]} BDC\n{layer.content}\nEMC" for layer in leaf.layers]
    scale = number(POINTS, 8)
    turn = f"{scale} 0 0 -{scale} 0 {number(leaf.height_mm * POINTS)} cm"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=_box(Box(0, 0, leaf.width_mm, leaf.height_mm), leaf),
        BleedBox=_box(leaf.bleed, leaf),
        TrimBox=_box(leaf.trim, leaf),
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK),
        Resources=Dictionary(dict(resources.for_pages.items())),
        Contents=pdf.make_stream("\n".join([turn, *body]).encode("ascii")),
    )
    page.Resources.Properties = Dictionary({f"/{short}": layers[name] for name, short in names.items()})
    return pikepdf.Page(pdf.make_indirect(page))


def _separation(spot: str, ink: Ink) -> pikepdf.Array:
    """The spot colour by its exact name, with its process colour for machines that do not have it."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=_numbers(*ink.cmyk), N=1)
    return Array([Name.Separation, Name(f"/{spot}"), Name.DeviceCMYK, tint])


def _around(outline: tuple[tuple[str, tuple[float, ...]], ...]) -> Box:
    return (control_box([outline]) or Box(0, 0, 0, 0)).grown(1)


def _box(box: Box, leaf: Leaf) -> pikepdf.Array:
    """A box in points, y up."""
    sides = (box.left, leaf.height_mm - box.bottom, box.right, leaf.height_mm - box.top)
    return _numbers(*(side * POINTS for side in sides))


def _numbers(*values: float) -> pikepdf.Array:
    return Array([float(number(value)) for value in values])
