"""From records of the log to the ledger: read, plan, write in one transaction."""
