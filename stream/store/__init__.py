"""What the stream keeps in PostgreSQL, its migrations and its queries."""
