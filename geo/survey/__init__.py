"""Boundaries from a survey: read, checked against the units of their day, repaired, simplified, stored."""
