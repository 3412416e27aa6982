"""Mappings that are shipped, to be used or copied."""
