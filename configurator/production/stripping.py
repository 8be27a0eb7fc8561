"""Shapes in a strip as short as spyrrow finds one, searched for in a process of its own with a time limit."""

import json
import logging
import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).with_name("strip_process.py")
LEAST_LENGTH = 4
"""In gaps: a strip that begins shorter than about this is refused by spyrrow 0.9."""
LOG = logging.getLogger(__name__)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """How long it is, and for every shape (degrees, x, y): turned about its origin, then moved. In mm."""

    length: float
    places: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Width:
    """Of a strip: from edge to edge, the gap between shapes, and the degrees at which they may lie."""

    width: float
    gap: float
    angles: tuple[float, ...]


def stripped(outlines: Sequence[Sequence[Point]], across: Width, *, seed: int, seconds: int) -> Strip | None:
    """All shapes in a strip that runs along x; None when the search failed or did not end (a shape may be hostile).

    spyrrow keeps the gap to the strip's edges too, where nobody asks for one: its strip is larger by that.
    """
    task = {
        "outlines": outlines,
        "height": _height(outlines, across),
        "gap": across.gap,
        "angles": across.angles,
        "seed": seed,
        "seconds": seconds,
    }
    try:
        run = subprocess.run(  # noqa: S603 - our own program, without a shell
            [sys.executable, "-P", str(PROGRAM)],
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=20 + 3 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        LOG.warning("Nesting %s shapes did not end in time; rectangles stand.", len(outlines))
        return None
    if run.returncode != 0:
        said = " ".join(run.stderr.decode(errors="replace").split())
        LOG.warning("Nesting %s shapes failed; rectangles stand: %s", len(outlines), said[:300])
        return None
    found = json.loads(run.stdout)
    if [row[0] for row in found["places"]] != list(range(len(outlines))):
        return None
    gap = across.gap
    return Strip(found["length"] - 2 * gap, tuple((degrees, x - gap, y - gap) for _, degrees, x, y in found["places"]))


def _height(outlines: Sequence[Sequence[Point]], across: Width) -> float:
    """What spyrrow calls the height: less than there is where few small shapes would leave the strip no length."""
    if not across.gap:
        return across.width
    boxes = [(max(xs) - min(xs), max(ys) - min(ys)) for xs, ys in (zip(*ring, strict=True) for ring in outlines)]
    tallest = max(math.hypot(width, height) for width, height in boxes)
    covered: float = sum(width * height for width, height in boxes) / 2
    height: float = min(across.width, max(covered / (LEAST_LENGTH * across.gap), tallest))
    return height + 2 * across.gap
