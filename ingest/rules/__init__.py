"""Working calendars and registers of procedures: from files that people keep to events of the log."""
