"""Pieces that pages are made of: plain functions from definitions and words to components."""
