"""What can be wrong with rules of alerts, each in a sentence."""

from stream.errors import StreamError


class AlertRuleError(StreamError):
    """The rules can't be used; the sentence names file, rule and field."""


class NoSuchSilenceError(StreamError):
    """No silence of this number holds now."""
