"""Upgrades a database by alembic, which only a process with something to upgrade loads: 0.1 s and 10 MB."""

import io
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from configurator.errors import Conflict


class BrokenReferences(Conflict):
    """After a migration a row points at one that is not there; nothing was changed."""


class NewerDatabase(Conflict):
    """The database was made by a newer version of the program."""


def upgrade(connection: sa.Connection, *, versions: Path) -> None:
    """To the newest revision. Raises NewerDatabase, or BrokenReferences (SQLite)."""
    config = alembic_config(connection, versions=versions)
    _refuse_a_newer_one(connection, config)
    command.upgrade(config, "head")
    _refuse_broken_references(connection)


def alembic_config(connection: sa.Connection, *, versions: Path) -> Config:
    """Alembic's configuration without an ini file: its scripts lie beside this module, in a wheel as well."""
    config = Config(stdout=io.StringIO(), attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


def _refuse_a_newer_one(connection: sa.Connection, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise NewerDatabase(
                f"This database has revision {revision}, which this version of the program does not know. "
                "Start the version that made it, or restore the backup taken before it was upgraded."
            )


def _refuse_broken_references(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise BrokenReferences(
            f"After the migration {len(broken)} rows of {tables} point at rows that are gone. "
            "Nothing was changed; report this with the versions you came from."
        )
