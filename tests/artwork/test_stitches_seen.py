"""Which of the machine's stitches a picture shows as threads."""

import numpy as np
import pytest

from configurator.artwork.stitches import stitches
from configurator.artwork.stitches_fills import FILL_DEGREES
from configurator.artwork.stitches_seen import threads
from tests.artwork.sewing import HOW, embroidered
from tests.artwork.workbench import sun

HALF_A_SUN = '<svg viewBox="-42 -42 84 42"><path d="M-42,0 A42,42 0 0 1 42,0 Z" fill="ink-1"/></svg>'


@pytest.mark.parametrize("width_mm", [18.0, 24.0, 28.6, 33.0, 47.0, 60.0])
def test_a_round_fill_shows_all_its_rows_and_none_of_the_steps_between_them(width_mm: float) -> None:
    scene = embroidered(sun(inks=("sun",), width_mm=width_mm), shapes={"sun": HALF_A_SUN})
    (block,) = stitches(scene).blocks
    (motif,) = block.sewn
    starts, stops = threads(motif.upright, HOW)
    ways = (stops - starts).astype(np.float64)
    long = ways[np.hypot(*ways.T) > 15]
    degrees = np.degrees(np.arctan2(long[:, 1], long[:, 0])) % 180
    assert np.abs(degrees - FILL_DEGREES).max() < 6

    c, s = np.cos(np.radians(FILL_DEGREES)), np.sin(np.radians(FILL_DEGREES))
    heights = np.sort((starts + stops)[np.hypot(*ways.T) > 15] @ (-s, c) / 2)
    assert np.diff(heights).max() < 2 * HOW.row_mm * 10 - 1
