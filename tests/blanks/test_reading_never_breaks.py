"""Whatever stands in the files: reading them gives faults with places, never a stack trace."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.blanks.catalogue import read_folder
from configurator.blanks.lines import Path as TomlPath
from configurator.blanks.lines import line_index
from configurator.blanks.sheet import sheet_of
from tests.blanks.rich_cup import cup
from tests.blanks.small_shop import CUP, DRAWING, SHOP, Shop
from tests.effort import examples

QUICK = examples(150)
FILES = ("shop.toml", "cup/blank.toml", "cup/cup.svg", "cup/shapes/sun.svg")
ODD = [
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    "[[1]]",
    "2026-11-22",
    "[[",
    '"\\u0000"',
    "9" * 30,
]


def a_shop(data: st.DataObject) -> Shop:
    """A shop without a fault, its cup with few options and rules or with all kinds of them."""
    shop = Shop()
    shop.files["cup/blank.toml"] = data.draw(st.sampled_from((CUP, cup())))
    return shop


def test_what_is_spoiled_was_sound_before(tmp_path: Path) -> None:
    for number, text in enumerate((CUP, cup())):
        shop = Shop()
        shop.files["cup/blank.toml"] = text
        assert read_folder(shop.written(tmp_path / str(number))).faults == ()


def read_without_breaking(shop: Shop, folder: Path) -> None:
    reading = read_folder(shop.written(folder))
    for fault in reading.faults:
        lines = shop.files.get(fault.file, "").count("\n") + 1
        assert 1 <= fault.line <= lines + 1, fault
        assert fault.sentence.strip().endswith((".", "?", "”", "!", ")")), fault
        assert "Traceback" not in fault.sentence


@QUICK
@given(data=st.data())
def test_a_file_with_a_passage_cut_out_or_doubled(data: st.DataObject, tmp_path: Path) -> None:
    shop = a_shop(data)
    file = data.draw(st.sampled_from(FILES))
    text = shop.files[file]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    middle = data.draw(st.sampled_from(["", text[start:end] * 2, "\n", '"', "{", "]", "\x00", "é", "#"]))
    shop.files[file] = text[:start] + middle + text[end:]
    read_without_breaking(shop, tmp_path)


@QUICK
@given(data=st.data())
def test_a_value_of_any_other_kind(data: st.DataObject, tmp_path: Path) -> None:
    shop = a_shop(data)
    file = data.draw(st.sampled_from(FILES[:2]))
    lines = shop.files[file].split("\n")
    number = data.draw(st.sampled_from([n for n, line in enumerate(lines) if "=" in line]))
    key = lines[number].split("=")[0]
    lines[number] = f"{key}= {data.draw(st.sampled_from(ODD))}"
    shop.files[file] = "\n".join(lines)
    read_without_breaking(shop, tmp_path)


@QUICK
@given(data=st.data())
def test_a_word_replaced_by_another_word_of_the_file(data: st.DataObject, tmp_path: Path) -> None:
    shop = a_shop(data)
    file = data.draw(st.sampled_from(FILES[:2]))
    words = sorted(set(shop.files[file].replace('"', " ").split()) - {"=", "{", "}", ",", "[", "]"})
    old, new = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
    shop.files[file] = shop.files[file].replace(old, new, data.draw(st.integers(1, 3)))
    read_without_breaking(shop, tmp_path)


@QUICK
@given(content=st.binary(max_size=300), file=st.sampled_from(FILES))
def test_any_bytes_at_all(content: bytes, file: str, tmp_path: Path) -> None:
    folder = Shop().written(tmp_path)
    (folder / file).write_bytes(content)
    assert read_folder(folder).faults


def paths_of(value: Any, path: TomlPath = ()) -> list[TomlPath]:
    """Every path into a TOML document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in items for found in paths_of(inner, (*path, key)))]


@pytest.mark.parametrize(
    "text", [SHOP, CUP, *(p.read_text("utf-8") for p in Path(__file__).parents[2].glob("blanks/**/*.toml"))]
)
def test_every_key_of_a_file_has_a_line_and_the_key_stands_on_it(text: str) -> None:
    index, lines = line_index(text), text.split("\n")
    for path in paths_of(tomllib.loads(text))[1:]:
        assert path in index, path
        if isinstance(path[-1], str):
            assert path[-1] in lines[index[path] - 1], (path, index[path])


TRICKY = {
    'a = "x # no comment"\nb = 1': {("a",): 1, ("b",): 2},
    'a = """\nb = 2\n"""\nc = 3': {("a",): 1, ("c",): 4},
    "a = '''\n[x]\n'''\nc = 3": {("a",): 1, ("c",): 4},
    'a = """x"""""\nb = 1': {("a",): 1, ("b",): 2},
    'a = ["]", "}",\n  { b = "#" },\n]': {("a", 0): 1, ("a", 2): 2, ("a", 2, "b"): 2},
    "\"quoted key\" = 1\n'other' = 2": {("quoted key",): 1, ("other",): 2},
    '"\\u0061" = 1': {("a",): 1},
    "a.b.c = 1\na.d = 2": {("a",): 1, ("a", "b", "c"): 1, ("a", "d"): 2},
    "[a]\nx = 1\n[a.b]\ny = 2": {("a",): 1, ("a", "b"): 3, ("a", "b", "y"): 4},
    "[[a]]\n[[a]]\n[a.b]\nx = 1\n[[a.c]]\n[[a.c]]\ny = 2": {
        ("a", 1): 2,
        ("a", 1, "b", "x"): 4,
        ("a", 1, "c", 1, "y"): 7,
    },
    "# only a comment\n\n\na = 1979-05-27 07:32:00 # when\nb = [1, # one\n 2]": {("a",): 4, ("b", 1): 6},
    "a = {b = {c = 1}, d = []}": {("a", "b", "c"): 1, ("a", "d"): 1},
}


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_toml_keeps_its_lines(text: str) -> None:
    index = line_index(text)
    assert {path: index[path] for path in TRICKY[text]} == TRICKY[text]


VALUES = st.recursive(
    st.one_of(
        st.integers(-(10**6), 10**6),
        st.booleans(),
        st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@examples(300)
@given(st.dictionaries(st.text('abc-_ ."é', min_size=1, max_size=6), VALUES, min_size=1, max_size=6))
def test_every_key_of_any_toml_has_its_line(content: dict[str, Any]) -> None:
    text = "".join(
        f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in content.items()
    )
    assert sheet_of(text, name="any.toml").faults == []
    lines = line_index(text)
    assert [lines[key,] for key in content] == list(range(1, len(content) + 1))


def test_a_drawing_of_any_depth_is_read(tmp_path: Path) -> None:
    shop = Shop()
    shop.files["cup/cup.svg"] = DRAWING.replace("</svg>", "<g>" * 20_000 + "</g>" * 20_000 + "</svg>")
    read_without_breaking(shop, tmp_path)
