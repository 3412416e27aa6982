"""What events mean: calendar, cases, ledger, KPIs, the store and the live board."""
