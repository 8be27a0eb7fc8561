"""Stylesheet, scripts and the interface font: named by content hash, compressed once a machine, served from memory."""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped] # it brings no types and there are no stubs

from configurator.kept_files import kept
from configurator.web.interface_font import interface_font
from configurator.web.name_fonts import NameFonts
from configurator.web.resources import htmx, resource

TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}

# 10 to 51 are everybody's (the counter has the customiser too), 52 to 59 the shop's, from 60 the tools'.
STYLES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("shop.css", lambda name: name < "60"),
    ("tools.css", lambda name: not "52" <= name < "60"),
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it goes over the wire, in every encoding."""

    name: str
    media_type: str
    plain: bytes
    br: bytes
    gzip: bytes


class Assets:
    """All assets of the interface: `url("shop.css")` is an address that never changes its content."""

    def __init__(self, cache: Path) -> None:
        font = _asset("interface.woff2", interface_font(cache), cache)
        self.names = NameFonts(cache)
        faces = {"{interface-font}": f"/static/{font.name}", "/* {name-fonts} */": self.names.faces}
        css = {name: _with(faces, _stylesheet(wanted)) for name, wanted in STYLES}
        files = {
            "interface.woff2": font,
            **{name: _asset(name, text.encode(), cache) for name, text in css.items()},
            "htmx.js": _asset("htmx.js", htmx().read_bytes(), cache),
            **{
                path.name: _asset(path.name, path.read_bytes(), cache)
                for path in sorted(resource("static").glob("*.*"))
            },
        }
        self._names: Mapping[str, str] = {logical: asset.name for logical, asset in files.items()}
        self._files: Mapping[str, Asset] = {asset.name: asset for asset in files.values()}

    def url(self, logical: str) -> str:
        """The address of an asset by its plain name."""
        return f"/static/{self._names[logical]}"

    def file(self, name: str) -> Asset | None:
        """The asset served under a hashed name."""
        return self._files.get(name)


def _with(said: Mapping[str, str], text: str) -> str:
    for name, meant in said.items():
        text = text.replace(name, meant)
    return text


def _stylesheet(wanted: Callable[[str], bool]) -> str:
    parts = [part for part in sorted((resource("static") / "css").glob("*.css")) if wanted(part.name)]
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def _asset(logical: str, content: bytes, cache: Path) -> Asset:
    stem, dot, suffix = logical.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()
    packed = dot + suffix != ".woff2"
    return Asset(
        name=f"{stem}-{digest[:12]}{dot}{suffix}",
        media_type=TYPES[dot + suffix],
        plain=content,
        br=kept(cache / f"{digest}.br", lambda: brotli.compress(content, quality=9)) if packed else content,
        gzip=kept(cache / f"{digest}.gz", lambda: gzip.compress(content, 9, mtime=0)) if packed else content,
    )
