"""The passport of a figure: what it is, what it is worth, how it came about, and whether it can be trusted."""
