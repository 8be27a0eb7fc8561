"""Mistakes in shop.toml and in the folder: told like those of a blank."""

from pathlib import Path

import pytest

from configurator.blanks.faults import Fault
from tests.blanks.mistakes_read import mistakes
from tests.blanks.small_shop import CUP, Shop
from tests.blanks.test_mistakes_in_a_blank import faults_of

SHOP = "shop.toml"

MISTAKES = mistakes("shop")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_shop_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    shop = MISTAKES[mistake].shop()
    faults = faults_of(shop, tmp_path)
    assert MISTAKES[mistake].is_told(shop, faults), "\n".join(map(str, faults))


def test_a_changeover_between_families_that_no_blank_makes_is_a_mistake(tmp_path: Path) -> None:
    shop = Shop()
    shop.files[SHOP] += '\n[[changeover]]\nfrom = "cup-white"\nto   = "cup-corall"\nmin  = 3\n'
    assert faults_of(shop, tmp_path) == (
        Fault(
            SHOP,
            shop.line(SHOP, "cup-corall"),
            "“cup-corall” is no setup family of any blank. Did you mean “cup-coral”?",
        ),
    )


def test_a_folder_that_the_shop_does_not_name_is_a_mistake(tmp_path: Path) -> None:
    shop = Shop()
    shop.files["bowl/blank.toml"] = CUP
    (fault,) = faults_of(shop, tmp_path)
    assert (fault.file, fault.line) == (SHOP, shop.line(SHOP, "blanks     ="))
    assert "The folder bowl is not named here" in fault.sentence


def test_two_blanks_with_one_barcode_are_a_mistake(tmp_path: Path) -> None:
    shop = Shop().spoiled(SHOP, 'blanks     = ["cup"]', 'blanks     = ["cup", "bowl"]')
    shop.files |= {name.replace("cup/", "bowl/"): text for name, text in shop.files.items() if name.startswith("cup/")}
    (fault,) = faults_of(shop, tmp_path)
    assert (fault.file, fault.line) == ("bowl/blank.toml", shop.line("bowl/blank.toml", "barcode"))
    assert "The barcode 4262000330013 is also that of cup" in fault.sentence


def test_a_folder_without_shop_toml_says_so(tmp_path: Path) -> None:
    shop = Shop()
    del shop.files[SHOP]
    assert faults_of(shop, tmp_path) == (Fault(SHOP, 1, "This file is missing."),)


def test_a_blank_without_its_file_says_so(tmp_path: Path) -> None:
    shop = Shop()
    del shop.files["cup/blank.toml"]
    assert Fault("cup/blank.toml", 1, "This file is missing.") in faults_of(shop, tmp_path)


def test_a_file_in_another_encoding_is_told_with_the_line_of_the_first_strange_letter(tmp_path: Path) -> None:
    folder = Shop().written(tmp_path)
    place = folder / "cup/blank.toml"
    place.write_bytes(place.read_bytes().replace(b"A cup.", "Ein Käppchen.".encode("latin-1")))
    assert faults_of(Shop({}), tmp_path) == (Fault("cup/blank.toml", 2, "This file is not UTF-8. Save it as UTF-8."),)


def test_an_area_larger_than_the_embroidery_machine_s_hoop_is_a_mistake(tmp_path: Path) -> None:
    thread = '{ key = "navy", label = "Navy", thread = "1967", rgb = "#1f2a63", cmyk = [1, 1, 0, 0] }'
    sewing = '{ price_per_1000 = "0.80", per_min = 750, field_mm = [40, 30] }'
    stitched = f'output          = "stitch"\nsewing = {sewing}\ninks = [{thread}]'
    shop = Shop().spoiled(SHOP, 'output          = "print"', stitched).spoiled(SHOP, 'palette         = "process"', "")
    faults = [fault for fault in faults_of(shop, tmp_path) if "hoop" in fault.sentence]
    assert faults
    assert all(
        fault.sentence.startswith("The hoop for Sublimation takes 40 x 30 mm; this area is ") for fault in faults
    )
