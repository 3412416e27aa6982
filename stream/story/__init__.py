"""The story of a case: what was said and when it was known, what it changed, how its due date came about."""
