"""How cases are handled by people: making acts into events of the log, and reading what became of them."""
