"""A face cut down to some letters and weights, as woff2: what a browser needs of it."""

import io
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any


def cut_down(source: Path, codes: Iterable[int], axes: Mapping[str, Any], features: Sequence[str]) -> bytes:
    """woff2 with these code points, OpenType features and axes (a value, or from and to). Takes up to some seconds."""
    # Imported here: fontTools' subsetter costs 0.2 s that a start with a warm cache does not need.
    subset: Any = import_module("fontTools.subset")
    instancer: Any = import_module("fontTools.varLib.instancer")
    ttlib: Any = import_module("fontTools.ttLib")
    options = subset.Options(layout_features=list(features), flavor="woff2", hinting=False)
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay (OFL 1.1)
    font = ttlib.TTFont(source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(codes))
    subsetter.subset(font)
    has = {axis.axisTag for axis in font["fvar"].axes}
    font = instancer.instantiateVariableFont(font, {axis: limit for axis, limit in axes.items() if axis in has})
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
