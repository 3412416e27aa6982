"""What is taken away from the archive: renderings, manifests, packages, receipts. Each leaves a line in the record."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from psycopg import Connection

from dashboard.access.people import Person
from dashboard.accounts.audit import record
from dashboard.archive.answering import Answering, Looking, Running, as_file
from dashboard.archive.asked import FileName, Kind, Period, Receiver, Version
from dashboard.archive.queries import query
from stream.snapshot.seal.manifest import MEDIA_TYPES, package_name, read_manifest
from stream.snapshot.seal.package import MANIFEST, SIGNATURE
from stream.snapshot.seal.reading import read_package

Found: TypeAlias = tuple[bytes, str, str]
"""A file with the name it is kept under, and its media type."""
_ZIP: Final = "application/zip"
_BYTES: Final = "application/octet-stream"
_TYPES: Final[Mapping[str, str]] = {**MEDIA_TYPES, MANIFEST: "application/json", SIGNATURE: _BYTES}
PACKAGE: Final = "package"


def taking_router(answering: Answering) -> APIRouter:
    """`…/{version}/file/{name}`, `…/{version}/receipt/{receiver}` and `/archive/drafts/{number}/{name}`."""
    router = APIRouter(prefix="/archive", include_in_schema=False)

    @router.get("/drafts/{number}/{name}")
    async def draft(number: int, name: FileName, person: Running) -> Response:
        def read(connection: Connection[Any]) -> Found:
            found = connection.execute(query("read_draft"), {"id": number, "name": name}).fetchone()
            if found is None or found[2] is None:
                raise HTTPException(404, "no_such_draft")
            kind, period, body = found
            facts = {"kind": kind, "period": period, "file": name}
            record(connection, person, "archive.draft_taken", facts, answering.clock())
            return body, f"DRAFT-{kind}-{period}.{name.rpartition('.')[2]}", MEDIA_TYPES[name]

        return as_file(*await answering.do(read))

    @router.get("/{kind}/{period}/{version}/file/{name}")
    async def file(kind: Kind, period: Period, version: Version, name: str, person: Looking) -> Response:
        if name != PACKAGE and name not in _TYPES:
            raise HTTPException(404, "no_such_file")
        _may_take(person, version)
        which = {"kind": kind, "period": period, "version": version}

        def read(connection: Connection[Any]) -> Found:
            found = _read(connection, which, name)
            record(connection, person, "archive.taken", {**which, "file": name}, answering.clock())
            return found

        return as_file(*await answering.do(read))

    @router.get("/{kind}/{period}/{version}/receipt/{receiver}")
    async def receipt(
        kind: Kind, period: Period, version: Version, receiver: Receiver, person: Looking
    ) -> Response:  # fmt: skip
        which = {"kind": kind, "period": period, "version": version, "receiver": receiver}

        def read(connection: Connection[Any]) -> Found:
            found = connection.execute(query("read_receipt"), which).fetchone()
            if found is None:
                raise HTTPException(404, "no_receipt")
            record(connection, person, "archive.receipt_taken", which, answering.clock())
            return found[0], f"receipt-{kind}-{period}-v{version}-{receiver}.json", _BYTES

        return as_file(*await answering.do(read))

    return router


def _may_take(person: Person, version: int) -> None:
    """A restatement names the cases behind it, of any unit: raises `HTTPException` (403) for a person of some units."""
    if version > 1 and person.scope.entries is not None:
        raise HTTPException(403, "outside_scope")


def _read(connection: Connection[Any], which: Mapping[str, Any], name: str) -> Found:
    sealed = connection.execute(query("read_manifest"), which).fetchone()
    if sealed is None:
        raise HTTPException(404, "not_sealed")
    manifest, signature = sealed
    package = package_name(read_manifest(manifest))
    stem = package.removesuffix(".zip")
    if name == PACKAGE:
        return read_package(connection, which["kind"], which["period"], which["version"]), package, _ZIP
    if name in {MANIFEST, SIGNATURE}:
        return (manifest if name == MANIFEST else signature), f"{stem}.{name}", _TYPES[name]
    return _body(connection, which, name), f"{stem}.{name.rpartition('.')[2]}", _TYPES[name]


def _body(connection: Connection[Any], which: Mapping[str, Any], name: str) -> bytes:
    found = connection.execute(query("read_file"), {**which, "name": name}).fetchone()
    if found is None:
        raise HTTPException(404, "no_such_file")
    body: bytes = found[0]
    return body
