"""Telling by mail (SMTP): one mail for one alert, or one for all where many come at once.

A mail server can't be asked whether it has a mail already: who is killed between sending and marking sends it again. It
has the same Message-ID then, by which most readers' programs drop the second one.
"""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime
from hashlib import sha256
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

from ingest.contracts.privacy import mask_text
from ioc.alerting.channel import Message, SendError
from ioc.alerting.facts import ChannelFacts
from ioc.alerting.wording import Wording, words
from ioc.errors import SettingError
from ioc.listening import is_loopback
from stream.alerts.outbox import Channel, Delivery

TIMEOUT: Final = 10.0
DIGEST_FROM: Final = 4
"""So many that are to be sent at once become one mail."""
_PORTS: Final = {"smtp": 587, "smtps": 465, "smtp+plain": 25}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server, by its URL: `smtp://` with STARTTLS, `smtps://` with TLS at once, `smtp+plain://` without."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def server_of(url: str) -> Server:
    """The server that a URL names. Raises `SettingError`."""
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in _PORTS or not host:
        raise SettingError("IOC_SMTP_URL must be smtp://user:password@host:587, smtps://… or smtp+plain://host:25")
    if parts.scheme == "smtp+plain" and (parts.password or not is_loopback(host)):
        raise SettingError("IOC_SMTP_URL: smtp+plain:// is for a relay on this machine, without a password")
    user, password = _plain(parts.username), _plain(parts.password)
    if not f"{user}{password}".isascii():
        raise SettingError("IOC_SMTP_URL: name and password of a mail server are of ASCII letters")
    return Server(parts.scheme, host, _port(parts), user, password)


def connected(server: Server, trust: ssl.SSLContext, timeout: float = TIMEOUT) -> smtplib.SMTP:
    """A connection to the server, encrypted and signed in as its URL says; seconds of silence are at most `timeout`."""
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=trust)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=timeout)
    try:
        if server.scheme == "smtp":
            connection.starttls(context=trust)
        if server.user is not None:
            connection.login(server.user, server.password or "")
    except BaseException:
        connection.close()
        raise
    return connection


class Mail:
    """The channel. Raises `SettingError` for settings that can't be used."""

    channel: Channel = "email"
    at_once = 100

    def __init__(self, facts: ChannelFacts, wording: Wording) -> None:
        self._server = server_of(facts.smtp_url or "")
        self._to = [each.strip() for each in (facts.recipients or "").split(",") if each.strip()]
        if not facts.sender or not self._to:
            raise SettingError("IOC_SMTP_URL is set: set IOC_ALERT_FROM and IOC_ALERT_TO too")
        self._from = facts.sender
        self._wording = wording
        self._trust = ssl.create_default_context()
        if facts.authority is not None:
            self._trust.load_verify_locations(facts.authority)

    @property
    def where(self) -> str:
        """The mail server; who is written to is nobody's business here."""
        return self._server.host

    def messages(self, taken: Sequence[Delivery]) -> Sequence[Message]:
        """One for each, or one for all."""
        return [Message(taken)] if len(taken) >= DIGEST_FROM else [Message([each]) for each in taken]

    def send(self, message: Message) -> None:
        """Send it to all recipients; raises `SendError`."""
        one, *more = message.deliveries
        if more:
            self._send(
                self._wording.digest_subject(message.deliveries),
                self._wording.digest(message.deliveries),
                message.deliveries,
            )
        else:
            self._send(self._wording.subject(one), self._wording.body(one), message.deliveries)

    def test(self) -> None:
        """Send a mail that says that it is a test."""
        self._send(words()["alert_mail.test_subject"], words()["alert_mail.test"], ())

    def _send(self, subject: str, text: str, deliveries: Sequence[Delivery]) -> None:
        # Of the library's older classes: the newer ones lose spaces where they fold a long subject with marks.
        mail = MIMEText(text, "plain", "utf-8")
        mail["From"], mail["To"] = self._from, ", ".join(self._to)
        mail["Subject"] = Header(" ".join(subject.split()), "utf-8")  # type: ignore[assignment]  # taken; stubs lack it
        mail["Auto-Submitted"] = "auto-generated"
        if deliveries:
            mail["Message-ID"] = self._identity(deliveries)
            mail["Date"] = format_datetime(max(each.at for each in deliveries))
        try:
            with connected(self._server, self._trust) as server:
                refused = server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = sorted({code for code, _ in error.recipients.values()})
            raise SendError(f"no recipient was taken: {', '.join(map(str, codes))}") from error
        except smtplib.SMTPResponseException as error:
            raise SendError(f"{error.smtp_code} {_said(error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise SendError(f"{type(error).__name__}: {error}", is_away=isinstance(error, OSError)) from error
        if refused:
            _log.warning("alerts.mail_refused", recipients=len(refused), of=len(self._to))

    def _identity(self, deliveries: Sequence[Delivery]) -> str:
        """The same for the same deliveries, however often they are tried."""
        of = ",".join(f"{each.happening}@{each.made_at.timestamp()}" for each in deliveries)
        domain = self._from.rpartition("@")[2].rstrip(">") or "ioc"
        return f"<alert-{sha256(of.encode()).hexdigest()[:32]}@{domain}>"


def _said(error: smtplib.SMTPResponseException) -> str:
    """What the server said; it may quote an address, which is kept nowhere."""
    said = error.smtp_error
    return mask_text(said.decode(errors="replace") if isinstance(said, bytes) else str(said))


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        # Without the error's own words: they quote what may be a password.
        raise SettingError("IOC_SMTP_URL: its port is no port; write / @ and : in a password as %2F %40 %3A") from error


def _plain(text: str | None) -> str | None:
    return None if text is None else unquote(text)
