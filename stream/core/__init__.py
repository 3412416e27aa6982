"""The laws of the field, pure: calendar, clock, fold, ledger entries."""
