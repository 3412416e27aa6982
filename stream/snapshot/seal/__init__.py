"""The seal of a snapshot: a signed manifest of its renderings, chained to the one before, and how to check it."""
