"""A television, as the server sees one: a key pair, and a browser's requests."""

import base64
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

NAVIGATION = {"accept": "text/html", "sec-fetch-mode": "navigate"}
SCRIPT = {"accept": "*/*", "sec-fetch-mode": "cors"}


@dataclass
class Television:
    """It keeps cookies as a browser does, and its key as none could: in the open."""

    url: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    browser: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        one_each = httpx.Limits(max_keepalive_connections=0)  # so that none is left open
        self.browser = httpx.Client(base_url=self.url, headers={"origin": self.url}, timeout=10, limits=one_each)

    @property
    def public(self) -> dict[str, str]:
        """The public key as WebCrypto exports it."""
        numbers = self.key.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "x": _text(numbers.x.to_bytes(32)), "y": _text(numbers.y.to_bytes(32))}

    def ask(self) -> dict[str, Any]:
        """How it stands; by asking it is enrolled."""
        answer = self.browser.post("/display/enrol", json={"key": self.public})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def challenge(self, number: int) -> str:
        told: str = self.browser.post("/display/challenge", json={"id": number}).json()["challenge"]
        return told

    def sign(self, number: int, challenge: str, origin: str | None = None) -> str:
        message = f"ioc-display-session\n{origin or self.url}\n{number}\n{challenge}".encode()
        r, s = decode_dss_signature(self.key.sign(message, ECDSA(SHA256())))
        return _text(r.to_bytes(32) + s.to_bytes(32))

    def prove(self, number: int, challenge: str | None = None, **instead: object) -> httpx.Response:
        """Ask for a session; `instead` replaces members of the proof."""
        challenge = challenge or self.challenge(number)
        proof = {"id": number, "challenge": challenge, "signature": self.sign(number, challenge)} | instead
        return self.browser.post("/display/session", json=proof)

    def get(self, path: str, kind: dict[str, str] | None = None, **headers: str) -> httpx.Response:
        return self.browser.get(path, headers={**(kind or NAVIGATION), **headers}, follow_redirects=False)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
