"""What a snapshot says: one object, made from one cut of the log, and its canonical bytes."""
