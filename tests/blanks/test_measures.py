"""How large the dimension lines say a product is."""

import re
from pathlib import Path

import pytest

from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.blanks.measures import Measure, measured
from configurator.options.model import Configuration

BLANKS = Path(__file__).parents[2] / "blanks"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(BLANKS)


def configured(catalogue: Catalogue, key: str, **choices: str) -> Configuration:
    return catalogue.engine(key).answer(choices).configuration


def test_a_board_without_its_handle_is_shorter_and_the_lines_say_so(catalogue: Catalogue) -> None:
    board = catalogue.blank("board")
    long = measured(board, configured(catalogue, "board", form="paddle"), "front")
    short = measured(board, configured(catalogue, "board", form="oval"), "front")
    assert long == Measure((420, 190), (42, 60, 648, 292))
    assert short == Measure((320, 190), (42, 60, 496, 292))
    assert long.box[2] / long.size_mm[0] == pytest.approx(short.box[2] / short.size_mm[0], rel=0.01)


def test_the_back_of_a_mug_is_measured_where_the_back_is_drawn(catalogue: Catalogue) -> None:
    mug = catalogue.blank("mug")
    front, back = (measured(mug, configured(catalogue, "mug"), view) for view in ("front", "back"))
    assert front is not None
    assert back is not None
    assert front.size_mm == back.size_mm == (82, 96)
    assert back.box[0] - front.box[0] == 100


def test_the_line_of_a_shirts_length_stands_past_its_sleeve(catalogue: Catalogue) -> None:
    tee = catalogue.blank("tee")
    measure = measured(tee, configured(catalogue, "tee"), "front")
    assert measure is not None
    outline = tee.drawing.partition('id="front"><path d="')[2].partition('"')[0]
    sleeve = min(float(x) for x in re.findall(r"(\d+),\d+", outline))
    assert measure.box[0] - measure.aside[0] < sleeve - 10


def test_an_open_book_has_no_dimension_lines(catalogue: Catalogue) -> None:
    assert measured(catalogue.blank("book"), configured(catalogue, "book"), "inside") is None
