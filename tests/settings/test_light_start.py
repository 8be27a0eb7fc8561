import subprocess
import sys
from pathlib import Path

import pytest

from configurator.database import Database
from configurator.kept_files import kept
from configurator.migrations.migrating import migrate
from configurator.web.resources import ROOT

pytestmark = pytest.mark.slow  # processes of their own

WAITED_FOR = (
    *("alembic", "rich", "fontTools.ttLib", "numba", "pyvips", "pikepdf", "ezdxf", "typst", "spyrrow", "procrastinate"),
    *("pyembroidery", "pypdfium2", "pi_heif", "sqlalchemy.dialects.postgresql"),
)
"""Each takes 20 to 400 ms and some megabytes; whoever needs one loads it."""


def test_a_server_on_sqlite_loads_nothing_heavy_that_its_first_page_does_not_need() -> None:
    loaded = f"import sys, configurator.cli, configurator.serving; print(*(set({WAITED_FOR!r}) & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""


def test_a_database_that_is_up_to_date_is_left_without_loading_alembic(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "configurator.migrations.upgrading", None)
    migrate(database)


def test_what_was_worked_out_once_is_not_worked_out_again(tmp_path: Path) -> None:
    assert kept(tmp_path / "new" / "file", lambda: b"long work") == b"long work"
    assert kept(tmp_path / "new" / "file", lambda: b"never asked") == b"long work"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["file"]


def test_where_nothing_can_be_kept_it_is_worked_out_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder can be made here")
    assert kept(tmp_path / "file" / "in it", lambda: b"one") == b"one"
    assert kept(tmp_path / "file" / "in it", lambda: b"two") == b"two"
