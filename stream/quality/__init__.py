"""How good the lines of the conference system are, by every sample that was told."""
