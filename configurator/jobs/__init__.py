"""Durable jobs: one contract, an embedded table on SQLite, procrastinate on PostgreSQL."""
