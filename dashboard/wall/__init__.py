"""The wall: what leaders look at all day."""
