"""The silhouette of a picture with transparency: what a cut contour goes round, and where letters stand on it."""

import io
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageFilter
from PIL.Image import Image as Pixelmap

from configurator.geometry import Command, PathData

geo: Any = shapely
"""Shapely's functions carry no types."""

SEEN = 26
"""Alpha from which a pixel counts, of 255: a tenth."""
SIDE = 400
"""At most so many pixels along the longer side while tracing."""
STAIRS = 0.8
"""How far, in pixels, a line may lie off the stairs of pixels."""
SPECK = 4e-5
"""Share of the picture below which a part is dust that no knife goes round."""


def silhouette(content: bytes) -> PathData:
    """What is seen of a PNG or JPEG, as closed lines in the unit square, y down, without holes.

    Empty when it has no transparency, or nothing is seen of it.
    """
    with Image.open(io.BytesIO(content)) as picture:
        if "A" not in picture.getbands():
            return ()
        alpha = picture.getchannel("A")
    alpha.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    seen = _without_dust(alpha)
    return () if seen.all() or not seen.any() else _outline(seen)


def _without_dust(alpha: Pixelmap) -> np.ndarray:
    """A pixel counts when a third of it and its eight neighbours can be seen: straight edges stay where they are."""
    seen = alpha.point([255 * (level >= SEEN) for level in range(256)])
    return np.asarray(seen.filter(ImageFilter.BoxBlur(1))) >= 90


def _outline(seen: np.ndarray) -> PathData:
    high, wide = seen.shape
    whole = geo.union_all(geo.box(*_runs(seen)))
    path: list[Command] = []
    for part in getattr(whole, "geoms", [whole]):
        if part.area >= SPECK * high * wide:
            ring = geo.Polygon(part.exterior).simplify(STAIRS).exterior.coords[:-1]
            points = [(round(x / wide, 4), round(y / high, 4)) for x, y in ring]
            path += [("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ())]
    return tuple(path)


def _runs(seen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Left, top, right and bottom of each row's runs, a little larger, so that corners that touch are one part."""
    padded = np.pad(seen, ((0, 0), (1, 1))).astype(np.int8)
    steps = np.diff(padded, axis=1)
    rows, lefts = np.nonzero(steps == 1)
    _, rights = np.nonzero(steps == -1)
    return lefts - 0.01, rows - 0.01, rights + 0.01, rows + 1.01
