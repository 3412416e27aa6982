"""The second lane: every migration and every named query on a real TimescaleDB, with the rows of plain PostgreSQL."""
