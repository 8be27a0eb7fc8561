"""The schema of procrastinate 3.10, which carries jobs to the workers; PostgreSQL only."""

from pathlib import Path

from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    # The driver itself takes several statements at once, as long as there are no parameters.
    cursor = bind.connection.cursor()
    cursor.execute(Path(__file__).with_name("procrastinate_3_10.sql").read_text("utf-8"))
    cursor.close()
