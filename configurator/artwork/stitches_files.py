"""Embroidery machines' files: PES with the threads' colours, DST that every machine reads but that knows no colours."""

import io
from collections.abc import Callable
from typing import Any

import pyembroidery

from configurator.artwork.scene import Scene
from configurator.artwork.stitches import Plan, stitches
from configurator.artwork.stitches_runs import LONGEST

embroidery: Any = pyembroidery
"""Carries no types."""
NAME = "design"
"""What the files call themselves inside; machines show the file's own name."""


def pes(scene: Scene) -> bytes:
    """PES version 6, its threads with colours and codes, origin in the area's middle; the same bytes every time."""
    return _written(embroidery.write_pes, scene, {"version": 6})


def dst(scene: Scene) -> bytes:
    """Tajima DST: stops where the thread is changed, cuts as jumps; the same bytes every time."""
    return _written(embroidery.write_dst, scene, {"trim_at": 3})


def _written(write: Callable[..., None], scene: Scene, settings: dict[str, Any]) -> bytes:
    """The plan has its own locks and knows the longest stitch: the writer adds none and splits jumps only."""
    as_planned = {"max_stitch": LONGEST, "max_jump": LONGEST, "full_jump": True, "tie_on": False, "tie_off": False}
    file = io.BytesIO()
    write(_pattern(stitches(scene), scene), file, {**as_planned, **settings})
    return file.getvalue()


def _pattern(plan: Plan, scene: Scene) -> Any:
    """The plan in pyembroidery's words: tenths of a millimetre from the middle of the area, y down."""
    pattern = embroidery.EmbPattern()
    pattern.extras["name"] = NAME
    x0, y0 = round(scene.width_mm * 5), round(scene.height_mm * 5)
    for number, block in enumerate(plan.blocks):
        pattern.add_thread({"color": block.ink.rgb, "name": block.ink.key, "catalog": block.ink.spot or ""})
        if number:
            pattern.add_command(embroidery.COLOR_CHANGE)
        for run in block.runs:
            points = [(x - x0, y - y0) for x, y in run.points.tolist()]
            pattern.add_stitch_absolute(embroidery.JUMP, *points[0])
            for x, y in points:
                pattern.add_stitch_absolute(embroidery.STITCH, x, y)
            pattern.add_command(embroidery.TRIM)
    pattern.add_command(embroidery.END)
    return pattern
