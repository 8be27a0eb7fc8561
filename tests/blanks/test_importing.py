"""Models from other software, imported from the command line into blanks that check-blanks reads."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.clicking_models import product_of
from benchmarks.walking import walk
from configurator.blanks.catalogue import read_catalogue
from configurator.blanks.checking import check
from configurator.blanks.importing import CannotImport, import_model, write_blank
from configurator.cli import app

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/benchmarks/options"
SHIRT = """product { Color color Size size num/mm 0-9 hem }
enumeration Color { Red "Light \\"Blue\\"" }
enumeration Size { attribute num/g weight S = (120) XL = (180) }
behavior {
    explanation "XL is not made in red, sorry!"
    combinations (size color) allow (S -*-) allow (XL "Light \\"Blue\\"")
    explanation "A hem is for heavy shirts."
    condition hem > 0 require size.weight > 150
    default color = Red
    default size = XL
}"""
FORMULA = "c 1 Rear wheel\nc 2 bell\np cnf 3 2\n-1 2 0\n1 3 0\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the seven blanks, to put an eighth beside them."""
    return Path(shutil.copytree(ROOT / "blanks", tmp_path / "blanks"))


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_an_imported_product_becomes_a_blank_that_check_blanks_reads(shop: Path) -> None:
    source = file(shop, "shirt.coom", SHIRT)
    told = CliRunner().invoke(app, ["import-options", str(source), "--to", str(shop / "shirt")])
    assert told.exit_code == 0
    assert told.stdout.startswith('shirt.coom: 3 options, 2 rules, 12 products\n  Color: Red, Light "Blue"\n')
    shop_toml = shop / "shop.toml"
    shop_toml.write_text(shop_toml.read_text().replace('["board",', '["shirt", "board",'))
    assert check(shop).faults == ()
    assert read_catalogue(shop).engine("shirt").count() == 12


def test_a_formula_becomes_options_that_are_no_or_yes(shop: Path) -> None:
    imported = import_model(file(shop, "bike.cnf", FORMULA))
    assert imported.lines()[:2] == ("bike.cnf: 3 options, 2 rules, 4 products", "  Rear wheel: No, Yes")
    write_blank(imported, shop / "bike")
    assert 'require = "rear-wheel = no or bell = yes"' in (shop / "bike/blank.toml").read_text()


def test_what_is_there_already_is_not_overwritten(shop: Path) -> None:
    imported = import_model(file(shop, "bike.cnf", FORMULA))
    before = (shop / "mug/blank.toml").read_bytes()
    with pytest.raises(CannotImport, match="is there already"):
        write_blank(imported, shop / "mug")
    assert (shop / "mug/blank.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", "", "a.txt: expected a .coom product or a .dimacs or .cnf formula."),
        (
            "a.coom",
            "product {",
            "a.coom: Line 1, column 10: Expected a feature such as “Color color”, or “}”, found",
        ),
        ("a.cnf", "p cnf 2 1\n3 0\n", "a.cnf: Line 2: The header names 2 variables, this is number 3."),
        (
            "a.cnf",
            "c x\np cnf 2 3\n1 0\n2 0\n",
            "a.cnf: Line 2: The header says 3 clauses, and there are 2.",
        ),
        ("a.cnf", b"p cnf 1 1\n\xff 0\n", "a.cnf: Line 2: This is not UTF-8. Save the file as UTF-8."),
    ],
)
def test_no_model_is_told_with_its_place(tmp_path: Path, name: str, text: str | bytes, told: str) -> None:
    source = tmp_path / name
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CannotImport) as fault:
        import_model(source)
    assert fault.value.sentence.startswith(told)


def test_a_folder_must_be_named_as_a_blank_and_stand_beside_the_others(tmp_path: Path) -> None:
    imported = import_model(file(tmp_path, "bike.cnf", FORMULA))
    with pytest.raises(CannotImport, match="Name it like my-bike"):
        write_blank(imported, tmp_path / "My Bike")


@pytest.mark.parametrize(
    ("name", "count"),
    [("routefinding.dimacs", 1777705574400), ("eshop.dimacs", 247496437923840)],
)
def test_published_formulas_are_counted_exactly_as_options_and_rules(name: str, count: int) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not beside this checkout")
    assert import_model(SHARED / name).products == count


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("p cnf 0 1\n0\n", "The formula has 0 variables, and a blank 1 to 20,000 options."),
        ("p cnf 1000000 1\n1 0\n", "The formula has 1,000,000 variables, and a blank 1 to 20,000 options."),
        (f"p cnf 9000 1\n{' '.join(map(str, range(1, 9001)))} 0\n", "Clause 1 is too long: 9,000 variables make no"),
    ],
)
def test_a_formula_that_no_blank_can_hold_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CannotImport) as refusal:
        import_model(file(tmp_path, "big.cnf", text))
    assert refusal.value.sentence.startswith(f"big.cnf: {told}")


def test_a_sum_of_too_many_parts_is_told_with_its_file_and_rule(tmp_path: Path) -> None:
    behavior = 'behavior { explanation "Too heavy" require sum(a.w) + sum(b.w) + sum(c.w) <= 700 }'
    text = f"product {{ 200 E a 200 E b 2 E c }} enumeration E {{ attribute num w x = (1) y = (2) }} {behavior}"
    with pytest.raises(CannotImport) as refusal:
        import_model(file(tmp_path, "heavy.coom", text))
    assert refusal.value.sentence.startswith("heavy.coom: The rule “Too heavy.” adds up too much")


def test_odd_names_of_variables_are_made_readable(tmp_path: Path) -> None:
    names = f"c 1 \a\x1b[31m\nc 2 {'x' * 9000}\nc 3 {'x' * 9000}\n"
    imported = import_model(file(tmp_path, "odd.cnf", f"{names}p cnf 3 1\n1 1 -2 3 0\n"))
    assert [option.label for option in imported.model.options] == ["[31m", "X" + "x" * 79, "X" + "x" * 79]
    assert len({option.key for option in imported.model.options}) == 3
    assert imported.products == 7


def test_a_formula_of_many_rules_is_imported(tmp_path: Path) -> None:
    units = "".join(f"{number} 0\n" for number in range(1, 801))
    assert import_model(file(tmp_path, "units.cnf", f"p cnf 800 800\n{units}")).products == 1


def test_a_model_without_any_product_is_told_with_the_rules_that_contradict_each_other(tmp_path: Path) -> None:
    behavior = 'behavior { explanation "No red." require c != Red explanation "No green." require c != Green }'
    source = file(tmp_path, "none.coom", f"product {{ Color c }} enumeration Color {{ Red Green }} {behavior}")
    told = CliRunner().invoke(app, ["import-options", str(source)])
    assert told.stdout.splitlines()[:2] == [
        "none.coom: 1 options, 2 rules, 0 products",
        "No product keeps to all of these rules at once: “No red.” “No green.” Change or remove one of them.",
    ]
    found = walk(product_of(source, source.read_text()).walk, 5, 1)
    assert (found.clicks, found.times.figures("why")) == (5, {"p50": 0, "p95": 0, "p99": 0})
