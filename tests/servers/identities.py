"""A real provider of identities (OpenID Connect) in a process of its own, and somebody who signs in there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from ioc.tools import NODE
from tests.servers.processes import free_port, running

CLIENT, SECRET = "ioc-of-the-tests", "a-secret-of-thirty-two-characters-x"
_SCRIPT = Path(__file__).parent.parent / "oidc" / "provider.mjs"


@dataclass(frozen=True)
class Identities:
    """The running provider."""

    issuer: str

    def settings(self) -> dict[str, str]:
        """The environment variables with which a centre uses it."""
        return {"IOC_OIDC_ISSUER": self.issuer, "IOC_OIDC_CLIENT_ID": CLIENT, "IOC_OIDC_CLIENT_SECRET": SECRET,
            "IOC_OIDC_NAME": "Định danh tỉnh"}  # fmt: skip

    def signed(self, there: httpx.Client, address: str, login: str) -> str:
        """Sign in there as anybody, as its pages ask; answers where the provider then sends the browser."""
        asked = there.get(address)
        for _ in range(8):
            while asked.is_redirect:
                to = urljoin(str(asked.url), asked.headers["location"])
                if not to.startswith(self.issuer):
                    return to
                asked = there.get(to)
            found = re.search(r'<form[^>]*action="([^"]+)"', asked.text)
            assert found is not None, asked.text
            prompt = re.search(r'name="prompt" value="(\w+)"', asked.text)
            assert prompt is not None, asked.text
            given = {"prompt": prompt[1], **({"login": login, "password": "x"} if prompt[1] == "login" else {})}
            asked = there.post(urljoin(str(asked.url), found[1]), data=given)
        raise AssertionError("the provider asks without end")


@contextmanager
def identities(back: str, folder: Path) -> Iterator[Identities]:
    """A provider that sends browsers to `back`."""
    if NODE.path is None:
        pytest.skip(NODE.advice)
    port = free_port()
    made = Identities(f"http://127.0.0.1:{port}")

    def ready() -> bool:
        try:
            return httpx.get(f"{made.issuer}/.well-known/openid-configuration", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    with running([NODE.path, str(_SCRIPT), str(port), CLIENT, SECRET, back], ready, folder / "provider.log"):
        yield made
