"""The command line, settings read once, local services, and the wiring of the four houses."""
