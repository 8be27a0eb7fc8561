"""Which part of its plane an uploaded SVG shows."""

import re
from math import hypot, sqrt
from xml.etree.ElementTree import Element

from configurator.geometry import Box
from configurator.uploads.refusing import Unusable
from configurator.uploads.styling import number
from configurator.uploads.svg_elements import SHAPES, local_name

UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
"""A length of one, in pixels."""
_LENGTH = re.compile(r"\s*(\d*\.?\d+(?:e[-+]?\d+)?)([a-z]*)\s*", re.IGNORECASE)
_MOST, _THIN = 1e7, 1000
_ACROSS, _DOWN = ("x", "width", "cx", "rx", "x1", "x2"), ("y", "height", "cy", "ry", "y1", "y2")
_SHARE = re.compile(r"\s*(-?\d*\.?\d+)%\s*")


def view_box(root: Element) -> Box | None:
    """As it says itself; None if it does not."""
    numbers = [number(text) for text in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if text]
    if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
        return None
    return Box(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3])


def frame(root: Element) -> Box:
    """Its view box, else its width and height. Raises Unusable for neither, and for what no picture can be."""
    box = view_box(root) or Box(0, 0, _length(root.get("width", "")), _length(root.get("height", "")))
    short, long = sorted((box.width, box.height))
    if short * _MOST < 1:
        raise Unusable("This SVG does not say how large it is. Export it with a view box, or as PDF, and send that.")
    if long > min(_MOST, short * _THIN):
        raise Unusable("This SVG is too large, or too long and thin. Set its page to what is drawn and export it anew.")
    return box


def share_out(root: Element) -> None:
    """Sizes and places of shapes in per cent become numbers, as shares of what is seen."""
    box = view_box(root) or Box(0, 0, _length(root.get("width", "")), _length(root.get("height", "")))
    ways = {**dict.fromkeys(_ACROSS, box.width), **dict.fromkeys(_DOWN, box.height)}
    ways["r"] = hypot(box.width, box.height) / sqrt(2)
    for node in root.iter():
        if local_name(node) in SHAPES | {"text", "tspan"} and ways["r"]:
            for name in ways.keys() & node.attrib.keys():
                if found := _SHARE.fullmatch(node.attrib[name]):
                    node.set(name, f"{float(found[1]) / 100 * ways[name]:.6g}")


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * UNITS.get(found[2].lower(), 0) if found else 0
