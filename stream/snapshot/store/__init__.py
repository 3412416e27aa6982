"""What was scheduled, sealed and sent, in the schema `snapshot`: no part of the log, so that rebuilds keep it."""
