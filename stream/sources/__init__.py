"""How the sources stand: who promised what, who was heard of, and what went wrong."""

from stream.sources.health import SourceHealth, Tally
from stream.sources.incident import Incident
from stream.sources.reading import read_incidents, read_source_health

__all__ = ["Incident", "SourceHealth", "Tally", "read_incidents", "read_source_health"]
