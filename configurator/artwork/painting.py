"""Painting a scene's nodes as SVG: plain ink, foil as a gradient, engraving with a light edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from configurator.artwork.imaging import Piece
from configurator.artwork.pictures import Href, page_href
from configurator.artwork.scene import Glyphs, Image, Ink, Path
from configurator.artwork.svg_text import short
from configurator.artwork.toning import tone_filter
from configurator.geometry import Affine

LIGHT = 1.3
"""How far the light edge of an engraving lies to the lower right, in drawing units."""
BETWEEN_THREADS = -0.24
"""How far the colour of what is embroidered goes to black where threads lie beside each other."""
_FOIL = ((0, -0.18), (0.22, 0), (0.36, 0.62), (0.5, 0.05), (0.68, -0.2), (0.82, 0.45), (1, -0.1))
"""Place along the gradient, and how far the foil's colour goes there to white (or, below 0, to black)."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Letters and where they stand. outlines: key -> d in font units; placed: key and the attributes that place it.

    by: the transform of all of them.
    """

    outlines: Mapping[str, str]
    placed: Sequence[tuple[str, str]]
    by: str = ""


@dataclass(slots=True)
class Painter:
    """Paints paths and collects the definitions they need. unit: numbers in d that make one drawing unit.

    own: what the ids of its paths begin with after id_prefix. scenes: how many it has begun.
    """

    id_prefix: str
    unit: float = 1
    href: Href = page_href
    own: str = ""
    defined: dict[str, str] = field(default_factory=dict)
    scenes: int = 0
    engraved: int = 0
    letters: int = 0
    sewn: int = 0
    clips: int = 0

    def of(self, element: int) -> "Painter":
        """A new one for an element of the scene it is at: what it paints depends on that element alone."""
        return Painter(self.id_prefix, self.unit, self.href, f"{self.scenes}-{element}")

    @property
    def names(self) -> str:
        """What the ids of its paths begin with."""
        return self.id_prefix + self.own

    def painted(self, node: Glyphs | Path, d: str, scale: float) -> str:
        """A node whose path text is d. scale: numbers in d that make one mm, for strokes."""
        if not d:
            return ""
        fill = node.ink if isinstance(node, Glyphs) else node.fill
        stroke = None if isinstance(node, Glyphs) else node.stroke
        lines = "" if stroke is None or isinstance(node, Glyphs) else _line(node, scale)
        ink = fill or stroke
        paint = _paint(self._colour(fill), self._colour(stroke), lines)
        if ink is None or ink.look != "engraved":
            return f'<path{paint} d="{d}"/>'
        light = _paint("#fff" if fill else None, "#fff" if stroke else None, lines)
        return self._engraved("<path", f' d="{d}"/>', paint, light)

    def lettered(self, node: Glyphs, text: Lettering) -> str:
        """A text of outlines that are defined once, then used."""
        self.letters += 1
        names = {key: f"{self.names}l{self.letters}-{i:x}" for i, key in enumerate(text.outlines)}
        defined = "".join(f'<path id="{names[key]}" d="{d}"/>' for key, d in text.outlines.items())
        used = "".join(f'<use href="#{names[key]}" {place}/>' for key, place in text.placed)
        by = f' transform="{text.by}"' if text.by else ""
        group = f'<g{by} class="element">{used}</g>'
        paint = _paint(self._colour(node.ink), None, "")
        engraved = node.ink.look == "engraved"
        drawn = (
            self._engraved("<g", f">{group}</g>", paint, _paint("#fff", None, ""))
            if engraved
            else f"<g{paint}>{group}</g>"
        )
        return f"<defs>{defined}</defs>{drawn}"

    def pictured(self, node: Image, pieces: Sequence[Piece]) -> str:
        """A picture: its file named once, then used in every piece."""
        if not pieces:
            return ""
        width, height = node.pixels
        name = f"{self.id_prefix}pic{'one' if node.tone else ''}{node.asset[:16]}"
        size = f'width="{width}" height="{height}"'
        self.defined[name] = f'<image id="{name}" {size} preserveAspectRatio="none" href="{escape(self.href(node))}"/>'
        inside = f'<use href="#{name}" transform="{_matrix(node.matrix.after(Affine.scaled(1 / width, 1 / height)))}"/>'
        drawn = "".join(self._piece(piece, inside) for piece in pieces)
        return f'<g filter="url(#{self._toned(node)})">{drawn}</g>' if node.tone else drawn

    def _toned(self, node: Image) -> str:
        """The name of the filter that shows a picture in its ink."""
        ink, tone = node.ink, node.tone
        if ink is None or tone is None:
            return ""
        name = f"{self.id_prefix}tone{ink.rgb[1:]}"
        self.defined[name] = tone_filter(name, ink, tone)
        return name

    def _piece(self, piece: Piece, inside: str) -> str:
        if piece.whole:
            return f'<g transform="{_matrix(piece.by)}">{inside}</g>'
        self.clips += 1
        name, box = f"{self.names}clip{self.clips}", piece.box
        place = f'x="{box.left:.3f}" y="{box.top:.3f}" width="{box.width:.3f}" height="{box.height:.3f}"'
        clip = f'<clipPath id="{name}"><rect {place}/></clipPath>'
        return f'{clip}<g transform="{_matrix(piece.by)}" clip-path="url(#{name})">{inside}</g>'

    def definitions(self) -> str:
        """What the painted paths refer to."""
        return f"<defs>{''.join(self.defined.values())}</defs>" if self.defined else ""

    def _colour(self, ink: Ink | None) -> str | None:
        if ink is None:
            return None
        if ink.look == "thread":
            return lightened(ink.rgb, BETWEEN_THREADS)
        if ink.look != "foil":
            return ink.rgb
        name = f"{self.id_prefix}foil{ink.rgb[1:]}"
        if name not in self.defined:
            self.defined[name] = f'<linearGradient id="{name}" x2="1" y2=".35">{_foil_stops(ink.rgb)}</linearGradient>'
        return f"url(#{name})"

    def _engraved(self, start: str, rest: str, paint: str, light: str) -> str:
        """A path or group stands once: drawn light and a little off, then used again in its own colour."""
        self.engraved += 1
        name, off = f"{self.names}cut{self.engraved}", short(LIGHT * self.unit)
        edge = f'<g{light} opacity=".34" transform="translate({off} {off})">{start} id="{name}"{rest}</g>'
        return f'{edge}<use href="#{name}"{paint}/>'


def _matrix(by: Affine) -> str:
    return f"matrix({by.a:.6g} {by.b:.6g} {by.c:.6g} {by.d:.6g} {by.e:.6g} {by.f:.6g})"


def _paint(fill: str | None, stroke: str | None, lines: str) -> str:
    return f' fill="{fill or "none"}"' + (f' stroke="{stroke}"{lines}' if stroke else "")


def _line(path: Path, scale: float) -> str:
    width = f' stroke-width="{short(path.width_mm * scale)}"'
    return width + (' stroke-linecap="round" stroke-linejoin="round"' if path.round else "")


@lru_cache(maxsize=64)
def _foil_stops(rgb: str) -> str:
    return "".join(f'<stop offset="{short(at)}" stop-color="{lightened(rgb, share)}"/>' for at, share in _FOIL)


def lightened(rgb: str, share: float) -> str:
    """The colour moved towards white, or towards black when share is below 0; -1 to 1."""
    goal = 255 if share > 0 else 0
    channels = (int(rgb[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (goal - channel) * abs(share)):02x}" for channel in channels)
