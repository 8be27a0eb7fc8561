"""Elements of an uploaded SVG: what they are called, refer to, and are refused for."""

from typing import NoReturn
from xml.etree.ElementTree import Element

from configurator.uploads.refusing import Unusable

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
ELSEWHERE = "This SVG refers to another file. Export it as plain SVG with everything in it."
TOO_DEEP = "Groups lie too deep within each other in this SVG. Ungroup it and send it again."
NOTHING = "Nothing is drawn in this SVG. Look at it in a browser, export it anew and send that."
OUTLINES = "Convert its letters to paths (outlines) and send it again."
_INSTEAD = {
    "text": f"letters. {OUTLINES}",
    "flowRoot": f"letters that flow in a frame. {OUTLINES}",
    "script": "a script. Export it as plain SVG and send that.",
    "foreignObject": "a web page. Export it as plain SVG and send that.",
}


class NotFlat(Exception):
    """Flat paths cannot show it, but a picture can. reason: what it is that it has."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def local_name(node: Element) -> str:
    """Its name; empty for what another program has noted for itself, and for comments."""
    tag = node.tag if isinstance(node.tag, str) else "{}"
    return tag.removeprefix(SVG) if tag.startswith(SVG) or not tag.startswith("{") else ""


def href(node: Element) -> str:
    """What it refers to; empty for nothing."""
    return (node.get("href") or node.get(f"{XLINK}href") or "").strip()


def refuse(name: str) -> NoReturn:
    """Raises Unusable: elements of this name are neither drawn nor passed over."""
    if name.startswith("fe"):
        raise Unusable(f"This SVG uses the effect <{name[:40]}>. Save it as PDF or PNG and send that.")
    raise Unusable(f"This SVG holds {_INSTEAD.get(name, f'<{name[:40]}>. Export it as plain SVG with paths only.')}")
