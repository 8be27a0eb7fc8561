"""Drafts the next revision: `python -m configurator.migrations.drafting "what changes"`. For developers.

Until the first release the tables' revision is written anew when a `rows` module has changed, by
`python -m configurator.migrations.drafting --anew`; afterwards revisions are only ever added.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from configurator.database import Database
from configurator.migrations.migrating import SCRIPTS, migrate
from configurator.migrations.upgrading import alembic_config

ANEW = "0002_tables.py"


def draft(message: str, *, anew: bool = False) -> Path:
    """Write versions/NNNN_message.py with what the code's tables have and the newest revision has not.

    `anew`: as if the tables' revision were not there, and in its place.
    """
    with tempfile.TemporaryDirectory() as folder:
        versions = Path(folder) / "versions"
        shutil.copytree(SCRIPTS / "versions", versions, ignore=shutil.ignore_patterns("__pycache__", ANEW * anew))
        script = _drafted(Database(f"sqlite:///{folder}/draft.db"), versions, message)
        _tidied(script)
        return Path(shutil.move(script, SCRIPTS / "versions" / script.name))


def _drafted(database: Database, versions: Path, message: str) -> Path:
    migrate(database, versions=versions)
    try:
        with database.engine.connect() as connection:
            config = alembic_config(connection, versions=versions)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            script = command.revision(config, message, autogenerate=True, rev_id=_next(config))
    finally:
        database.close()
    if script is None or isinstance(script, list):
        raise RuntimeError("alembic wrote no revision, or several")
    return Path(script.path)


def _next(config: Config) -> str:
    return f"{int(ScriptDirectory.from_config(config).get_current_head() or 0) + 1:04}"


def _tidied(script: Path) -> None:
    script.write_text("".join(line for line in script.read_text().splitlines(keepends=True) if "# ###" not in line))
    for step in (["check", "--fix", "--select", "I,F401", "--quiet"], ["format", "--quiet"]):
        call = [sys.executable, "-m", "ruff", *step, "--config", "pyproject.toml", str(script)]
        subprocess.run(call, check=True)  # noqa: S603 our own words


if __name__ == "__main__":
    if sys.argv[1] == "--anew":
        draft("tables", anew=True)
    else:
        draft(sys.argv[1])
