"""Measurements of the running product: each answers one JSON document, none is a test."""
