"""Every KPI, defined once."""
