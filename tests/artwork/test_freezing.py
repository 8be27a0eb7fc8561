"""Frozen scenes: what an order keeps comes back the same, and the same scene is the same bytes."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configurator.artwork.freezing import UnknownFormat, freeze, thaw
from tests.artwork.workbench import FLAT, area, scene, sun, text

RING = area(cut="contour", size_mm=(60.0, 60.0), surface=FLAT, hole_mm=(30.0, 5.0, 4.0))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.sampled_from(["navy", "gold", "burn"]), st.sampled_from([None, RING]))
def test_what_is_frozen_comes_back_equal(words: str, ink: str, on: object) -> None:
    laid = scene(text(words, ink=ink), sun(x_mm=31.25), on=RING if on else None)
    assert thaw(freeze([laid])) == (laid,)


def test_equal_scenes_give_equal_bytes() -> None:
    assert freeze([scene(text("Marit"), sun())]) == freeze([scene(text("Marit"), sun())])


def test_different_scenes_give_different_bytes() -> None:
    assert freeze([scene(text("Marit"))]) != freeze([scene(text("Marie"))])


def test_a_name_on_a_mug_takes_a_few_kilobytes() -> None:
    assert len(freeze([scene(text("Wilhelmina", font="lobster"))])) < 6_000


@pytest.mark.parametrize("garbage", [b"", b"abc", zlib.compress(b"[]"), zlib.compress(b'{"format":99,"scenes":[]}')])
def test_anything_else_is_refused(garbage: bytes) -> None:
    with pytest.raises(UnknownFormat):
        thaw(garbage)
