"""Alembic: one history of revisions for SQLite and PostgreSQL."""
