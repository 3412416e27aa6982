"""By mail (SMTP): the package attached, with what it is in Vietnamese.

A mail server can't be asked whether it has a mail already: who is killed between sending and marking sends it again.
It has the same Message-ID then, by which most readers' programs drop the second one. All recipients have it, or none:
where one is refused nothing is sent, so that nobody is left out without a word.
"""

import smtplib
import ssl
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from hashlib import sha256
from typing import Annotated, Any, Final

import msgspec
import rfc8785

from ingest.contracts.privacy import mask_text
from ioc.alerting.mail import connected, server_of
from ioc.delivering.channel import DeliveryError, Parcel
from ioc.delivering.settings import ChannelSettings, Filled, Place, Secret
from ioc.delivering.wording import Told, told_of
from ioc.errors import SettingError
from stream.snapshot.sending.outbox import Answer

MAILED: Final = "vn.ioc.mailed/1"
_SERVER: Final = "IOC_SMTP_URL"
_SENDER: Final = "IOC_ALERT_FROM"


class MailSettings(ChannelSettings, frozen=True, kw_only=True):
    """The server is that of the alerts (IOC_SMTP_URL, IOC_ALERT_FROM) where nothing else is written.

    `server_file` holds a URL `smtp://user:password@host:587`; `authority` is a PEM file of authorities trusted too.
    """

    to: Annotated[list[Filled], msgspec.Meta(min_length=1)]
    sender: Filled | None = None
    server_file: Filled | None = None
    server_variable: Filled | None = None
    authority: Filled | None = None


class Mail:
    """The channel. Raises `SettingError` for settings that can't be used."""

    def __init__(self, settings: MailSettings, place: Place) -> None:
        sender = settings.sender or place.environment.get(_SENDER)
        if not sender:
            raise SettingError(f"sender: is missing: write it, or set {_SENDER}")
        for key, address in (("sender", sender), *(("to", each) for each in settings.to)):
            plain = parseaddr(address)[1]
            if "@" not in plain or not plain.isascii() or any(sign in address for sign in "\r\n"):
                raise SettingError(f"{key}: {address!r} is no address of mail")
        self.where = ", ".join(sorted({parseaddr(each)[1].rpartition("@")[2] for each in settings.to}))
        self.give_up_after = settings.give_up_after
        self._settings, self._sender = settings, sender
        self._server = _server(settings, place)
        self._trust = ssl.create_default_context()
        if settings.authority is not None:
            try:
                self._trust.load_verify_locations(place.path(settings.authority))
            except (OSError, ssl.SSLError) as error:
                raise SettingError(f"authority: {place.path(settings.authority)} can't be used: {error}") from error

    def send(self, parcel: Parcel) -> Answer:
        """Send it to all recipients or to none; raises `DeliveryError`."""
        mail = self._mail(parcel, told_of(parcel.package))
        try:
            server = server_of(self._server.read())
            with connected(server, self._trust, self._settings.timeout_seconds) as connection:
                code, said = self._handed_over(connection, mail)
        except SettingError as error:
            raise DeliveryError(str(error)) from error
        except smtplib.SMTPResponseException as error:
            raise DeliveryError(f"{error.smtp_code} {_plain(error.smtp_error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"{type(error).__name__}: {error}") from error
        if code != 250:
            raise DeliveryError(f"{code} {_plain(said)}", is_final=code >= 500)
        return self._receipt(parcel, mail, f"{code} {_plain(said)}")

    def _mail(self, parcel: Parcel, told: Told) -> MIMEMultipart:
        """Of the older classes of the library: the newer ones lose spaces where they fold a long subject with marks."""
        mail = MIMEMultipart()
        mail["From"], mail["To"] = _shown(self._sender), ", ".join(_shown(each) for each in self._settings.to)
        mail["Subject"] = Header(told.subject, "utf-8")  # type: ignore[assignment]  # it is taken, the stubs lack it
        mail["Auto-Submitted"] = "auto-generated"
        mail["Message-ID"] = _identity(parcel, self._sender)
        mail["Date"] = format_datetime(parcel.delivery.made_at)
        mail.attach(MIMEText(told.body, "plain", "utf-8"))
        file = MIMEApplication(parcel.package, "zip")
        file.add_header("Content-Disposition", "attachment", filename=parcel.name)
        mail.attach(file)
        return mail

    def _handed_over(self, connection: smtplib.SMTP, mail: MIMEMultipart) -> tuple[int, bytes]:
        connection.ehlo_or_helo_if_needed()
        code, said = connection.mail(parseaddr(self._sender)[1])
        if code != 250:
            return code, said
        for address in self._settings.to:
            code, said = connection.rcpt(parseaddr(address)[1])
            if code not in {250, 251}:
                return code, b"a recipient is refused: " + said
        return connection.data(mail.as_bytes(policy=compat32.clone(linesep="\r\n")))

    def _receipt(self, parcel: Parcel, mail: MIMEMultipart, said: str) -> Answer:
        found: dict[str, Any] = {
            "format": MAILED, "digest": parcel.delivery.digest, "kind": parcel.delivery.kind,
            "period": parcel.delivery.period, "version": parcel.delivery.version, "message_id": mail["Message-ID"],
            "recipients": len(self._settings.to), "answer": said,
        }  # fmt: skip
        return Answer(rfc8785.dumps(found))


def _server(settings: MailSettings, place: Place) -> Secret:
    """Where the server's URL is: in the settings' own file or variable, else where that of the alerts is."""
    if settings.server_file and settings.server_variable:
        raise SettingError("server_file: server_variable is given too; keep one")
    if settings.server_file or settings.server_variable:
        return Secret(place, settings.server_file, settings.server_variable)
    file = place.environment.get(f"{_SERVER}_FILE")
    if not file and not place.environment.get(_SERVER):
        raise SettingError(f"server_file: is missing: write it, or set {_SERVER}")
    return Secret(place, file, None if file else _SERVER)


def _shown(address: str) -> str:
    """An address as a mail has it, its name encoded."""
    return formataddr(parseaddr(address), "utf-8")


def _identity(parcel: Parcel, sender: str) -> str:
    """The same for the same package to the same receiver, however often it is tried."""
    of = sha256(f"{parcel.delivery.key} {parcel.delivery.digest}".encode()).hexdigest()[:32]
    return f"<snapshot-{of}@{parseaddr(sender)[1].rpartition('@')[2]}>"


def _plain(said: bytes | str) -> str:
    """What the server said; it may quote an address, which is kept nowhere."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return mask_text(" ".join(text.split())[:400])
