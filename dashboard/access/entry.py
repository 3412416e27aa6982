"""Whether the house stands open, and what those who come in prove themselves by."""

import secrets
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Access: TypeAlias = Literal["open", "enrolled"]


@dataclass(frozen=True, slots=True)
class OidcFacts:
    """A provider of identities (OpenID Connect), and who we are there; `name` is what it is called on the page.

    `claim` is what it says of people by which accounts are prepared; an e-mail address counts only where the provider
    says that it was verified.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str = "preferred_username"
    name: str = "OpenID Connect"


@dataclass(frozen=True, slots=True)
class Entry:
    """`open`: anybody sees figures. `enrolled`: only displays and people with a session do. Cases need a person always.

    `secret` signs the sessions of displays and what browsers keep for us. Where none is handed in, those end with the
    process: displays prove themselves again, and people's sessions, which lie in the database, go on. Scripts act with
    `key`; where there is none, no script does. `oidc` is the provider that people can sign in by.
    """

    access: Access = "open"
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    key: str | None = field(default=None, repr=False)
    oidc: OidcFacts | None = None
