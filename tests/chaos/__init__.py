"""Processes are killed while events run through: the figures must not notice."""
