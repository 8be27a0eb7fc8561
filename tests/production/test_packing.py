"""Rectangles on as few sheets as can be found: nothing overlaps or hangs over; an independent checker says so."""

import json
from pathlib import Path

import numpy as np
import pytest
import rectpack
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sheet_checker import faults
from configurator.production.search.packing import LargerThanTheSheet, Packing, pack

SIZES = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=60)
KNOWN = Path(__file__).parents[3] / "shared" / "benchmarks" / "planning" / "rectangles_250.json"


def rows(packing: Packing) -> list[tuple[int, int, int, bool]]:
    return [(put.sheet, put.left, put.top, put.turned) for put in packing.places]


@settings(deadline=None)
@given(SIZES, st.tuples(st.integers(60, 120), st.integers(60, 90)), st.booleans(), st.integers(0, 2**40))
def test_every_packing_passes_an_independent_checker(
    sizes: list[tuple[int, int]], sheet: tuple[int, int], turn: bool, seed: int
) -> None:
    packing = pack(sizes, sheet, turn=turn, seed=seed, steps=20)
    assert faults(sizes, sheet, rows(packing), turn=turn) == []
    assert packing.bound <= packing.sheets == 1 + max(put.sheet for put in packing.places)
    assert packing == pack(sizes, sheet, turn=turn, seed=seed, steps=20)


@settings(deadline=None, max_examples=25)
@given(SIZES, st.booleans())
def test_no_more_sheets_than_rectpack_needs(sizes: list[tuple[int, int]], turn: bool) -> None:
    oracle = rectpack.newPacker(
        bin_algo=rectpack.PackingBin.BFF, pack_algo=rectpack.MaxRectsBssf, sort_algo=rectpack.SORT_AREA, rotation=turn
    )
    for size in sizes:
        oracle.add_rect(*size)
    oracle.add_bin(60, 60, count=float("inf"))
    oracle.pack()
    assert pack(sizes, (60, 60), turn=turn, seed=1, steps=200).sheets <= len(oracle)


def cut_up(sheets: int, seed: int) -> list[tuple[int, int]]:
    """Sheets of 100 x 100, each cut into four, always the largest piece across its longer side."""
    chance, pieces = np.random.default_rng(seed), list[tuple[int, int]]()
    for _ in range(sheets):
        own = [(100, 100)]
        while len(own) < 4:
            own.sort(key=lambda size: size[0] * size[1])
            width, height = own.pop()
            at = int(max(width, height) * chance.uniform(0.25, 0.75))
            wide = width >= height
            own += [(at, height), (width - at, height)] if wide else [(width, at), (width, height - at)]
        pieces += own
    return pieces


@pytest.mark.parametrize(("sheets", "seed", "most"), [(10, 2, 10), (10, 3, 10), (20, 1, 21), (20, 3, 21)])
def test_what_was_cut_out_of_sheets_goes_back_on_hardly_more(sheets: int, seed: int, most: int) -> None:
    """By orders of all pieces alone it took 11 and 22."""
    assert pack(cut_up(sheets, seed), (100, 100), turn=bool(seed % 2), seed=1, steps=3_000).sheets <= most


def test_the_bound_is_never_above_what_is_known_to_be_possible() -> None:
    if not KNOWN.exists():
        pytest.skip("the published instances are not beside this checkout")
    for instance in json.loads(KNOWN.read_text())[::10]:
        sizes, sheet = [(w, h) for w, h in instance["items"]], tuple(instance["bin"])
        for turn, best in ((False, "best_oriented"), (True, "best_rotation")):
            packing = pack(sizes, sheet, turn=turn, seed=1, steps=50)
            assert packing.bound <= instance[best]
            assert packing.sheets <= instance[best] * 1.1 + 1
            assert faults(sizes, sheet, rows(packing), turn=turn) == []


def test_the_checker_finds_what_overlaps_hangs_over_or_is_turned() -> None:
    sizes = [(4, 2), (4, 2)]
    assert faults(sizes, (4, 4), [(0, 0, 0, False), (0, 0, 2, False)], turn=False) == []
    assert faults(sizes, (4, 4), [(0, 0, 0, False), (0, 0, 1, False)], turn=False) == ["Rectangles 0 and 1 overlap."]
    assert faults(sizes, (4, 4), [(0, 0, 0, False), (0, 0, 3, False)], turn=False) == ["Rectangle 1 hangs over."]
    assert faults(sizes, (4, 4), [(0, 0, 0, True), (1, 0, 0, False)], turn=False) == ["Rectangle 0 is turned."]
    assert faults(sizes, (4, 4), [(0, 0, 0, False), (2, 0, 0, False)], turn=False) == ["Sheets are left empty."]


def test_turning_saves_sheets_where_it_is_allowed() -> None:
    strips = [(10, 2)] * 2 + [(2, 10)] * 3
    assert pack(strips, (10, 10), turn=True, seed=1).sheets == 1
    assert pack(strips, (10, 10), turn=False, seed=1).sheets == 2


def test_what_is_larger_than_the_sheet_is_named() -> None:
    with pytest.raises(LargerThanTheSheet, match="Rectangle 1 of 11 x 3"):
        pack([(1, 1), (11, 3)], (10, 10), turn=True, seed=1)


def test_nothing_needs_no_sheet() -> None:
    assert pack([], (10, 10), turn=True, seed=1) == Packing((), 0, 0)
