"""Shapes in a strip as short as spyrrow finds one, searched for in a process of its own with a time limit."""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(__file__).with_name("strip_process.py")
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
    """All shapes in a strip that runs along x; None when the search failed or did not end (a shape may be hostile)."""
    task = {
        "outlines": outlines,
        "height": across.width,
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
        LOG.warning("Nesting %s shapes failed; rectangles stand: %s", len(outlines), run.stderr.decode()[-400:])
        return None
    found = json.loads(run.stdout)
    if [row[0] for row in found["places"]] != list(range(len(outlines))):
        return None
    return Strip(found["length"], tuple((degrees, x, y) for _, degrees, x, y in found["places"]))
