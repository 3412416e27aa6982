"""The map as a figure."""
