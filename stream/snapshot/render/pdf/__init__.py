"""A snapshot as PDF: A4, in Vietnamese, tagged, with fonts of its own, the same bytes for the same object."""
