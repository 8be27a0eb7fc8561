"""Machine code is kept for the sources that it was made from, and for no others."""

import ast
from pathlib import Path

import pytest

from configurator.compiled import LOOPS, ROOT, kept_in


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for folder in LOOPS:
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "one.py").write_text("A = 1\n")
        (tmp_path / folder / "other.py").write_text("B = 2\n")
    return tmp_path


@pytest.mark.parametrize("folder", LOOPS)
def test_a_changed_loop_is_compiled_anew_with_all_that_call_it_from_other_files(sources: Path, folder: str) -> None:
    before = kept_in(sources)
    assert kept_in(sources) == before
    (sources / folder / "one.py").write_text("A = 3\n")
    assert kept_in(sources) != before
    (sources / folder / "one.py").write_text("A = 1\n")
    assert kept_in(sources) == before


def test_machine_code_is_kept_beside_the_sources_or_where_the_setting_says(sources: Path, tmp_path: Path) -> None:
    assert kept_in(sources).parent == sources / "__pycache__"
    assert kept_in(sources, str(tmp_path / "cache")).parent == tmp_path / "cache"


def test_sources_that_cannot_be_written_beside_are_compiled_into_the_users_folder(tmp_path: Path) -> None:
    assert kept_in(tmp_path / "not" / "there").is_relative_to(Path.home())


def test_every_module_with_loops_is_in_a_folder_that_is_looked_at() -> None:
    folders = {ROOT / folder for folder in LOOPS}
    for file in ROOT.rglob("*.py"):
        imported = {node.module for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)}
        assert "configurator.compiled" not in imported or file.parent in folders, file
