"""Stylesheet, scripts and the interface font: named by content hash, compressed once, served from memory."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

from configurator.web.interface_font import interface_font
from configurator.web.resources import htmx, resource

TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


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
        font = _asset("interface.woff2", interface_font(cache))
        css = _stylesheet().replace("{interface-font}", f"/static/{font.name}")
        files = {
            "interface.woff2": font,
            "shop.css": _asset("shop.css", css.encode()),
            "htmx.js": _asset("htmx.js", htmx().read_bytes()),
            **{path.name: _asset(path.name, path.read_bytes()) for path in sorted(resource("static").glob("*.*"))},
        }
        self._names: Mapping[str, str] = {logical: asset.name for logical, asset in files.items()}
        self._files: Mapping[str, Asset] = {asset.name: asset for asset in files.values()}

    def url(self, logical: str) -> str:
        """The address of an asset by its plain name."""
        return f"/static/{self._names[logical]}"

    def file(self, name: str) -> Asset | None:
        """The asset served under a hashed name."""
        return self._files.get(name)


def _stylesheet() -> str:
    parts = sorted((resource("static") / "css").glob("*.css"))
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def _asset(logical: str, content: bytes) -> Asset:
    stem, dot, suffix = logical.rpartition(".")
    packed = dot + suffix != ".woff2"
    return Asset(
        name=f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}",
        media_type=TYPES[dot + suffix],
        plain=content,
        br=brotli.compress(content, quality=9) if packed else content,
        gzip=gzip.compress(content, 9, mtime=0) if packed else content,
    )
