"""A district that behaves like the real one: it speaks to the door like any other source."""
