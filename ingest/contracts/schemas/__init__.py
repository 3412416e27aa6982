"""JSON Schemas of every event, generated from the classes and committed: `python -m ingest.contracts.schemas`.

The folder `released` holds what sources have been promised: `compare` refuses a change that breaks it.
"""
