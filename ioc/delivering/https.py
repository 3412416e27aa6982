"""By HTTPS: one POST of the package, with a key by which a receiver knows it again; the answer is the receipt."""

import base64
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

import httpx

from ingest.contracts.privacy import mask_text
from ioc.delivering.channel import LONGEST_TRY, DeliveryError, Parcel
from ioc.delivering.receipts import LARGEST, SIGNATURE, check_receipt
from ioc.delivering.settings import ChannelSettings, Filled, Place, Secret
from ioc.errors import SettingError
from ioc.listening import is_loopback
from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.keys import PublicKey
from stream.snapshot.sending.outbox import Answer

FINAL: Final = frozenset({400, 405, 409, 410, 411, 413, 415, 422})
"""Answers that say that the same package will never be taken; others may change while we wait."""
_PIECE: Final = 64 * 1024


class HttpsSettings(ChannelSettings, frozen=True, kw_only=True):
    """`authority`: PEM file of authorities trusted besides the machine's. `receipt_key`: the receiver's public key."""

    url: Filled
    token_file: Filled | None = None
    token_variable: Filled | None = None
    authority: Filled | None = None
    receipt_key: Filled | None = None


class Https:
    """The channel. Raises `SettingError` for settings that can't be used."""

    def __init__(self, settings: HttpsSettings, place: Place) -> None:
        parts = urlsplit(settings.url)
        host = parts.hostname
        if parts.scheme not in {"http", "https"} or not host or parts.username or parts.fragment:
            raise SettingError("url: must be https://host/path, without a name or password")
        if parts.scheme == "http" and not is_loopback(host):
            raise SettingError("url: http:// is for a receiver on this machine; use https://")
        if settings.token_file and settings.token_variable:
            raise SettingError("token_file: token_variable is given too; keep one")
        self.where = host if parts.port is None else f"{host}:{parts.port}"
        self.give_up_after = settings.give_up_after
        self._url = settings.url
        self._timeout = settings.timeout_seconds
        self._token = Secret(place, settings.token_file, settings.token_variable)
        self._trust = _trust(settings, place)
        self._key = _key(settings, place)

    def send(self, parcel: Parcel) -> Answer:
        """Post it; raises `DeliveryError` for any answer but a receipt."""
        deadline = time.monotonic() + LONGEST_TRY.total_seconds()
        token = self._token.token() if self._token else ""
        client = httpx.Client(timeout=self._timeout, verify=self._trust, trust_env=False, follow_redirects=False)
        try:
            with (
                client,
                client.stream(
                    "POST", self._url, content=_pieces(parcel.package, deadline), headers=_headers(parcel, token)
                ) as answer,
            ):
                body = _body(answer, deadline)
        except httpx.HTTPError as error:
            raise DeliveryError(f"{type(error).__name__}: {error}") from error
        if answer.status_code not in {200, 201}:
            raise _refusal(answer, body, token)
        receipt = Answer(body, answer.headers.get(SIGNATURE))
        check_receipt(receipt, parcel, self._key)
        return receipt


def _headers(parcel: Parcel, token: str) -> dict[str, str]:
    digest = base64.b64encode(sha256(parcel.package).digest()).decode()
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Content-Type": "application/zip",
        "Content-Length": str(len(parcel.package)),
        "Content-Digest": f"sha-256=:{digest}:",
        "Repr-Digest": f"sha-256=:{digest}:",
        "Idempotency-Key": parcel.delivery.key,
    }
    return {**headers, "Authorization": f"Bearer {token}"} if token else headers


def _pieces(package: bytes, deadline: float) -> Iterator[bytes]:
    for at in range(0, len(package), _PIECE):
        _check_time(deadline)
        yield package[at : at + _PIECE]


def _body(answer: httpx.Response, deadline: float) -> bytes:
    found = b""
    for piece in answer.iter_bytes():
        found += piece
        _check_time(deadline)
        if len(found) > LARGEST:
            raise DeliveryError(f"HTTP {answer.status_code}: the answer is longer than any receipt")
    return found


def _check_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise DeliveryError(f"took longer than {LONGEST_TRY.total_seconds():.0f} s")


def _refusal(answer: httpx.Response, body: bytes, token: str) -> DeliveryError:
    """What the receiver said, without the token: servers that are being set up answer with all that was sent."""
    status = answer.status_code
    text = body.decode(errors="replace")
    said = mask_text(" ".join((text.replace(token, "…") if token else text).split())[:500])
    moved = f" to {urlsplit(answer.headers.get('Location', '')).hostname}" if answer.is_redirect else ""
    reason = f"HTTP {status}{moved}{': ' if said else ''}{said}"
    return DeliveryError(reason, is_final=status in FINAL, wait=_retry_after(answer.headers.get("Retry-After")))


def _retry_after(text: str | None) -> timedelta | None:
    """Seconds, or a date (RFC 9110, 10.2.3); what is neither says nothing."""
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return timedelta(seconds=min(int(text), 86_400))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(until.astimezone(UTC) - datetime.now(UTC), timedelta(0))


def _trust(settings: HttpsSettings, place: Place) -> ssl.SSLContext:
    trust = ssl.create_default_context()
    if settings.authority is not None:
        try:
            trust.load_verify_locations(place.path(settings.authority))
        except (OSError, ssl.SSLError) as error:
            raise SettingError(f"authority: {place.path(settings.authority)} can't be used: {error}") from error
    return trust


def _key(settings: HttpsSettings, place: Place) -> PublicKey | None:
    if settings.receipt_key is None:
        return None
    try:
        return PublicKey.from_pem(place.path(settings.receipt_key).read_bytes())
    except (OSError, KeyFileError) as error:
        raise SettingError(f"receipt_key: {place.path(settings.receipt_key)} can't be used: {error}") from error
