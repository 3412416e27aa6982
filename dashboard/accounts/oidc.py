"""Signing in by a provider of identities (OpenID Connect), by Authlib: code flow with PKCE, state and nonce.

Who the provider says somebody is has to belong to an account: nobody gets in who has none. The first time, an account
is found by what an administrator said that the provider will say (`oidc_claim`); from then on by issuer and subject.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import httpx
from authlib.integrations.base_client import OAuthError
from joserfc.errors import JoseError
from psycopg import Connection
from starlette.requests import Request

from dashboard.access.entry import OidcFacts
from dashboard.accounts.audit import NOBODY, record
from dashboard.accounts.queries import query
from dashboard.accounts.sessions import begin_session
from dashboard.accounts.signing import Opened, Wrong

_SECONDS: Final = 10.0


class ProviderError(Exception):
    """The provider, or what came back from it, is not to be believed."""

    retriable = False


class ProviderAwayError(ProviderError):
    """The provider does not answer."""

    retriable = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at the provider."""

    issuer: str
    subject: str
    claim: str | None


class Provider:
    """Leads people to the provider, and reads what they come back with."""

    def __init__(self, facts: OidcFacts) -> None:
        self.facts = facts
        self._client = _oauth().register(
            "ioc",
            client_id=facts.client_id,
            client_secret=facts.client_secret,
            server_metadata_url=f"{facts.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": _SECONDS},
        )

    async def begin(self, back: str) -> tuple[str, Mapping[str, Any]]:
        """Where to send the browser, and what it has to keep until it comes `back`. Raises `ProviderAwayError`."""
        try:
            made: dict[str, Any] = await self._client.create_authorization_url(back)
            kept = Request({"type": "http", "session": {}})
            await self._client.save_authorize_data(kept, redirect_uri=back, **made)
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAwayError(type(error).__name__) from error
        return made["url"], kept.session

    async def identity(self, request: Request, kept: Mapping[str, Any]) -> Identity:
        """Who came back; state, nonce, issuer, audience, time and signature are checked by Authlib.

        Raises `ProviderError`, and `ProviderAwayError` where it does not answer.
        """
        request.scope["session"] = dict(kept)
        issued = {"iss": {"essential": True, "value": self.facts.issuer}}
        try:
            token = await self._client.authorize_access_token(request, claims_options=issued)
            said = dict(token.get("userinfo") or {})
            if said and self.facts.claim not in said:
                more = dict(await self._client.userinfo(token=token))
                said = {**more, **said} if more.get("sub") == said["sub"] else said
        except (httpx.HTTPError, ConnectionError) as error:
            raise ProviderAwayError(type(error).__name__) from error
        except (OAuthError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise ProviderError(type(error).__name__) from error
        if not said.get("sub"):
            raise ProviderError("no ID token")
        return Identity(self.facts.issuer, str(said["sub"]), self._claim(said))

    def _claim(self, said: Mapping[str, Any]) -> str | None:
        found = said.get(self.facts.claim)
        if not isinstance(found, str) or (self.facts.claim == "email" and said.get("email_verified") is not True):
            return None
        return found


def _oauth() -> Any:
    # Importing this has every one of them shown, so that it comes first.
    from authlib.deprecate import AuthlibDeprecationWarning  # noqa: PLC0415

    with warnings.catch_warnings():
        # It would rather have httpx2; everything else here asks with httpx, and does not need two of them.
        warnings.simplefilter("ignore", AuthlibDeprecationWarning)
        from authlib.integrations.starlette_client import OAuth  # noqa: PLC0415 - under the filter
    return OAuth()


def sign_in_by(connection: Connection[Any], who: Identity, now: datetime) -> Opened | Wrong:
    """A session for the account of an identity; what came of it is on record."""
    given = {"issuer": who.issuer, "subject": who.subject, "claim": who.claim}
    found = connection.execute(query("find_identity"), given).fetchone()
    number, login, is_disabled, is_first = found or (None, NOBODY, True, False)
    if is_first and number is not None and not is_disabled:
        written = connection.execute(query("write_identity"), {**given, "id": number}).fetchone()
        number = None if written is None else number
    token = None if number is None or is_disabled else begin_session(connection, number, "oidc", now)
    if number is None or token is None:
        record(connection, login, "sign_in.refused", {"method": "oidc", "issuer": who.issuer}, now)
        return Wrong()
    facts = {"method": "oidc", "issuer": who.issuer, **({"first": True} if is_first else {})}
    record(connection, login, "sign_in", facts, now)
    return Opened(token, number, login, must_change=False)
