"""Sources that do not send but are asked: the statistics of a bridge, fetched again and again."""

from ingest.polling.bridge import Bridge, NoAnswerError, PollError
from ingest.polling.poller import Poller

__all__ = ["Bridge", "NoAnswerError", "PollError", "Poller"]
