"""Builders of what tests are about: moments, events, records."""
