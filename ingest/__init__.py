"""How what happened gets into the event log: contracts, sources, the door, the log, the simulator."""
