"""Layouts of call records that are shipped: `ioc ingest file call-records --mapping NAME`."""
