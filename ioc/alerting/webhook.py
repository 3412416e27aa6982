"""Telling by webhook: one POST of JSON for each happening, signed, with a key by which a receiver knows it again."""

import hmac
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import msgspec

from ioc.alerting.channel import Message, SendError
from ioc.alerting.facts import ChannelFacts
from ioc.alerting.wording import Wording
from ioc.errors import SettingError
from ioc.listening import is_loopback
from stream.alerts.outbox import Channel, Delivery

TIMEOUT: Final = 8.0
SIGNATURE: Final = "X-IOC-Signature"
KEY: Final = "Idempotency-Key"
VERSION: Final = 1


def signature_of(secret: str, body: bytes, at: int) -> str:
    """What a receiver recomputes: HMAC-SHA256 over the time (seconds since 1970), a dot and the body."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    return f"t={at},v1={digest}"


class Webhook:
    """The channel. Raises `SettingError` for settings that can't be used."""

    channel: Channel = "webhook"
    at_once = 10

    def __init__(self, facts: ChannelFacts, wording: Wording, clock: Callable[[], float] = time.time) -> None:
        parts = urlsplit(facts.webhook_url or "")
        host = parts.hostname
        if parts.scheme not in {"http", "https"} or not host:
            raise SettingError("IOC_WEBHOOK_URL must be https://host/path")
        if parts.scheme == "http" and not is_loopback(host):
            raise SettingError("IOC_WEBHOOK_URL: http:// is for a receiver on this machine; use https://")
        if not facts.webhook_secret:
            raise SettingError("IOC_WEBHOOK_URL is set: set IOC_WEBHOOK_SECRET too, by which receivers know us")
        self._url, self._secret, self._host = facts.webhook_url or "", facts.webhook_secret, host
        self._wording, self._clock = wording, clock
        trust = ssl.create_default_context()
        if facts.authority is not None:
            trust.load_verify_locations(facts.authority)
        self._client = httpx.Client(timeout=TIMEOUT, verify=trust, trust_env=False, follow_redirects=False)

    @property
    def where(self) -> str:
        """The host; the path may hold a secret."""
        return self._host

    def messages(self, taken: Sequence[Delivery]) -> Sequence[Message]:
        """One for each: machines need no digest."""
        return [Message([each]) for each in taken]

    def send(self, message: Message) -> None:
        """Post it; raises `SendError` for any answer but 2xx."""
        [of] = message.deliveries
        self._post(self.body(of), key_of(of))

    def test(self) -> None:
        """Post something that says that it is a test."""
        self._post({"v": VERSION, "kind": "test"}, f"test-{self._clock():.3f}")

    def body(self, of: Delivery) -> dict[str, Any]:
        """What is told: keys may be added, `v` rises when one is taken away or changes its meaning."""
        return {
            "v": VERSION,
            "kind": of.kind,
            "at": of.at,
            "alert": {
                "id": of.alert,
                "rule": of.rule,
                "title": of.facts["title"],
                "level": of.level,
                "about": {"kind": of.facts["kind"], "what": of.facts["about"]},
                "subject": of.subject,
                "place": self._wording.place(of),
                "value": of.value,
                "limit": of.facts["limit"],
                "number": of.number,
                "cases": list(of.cases),
                "opened_at": of.opened_at,
                "closed_at": of.closed_at,
                "ended_as": of.ended_as,
                "link": self._wording.link(of),
            },
        }

    def _post(self, told: dict[str, Any], key: str) -> None:
        body = msgspec.json.encode(told)
        at = int(self._clock())
        headers = {
            "Content-Type": "application/json",
            KEY: key,
            SIGNATURE: signature_of(self._secret, body, at),
        }
        try:
            answer = self._client.post(self._url, content=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise SendError(f"{type(error).__name__}: {error}", is_away=True) from error
        except httpx.HTTPError as error:
            raise SendError(f"{type(error).__name__}: {error}") from error
        if not answer.is_success:
            raise SendError(f"HTTP {answer.status_code}")


def key_of(of: Delivery) -> str:
    """The same for the same happening, however often it is tried; another one in another database."""
    return f"alert-{of.happening}-{int(of.made_at.timestamp() * 1_000_000)}"
