"""Every setting, read once at the start of a command: from --home, the environment, and what runs in the home."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ioc.alerting.facts import ChannelFacts
from ioc.errors import NothingRunsError, SettingError
from ioc.services.state import State, is_supervised, read_state


class Setting(NamedTuple):
    """An environment variable; `<name>_FILE` names a file that holds the value instead where `in_file`."""

    name: str
    what: str
    in_file: bool = False


SETTINGS = (
    Setting("IOC_HOME", "the folder of data, passwords and logs"),
    Setting("IOC_DATABASE_URL", "PostgreSQL or TimescaleDB", in_file=True),
    Setting("IOC_REDIS_URL", "Redis or Valkey", in_file=True),
    Setting("IOC_KAFKA", "bootstrap servers of Apache Kafka, the event log then", in_file=True),
    Setting("IOC_PORT", "port of the dashboard"),
    Setting("IOC_DOOR_PORT", "port of the door, where sources send to"),
    Setting("IOC_PARTITIONS", "partitions of the event log, fixed once it is made"),
    Setting("IOC_CERTIFICATE_CHAIN", "PEM file of the authorities whose signatures on documents count"),
    Setting("IOC_POLL_URL", "statistics of the bridge that `ioc ingest poll` asks"),
    Setting("IOC_SMTP_URL", "the mail server that alerts are sent by", in_file=True),
    Setting("IOC_ALERT_FROM", "from whom mails about alerts come"),
    Setting("IOC_ALERT_TO", "who gets mails about alerts"),
    Setting("IOC_WEBHOOK_URL", "where alerts are posted to", in_file=True),
    Setting("IOC_WEBHOOK_SECRET", "what these posts are signed with", in_file=True),
    Setting("IOC_ALERT_CA", "PEM file of authorities trusted for mail server and webhook besides the machine's"),
    Setting("IOC_PUBLIC_URL", "the address of the dashboard that people reach, for links in messages"),
    Setting("IOC_OIDC_ISSUER", "the provider of identities that people can sign in by (OpenID Connect)"),
    Setting("IOC_OIDC_CLIENT_ID", "who the centre is at that provider"),
    Setting("IOC_OIDC_CLIENT_SECRET", "its secret there", in_file=True),
    Setting("IOC_OIDC_CLAIM", "what the provider says of people by which accounts are prepared"),
    Setting("IOC_OIDC_NAME", "what the provider is called on the page"),
    Setting("IOC_DEBUG", "show tracebacks"),
)


@dataclass(frozen=True)
class Settings:
    """What a command was told. `database` and `redis` are None where nobody knows them: ask the two `_url`s."""

    home: Path
    database: str | None = None
    redis: str | None = None
    kafka: str | None = None
    port: int = 8050
    door_port: int = 8070
    partitions: int = 8
    certificate_chain: Path | None = None
    channels: ChannelFacts = field(default_factory=ChannelFacts)
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_claim: str = "preferred_username"
    oidc_name: str = "OpenID Connect"

    @classmethod
    def load(cls, home: Path | None = None, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read all settings: the environment rules, then what `ioc up` runs in the home, then the defaults.

        The home is `home`, else IOC_HOME, else `.ioc` here. Raises `SettingError` for a value that can't be used.
        """
        given = _Environment(os.environ if environment is None else environment)
        folder = (home or Path(given.text("IOC_HOME") or ".ioc")).absolute()
        running = read_state(folder) if is_supervised(folder) else State()
        return cls(
            home=folder,
            database=given.text("IOC_DATABASE_URL") or running.database_url,
            redis=given.text("IOC_REDIS_URL") or running.redis_url,
            kafka=given.text("IOC_KAFKA") or running.kafka,
            port=given.number("IOC_PORT", 1, 65535) or running.port or cls.port,
            door_port=given.number("IOC_DOOR_PORT", 1, 65535) or running.door_port or cls.door_port,
            partitions=given.number("IOC_PARTITIONS", 1, 256) or cls.partitions,
            certificate_chain=Path(chain) if (chain := given.text("IOC_CERTIFICATE_CHAIN")) else None,
            channels=_channels(given),
            oidc_issuer=given.text("IOC_OIDC_ISSUER"),
            oidc_client_id=given.text("IOC_OIDC_CLIENT_ID"),
            oidc_client_secret=given.text("IOC_OIDC_CLIENT_SECRET"),
            oidc_claim=given.text("IOC_OIDC_CLAIM") or cls.oidc_claim,
            oidc_name=given.text("IOC_OIDC_NAME") or cls.oidc_name,
        )

    @property
    def database_url(self) -> str:
        """Where PostgreSQL is; raises `NothingRunsError`."""
        if self.database is None:
            raise NothingRunsError(self.home, "IOC_DATABASE_URL")
        return self.database

    @property
    def redis_url(self) -> str:
        """Where Redis is; raises `NothingRunsError`."""
        if self.redis is None:
            raise NothingRunsError(self.home, "IOC_REDIS_URL")
        return self.redis


class _Environment:
    """Environment variables, each of which may be given as a file by its name with `_FILE`."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._in_file = {setting.name for setting in SETTINGS if setting.in_file}

    def text(self, name: str) -> str | None:
        path = self._variables.get(f"{name}_FILE") if name in self._in_file else None
        value = self._variables.get(name)
        if value and path:
            raise SettingError(f"{name} and {name}_FILE are both set: keep one")
        if path:
            try:
                value = Path(path).read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                raise SettingError(f"{name}_FILE names {path}, which can't be read: {error}") from error
        return value or None

    def number(self, name: str, least: int, most: int) -> int | None:
        text = self.text(name)
        if text is None:
            return None
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise SettingError(f"{name} must be a whole number from {least} to {most}, not {text!r}")
        return int(text)


def _channels(given: _Environment) -> ChannelFacts:
    """By which channels alerts are told; what can't be used is refused where it is needed."""
    return ChannelFacts(
        smtp_url=given.text("IOC_SMTP_URL"),
        sender=given.text("IOC_ALERT_FROM"),
        recipients=given.text("IOC_ALERT_TO"),
        webhook_url=given.text("IOC_WEBHOOK_URL"),
        webhook_secret=given.text("IOC_WEBHOOK_SECRET"),
        public_url=given.text("IOC_PUBLIC_URL"),
        authority=Path(authority) if (authority := given.text("IOC_ALERT_CA")) else None,
    )
