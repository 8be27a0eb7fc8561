"""Boxes and maps are values: alike when their parts are, found again by them, the same in another process."""

import pickle
from dataclasses import replace

from configurator.geometry import Affine, Box


def test_two_boxes_of_the_same_sides_are_one_key() -> None:
    assert {Box(1, 2, 3, 4): "found"}[Box(1, 2, 3.0, 4)] == "found"
    assert Box(1, 2, 3, 4) != Box(1, 2, 3, 5)
    assert len({Affine(), Affine(1, 0, 0, 1), Affine.shifted(1, 0)}) == 2


def test_a_box_arrives_whole_in_another_process() -> None:
    box, by = Box(1, 2, 3, 4), Affine.turned(30)
    assert pickle.loads(pickle.dumps((box, by))) == (box, by)  # noqa: S301 - written a line above


def test_a_changed_copy_leaves_the_box_as_it_was() -> None:
    box = Box(1, 2, 3, 4)
    assert replace(box, right=9) == Box(1, 2, 9, 4)
    assert box == Box(1, 2, 3, 4)
