"""A blank kept with an order can be read again, byte for byte, whatever became of its folder."""

import shutil
from pathlib import Path

import pytest

from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.storing import UnreadableBlank, blank_files, blank_from_files
from tests.blanks.small_shop import SUN, Shop

BLANKS = Path(__file__).parents[2] / "blanks"


@pytest.mark.parametrize("key", ["board", "tee", "notebook", "muesli", "keyring", "book", "mug"])
def test_a_kept_blank_is_the_same_blank(key: str) -> None:
    catalogue = read_catalogue(BLANKS)
    blank = catalogue.blank(key)
    kept = blank_files(blank)
    assert blank_from_files(kept, catalogue.shop) == blank
    assert blank_files(blank_from_files(kept, catalogue.shop)) == kept


def test_a_kept_blank_keeps_its_version_when_its_folder_changes(tmp_path: Path) -> None:
    before = read_catalogue(Shop().written(tmp_path))
    kept = blank_files(before.blank("cup"))
    (tmp_path / "cup/blank.toml").write_text(Shop().files["cup/blank.toml"].replace('"13.00"', '"15.00"'), "utf-8")
    after = read_catalogue(tmp_path)
    assert after.blank("cup").version != before.blank("cup").version
    assert blank_from_files(kept, after.shop).version == before.blank("cup").version
    assert blank_from_files(kept, after.shop).price.base == 1300


@pytest.mark.parametrize("file", ["cup/cup.svg", "cup/shapes/sun.svg", "cup/shapes/moon.svg"])
def test_whatever_shapes_a_piece_changes_the_version(file: str, tmp_path: Path) -> None:
    before = read_catalogue(Shop().written(tmp_path)).blank("cup").version
    text = (tmp_path / file).read_text("utf-8") if (tmp_path / file).exists() else SUN
    (tmp_path / file).write_text(text.replace("</svg>", "<path/></svg>"), "utf-8")
    assert read_catalogue(tmp_path).blank("cup").version != before


def test_notes_beside_a_blank_do_not_change_its_version(tmp_path: Path) -> None:
    before = read_catalogue(Shop().written(tmp_path)).blank("cup").version
    (tmp_path / "cup/notes.txt").write_text("ask for a better price", "utf-8")
    assert read_catalogue(tmp_path).blank("cup").version == before


def test_line_ends_of_another_system_do_not_change_the_version(tmp_path: Path) -> None:
    folder = Shop().written(tmp_path / "one")
    shutil.copytree(folder, tmp_path / "two")
    for place in (tmp_path / "two").rglob("*.*"):
        place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    versions = [read_catalogue(tmp_path / name).blank("cup").version for name in ("one", "two")]
    assert versions[0] == versions[1]


def test_a_kept_blank_is_read_though_the_shop_has_dropped_its_ink_and_component(tmp_path: Path) -> None:
    catalogue = read_catalogue(Shop().written(tmp_path))
    kept = blank_files(catalogue.blank("cup"))
    poorer = Shop().spoiled("shop.toml", '"cup-{inside}"', '"bowl-{inside}"').spoiled("shop.toml", '"navy"', '"ochre"')
    for name in ("cup/blank.toml",):
        poorer.files[name] = poorer.files[name].replace("cup-{inside}", "bowl-{inside}").replace('"navy"', '"ochre"')
    today = read_catalogue(poorer.written(tmp_path / "today"))
    assert blank_from_files(kept, today.shop).uses == {"cup-{inside}": 1}


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"format":1,"key":"cup","files":[]}', '{"format":9,"key":"c","files":{}}']
)
def test_a_kept_text_that_was_cut_short_says_so(text: str, tmp_path: Path) -> None:
    shop = read_catalogue(Shop().written(tmp_path)).shop
    with pytest.raises(UnreadableBlank):
        blank_from_files(text, shop)
