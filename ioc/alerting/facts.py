"""By which channels alerts are told, as the settings have it."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class ChannelFacts:
    """Where mail and webhooks go. Without `smtp_url` no mail is sent, without `webhook_url` no webhook.

    `public_url` is the address of the dashboard that people reach, for the links in messages. `authority` is a PEM file
    of authorities that are trusted besides those of the machine.
    """

    smtp_url: str | None = field(default=None, repr=False)
    sender: str | None = None
    recipients: str | None = field(default=None, repr=False)
    webhook_url: str | None = field(default=None, repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    public_url: str | None = None
    authority: Path | None = None
