"""Alembic's entry: compares and upgrades on the connection that `migrating` hands over, in its transaction."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from configurator.database import UtcTime
from configurator.migrations.tables import every_table


def render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Writes our column types as plain SQLAlchemy ones, so that old revisions do not depend on today's code."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(name: str | None, kind: str, _: Any) -> bool:
    """procrastinate's tables come with its own schema and are not compared."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run() -> None:
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=every_table(),
        render_item=render,
        include_name=is_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
