"""The register of sources in PostgreSQL: who may send, for which units, by which token."""

import math
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Any, Final, NamedTuple

from psycopg.rows import dict_row

from ingest.contracts.declared import Stream
from ingest.errors import RegistrationError
from ingest.registration import Source, UnitChange
from ingest.store.database import Database, query

_FRESH: Final = 2.0  # seconds after which a revoked token is refused everywhere
_TOKEN_BYTES: Final = 32
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/\-]{0,99}")
_UNIT: Final = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """A source in the register; `active` while one of its tokens holds."""

    id: str
    kind: str
    agencies: Mapping[str, str]
    added_at: datetime
    active: bool
    unit_change: UnitChange = "transfer"
    levels: Mapping[str, int] = field(default_factory=dict)
    streams: tuple[Stream, ...] = ("onestop",)
    cadence: int | None = None
    callback: str | None = None

    def as_source(self) -> Source:
        """The source as it was registered, without its secret."""
        return Source(
            self.id, self.kind, self.agencies, self.unit_change, self.levels, self.streams, self.cadence, self.callback
        )


class _Register(NamedTuple):
    by_digest: Mapping[bytes, Source]
    by_id: Mapping[str, Source]
    read_at: float


_UNREAD: Final = _Register({}, {}, -math.inf)


class PostgresSourceBook:
    """A `SourceBook` in the tables `source`, `source_agency` and `source_token`. Any thread may ask.

    The whole register is kept in memory for up to two seconds: a look-up costs no query, a revoked token
    is refused within two seconds everywhere, a new one is known at once. Every method raises
    `RegisterUnavailableError` where the database can't be reached.
    """

    def __init__(
        self, url: str, *, schema: str = "ingest", patience: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = Database(url, schema, patience)
        self._clock = clock
        self._reading = Lock()
        self._register = _UNREAD

    def by_token(self, token: str) -> Source | None:
        """The source that this token belongs to, or None for an unknown or revoked one."""
        asked_at = self._clock()
        digest = _digest(token)
        source = self._read_since(asked_at - _FRESH).by_digest.get(digest)
        # An unknown one may have been added a moment ago, elsewhere.
        return source if source is not None else self._read_since(asked_at).by_digest.get(digest)

    def by_id(self, source: str) -> Source | None:
        """The source of this id, or None for an unknown or revoked one."""
        asked_at = self._clock()
        found = self._read_since(asked_at - _FRESH).by_id.get(source)
        return found if found is not None else self._read_since(asked_at).by_id.get(source)

    def add(
        self,
        id: str,  # noqa: A002 - the field's own word
        kind: str,
        agencies: Mapping[str, str],
        *,
        unit_change: UnitChange = "transfer",
    ) -> str:
        """Register a source that promises nothing but what its kind says; see `add_source`."""
        return self.add_source(Source(id, kind, agencies, unit_change))

    def add_source(self, source: Source) -> str:
        """Register a source and answer its token, which is told this once and stored only as its SHA-256.

        A source whose tokens were revoked is taken up again, as it is given now. Raises `RegistrationError` for an id
        that is in use, and for an id, an agency or a unit of another shape.
        """
        _check(source.id, source.agencies)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._database.transaction() as connection:
            # One after the other: a statement that waited for a row would not see the token made meanwhile.
            connection.execute("lock table source in share row exclusive mode")
            found = connection.execute(query("source_add"), _registered(source)).fetchone()
            if found is not None and found[0]:
                raise RegistrationError(
                    f"source {source.id} is registered already: revoke it first to give it a new token"
                )
            connection.execute(query("source_set_agencies"), _agencies(source))
            connection.execute(query("source_add_token"), {"id": source.id, "digest": _digest(token)})
        return token

    def list(self) -> Sequence[RegisteredSource]:
        """All sources by their ids, also revoked ones."""
        with self._database.transaction() as connection:
            rows = connection.cursor(row_factory=dict_row).execute(query("source_list")).fetchall()
        return [RegisteredSource(**_named(row)) for row in rows]

    def promise(self, source: Source) -> None:
        """Register what the source promises now: its streams and its cadence; all else stays as it is."""
        with self._database.transaction() as connection:
            given = {"id": source.id, "streams": list(source.streams), "cadence": source.cadence}
            connection.execute(query("source_set_promise"), given)
        self._register = _UNREAD

    def revoke(self, id: str) -> bool:  # noqa: A002 - the field's own word
        """Make every token of a source void; False where it had none that held."""
        with self._database.transaction() as connection:
            found = connection.execute(query("source_revoke"), {"id": id}).fetchone()
        self._register = _UNREAD
        return found is not None and found[0] > 0

    def close(self) -> None:
        """Give up the connections."""
        self._database.close()

    def _read_since(self, moment: float) -> _Register:
        """The register as it was read at `moment` or later; one thread reads it for all that wait."""
        register = self._register
        if register.read_at <= moment:
            with self._reading:
                if self._register.read_at <= moment:
                    read_at = self._clock()
                    with self._database.transaction() as connection:
                        cursor = connection.cursor(row_factory=dict_row)
                        rows = cursor.execute(query("source_register")).fetchall()
                    by_digest = {bytes(row.pop("digest")): Source(**_named(row)) for row in rows}
                    self._register = _Register(by_digest, {each.id: each for each in by_digest.values()}, read_at)
                register = self._register
        return register


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "streams": tuple(row["streams"])}


def _registered(source: Source) -> dict[str, object]:
    return {
        "id": source.id,
        "kind": source.kind,
        "unit_change": source.unit_change,
        "streams": list(source.streams),
        "cadence": source.cadence,
        "callback": source.callback,
        "secret": source.secret,
    }


def _agencies(source: Source) -> dict[str, object]:
    return {
        "id": source.id,
        "agencies": list(source.agencies),
        "units": list(source.agencies.values()),
        "levels": [int(source.level_of(agency)) for agency in source.agencies],
    }


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()


def _check(source: str, agencies: Mapping[str, str]) -> None:
    if not _ID.fullmatch(source):
        raise RegistrationError(f"{source!r} can't be a source's id: use 1 to 100 letters, digits and . _ : / -")
    for agency, unit in agencies.items():
        if not agency.strip() or agency != agency.strip() or len(agency) > 255 or not agency.isprintable():
            raise RegistrationError(f"{agency!r} can't be an agency code")
        if not _UNIT.fullmatch(unit):
            raise RegistrationError(f"agency {agency}: {unit!r} is no unit code, which has 5 digits")
