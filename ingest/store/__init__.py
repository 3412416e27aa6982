"""What ingest keeps in PostgreSQL: the embedded log and the register of sources."""
