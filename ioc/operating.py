"""Who is let into the dashboard, and what they can do from it, wired to the home and to the event log."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from ioc.errors import SettingError
from ioc.services.secret import secret_in
from ioc.settings import Settings

if TYPE_CHECKING:
    from dashboard.access import Access, Entry
    from dashboard.access.entry import OidcFacts
    from dashboard.data.operators import Operators

_log = structlog.get_logger()


def operators_of(settings: Settings) -> "Operators":
    """What operators can do from the pages: send a record in quarantine again."""
    from dashboard.data.operators import Operators

    return Operators(lambda part, pos, corrected: _replay(settings, part, pos, corrected))


def entry_of(settings: Settings, access: "Access") -> "Entry":
    """Who may look, with what signs sessions and the key of scripts: `session.key` and `operator.key` in the home.

    Both are made at first asking. Where the home can't keep the first, displays prove themselves again after each
    start; without the second, no script is let in. Raises `SettingError`.
    """
    from dashboard.access import Entry

    secret, key = _kept(settings, "session.key"), _kept(settings, "operator.key")
    entry = Entry(access, key=key, oidc=_oidc_of(settings))
    return entry if secret is None else replace(entry, secret=secret.encode())


def _oidc_of(settings: Settings) -> "OidcFacts | None":
    """The provider of identities that people can sign in by; None where none is named. Raises `SettingError`."""
    from dashboard.access.entry import OidcFacts

    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None or settings.oidc_client_secret is None:
        raise SettingError("IOC_OIDC_ISSUER needs IOC_OIDC_CLIENT_ID and IOC_OIDC_CLIENT_SECRET")
    return OidcFacts(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret,
        settings.oidc_claim, settings.oidc_name)  # fmt: skip


def _kept(settings: Settings, name: str) -> str | None:
    try:
        found = secret_in(settings.home / "secrets" / name)
    except OSError as error:
        _log.warning("secret_missing", file=name, reason=error.strerror)
        return None
    if not found:  # an empty file would let everybody in
        _log.warning("secret_missing", file=name, reason="the file is empty")
    return found or None


def _replay(settings: Settings, part: int, pos: int, corrected: bytes | None) -> tuple[int, int]:
    import psycopg

    from dashboard.data.operators import UnavailableError
    from ingest.errors import IngestError
    from ioc.wiring import connect, open_log
    from stream.quarantine import Quarantine

    try:
        with closing(open_log(settings)) as log, connect(settings) as connection:
            position = Quarantine(connection).replay(log, part, pos, corrected)
            return position.partition, position.position
    except (IngestError, psycopg.OperationalError) as error:
        raise UnavailableError(type(error).__name__) from error
