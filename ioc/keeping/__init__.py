"""Keeping the browser of a wall display alive, on the display's own machine."""
