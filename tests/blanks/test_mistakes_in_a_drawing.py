"""Drawings and shapes may only draw: scripts, references and slips are told with their line."""

from pathlib import Path

import pytest

from tests.blanks.mistakes_read import mistakes
from tests.blanks.small_shop import Shop
from tests.blanks.test_mistakes_in_a_blank import faults_of

DRAWING = "cup/cup.svg"
SHAPE = "cup/shapes/sun.svg"

MISTAKES = mistakes("drawing")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_drawing_is_told_with_its_file_and_its_line(mistake: str, tmp_path: Path) -> None:
    shop = MISTAKES[mistake].shop()
    faults = faults_of(shop, tmp_path)
    assert MISTAKES[mistake].is_told(shop, faults), "\n".join(map(str, faults))


def test_a_thousand_fold_entity_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bomb = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    shop = Shop().spoiled(DRAWING, "<svg", f"<!DOCTYPE svg [{bomb}]><svg")
    assert any("no DOCTYPE and no entities" in fault.sentence for fault in faults_of(shop, tmp_path))
