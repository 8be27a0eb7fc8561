import re
import threading
from pathlib import Path

import procrastinate.schema
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from configurator.database import Database
from configurator.migrations import migrating
from configurator.migrations.drafting import ANEW
from configurator.migrations.migrating import EarlyDraft, check, migrate
from configurator.migrations.tables import every_table
from configurator.migrations.upgrading import BrokenReferences, NewerDatabase
from configurator.stock.rows import StockItem
from tests import postgres

VERSIONS = migrating.SCRIPTS / "versions"


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> object:
    """An empty database of each kind, with no table in it."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
        yield database
        database.close()
    else:
        with postgres.copy_of(request.getfixturevalue("postgres_server"), None) as url:
            database = Database(url)
            yield database
            database.close()


def tables(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names())


def test_an_empty_database_gets_every_table_the_code_wants_and_nothing_else_of_ours(empty: Database) -> None:
    migrate(empty)
    check(empty)
    ours = {name for name in tables(empty) if not name.startswith("procrastinate_")}
    assert ours == set(every_table().tables) | {"alembic_version"}


def test_procrastinates_tables_are_on_postgresql_only(database: Database) -> None:
    carried = {name for name in tables(database) if name.startswith("procrastinate_")}
    assert bool(carried) is not database.is_sqlite


def test_migrating_twice_changes_nothing(database: Database) -> None:
    with database.write() as session:
        session.add(StockItem(facility="plant", component="mug-white", on_hand=3))
    migrate(database)
    with database.read() as session:
        assert [item.on_hand for item in session.exec(select(StockItem))] == [3]


def test_several_processes_may_migrate_at_once(empty: Database) -> None:
    faults: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrate(empty)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    check(empty)


def rules(database: Database) -> dict[str, set[str]]:
    """Every table's CHECKs, UNIQUEs and references, by name, which alembic does not all compare."""
    inspector = sa.inspect(database.engine)
    return {
        table: {
            str(rule["name"])
            for rule in (
                *inspector.get_check_constraints(table),
                *inspector.get_unique_constraints(table),
                *inspector.get_foreign_keys(table),
                inspector.get_pk_constraint(table),
            )
        }
        for table in every_table().tables
    }


def test_a_migrated_database_has_the_very_rules_of_the_code(empty: Database, tmp_path: Path) -> None:
    migrate(empty)
    wanted = Database(f"sqlite:///{tmp_path / 'wanted.db'}")
    with wanted.engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
    assert rules(empty) == rules(wanted)
    assert "stock_never_oversold" in rules(empty)["stock_item"]
    wanted.close()


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="revision 9999, which this version of the program does not know"):
        migrate(database)


REVISION = '''"""A revision for this test."""

import sqlalchemy as sa
from alembic import op

revision = "{0}"
down_revision = "{1}"


def upgrade() -> None:
    {2}
'''


def with_revision(folder: Path, deed: str) -> Path:
    """The real versions and one more."""
    folder.mkdir()
    newest = ""
    for script in sorted(VERSIONS.iterdir()):
        if script.is_file():
            (folder / script.name).write_bytes(script.read_bytes())
            newest = script.name[:4] if script.suffix == ".py" else newest
    (folder / "9000_test.py").write_text(REVISION.format("9000", newest, deed))
    return folder


def an_event_of_an_order(database: Database) -> None:
    with database.write() as session:
        session.execute(
            sa.text(
                "insert into stock_item (id, facility, component, on_hand, reserved) values (1, 'plant', 'mug', 5, 0)"
            )
        )
        session.execute(
            sa.text(
                "insert into stock_movement (item_id, kind, on_hand_change, reserved_change, at, note) "
                "values (1, 'received', 5, 0, '2026-11-23 09:00:00', '')"
            )
        )


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(database: Database, tmp_path: Path) -> None:
    an_event_of_an_order(database)
    deed = (
        'with op.batch_alter_table("stock_item", recreate="auto") as table:\n'
        '        table.alter_column("facility", existing_type=sa.String(), nullable=True)'
    )
    migrate(database, versions=with_revision(tmp_path / "versions", deed))
    with database.read() as session:
        assert session.execute(sa.text("select count(*) from stock_movement")).scalar() == 1


def test_a_migration_that_would_leave_references_to_nothing_changes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    an_event_of_an_order(database)
    versions = with_revision(tmp_path / "versions", 'op.execute("delete from stock_item")')
    with pytest.raises(BrokenReferences, match="1 rows of stock_movement"):
        migrate(database, versions=versions)
    with database.read() as session:
        assert session.execute(sa.text("select count(*) from stock_item")).scalar() == 1
        assert session.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_a_migration_that_fails_half_way_changes_nothing(database: Database, tmp_path: Path) -> None:
    deed = 'op.add_column("stock_item", sa.Column("shelf", sa.String()))\n    raise ZeroDivisionError'
    with pytest.raises(ZeroDivisionError):
        migrate(database, versions=with_revision(tmp_path / "versions", deed))
    check(database)


def test_procrastinates_schema_is_the_one_of_the_version_that_is_installed() -> None:
    """When this fails after an upgrade: add a revision with that version's migrations, and its schema here."""
    kept = max(VERSIONS.glob("procrastinate_*.sql")).read_text("utf-8")
    installed = procrastinate.schema.SchemaManager.get_schema()
    assert kept.endswith(installed)


def test_revisions_stand_on_their_own_and_do_not_follow_todays_code() -> None:
    for script in VERSIONS.glob("*.py"):
        assert not re.search(r"^(from|import) (configurator|sqlmodel)", script.read_text(), re.MULTILINE), script.name
    assert (VERSIONS / ANEW).is_file()


def test_a_database_of_an_earlier_draft_is_refused_with_what_to_do_and_left_alone(empty: Database) -> None:
    migrate(empty)
    with empty.engine.begin() as connection:
        connection.exec_driver_sql("alter table expected_goods drop column note")
    for _ in range(2):
        with pytest.raises(
            EarlyDraft, match=r"1 of its columns are missing, such as expected_goods\.note\. Move it away"
        ):
            migrate(empty)
