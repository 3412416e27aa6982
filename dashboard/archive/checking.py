"""Verifying in place what lies in the archive, and publishing the public keys with which anybody else can."""

import asyncio
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import msgspec
from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from psycopg import Connection

from dashboard.accounts.audit import record
from dashboard.archive.answering import Answering, Looking, as_file, as_json
from dashboard.archive.asked import Kind, Period, Version
from dashboard.archive.queries import query
from stream.snapshot.seal.checking import check_package
from stream.snapshot.seal.errors import ManifestError, NotSealedError
from stream.snapshot.seal.findings import Finding, Findings, found
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.manifest import Manifest, Restated, digest_of, read_manifest
from stream.snapshot.seal.package import MANIFEST, Package
from stream.snapshot.seal.published import PublishedKeys, published_bytes
from stream.snapshot.seal.reading import read_published_keys, read_sealed
from stream.store.reading import snapshot

_NO_LINKS: Final = (0, 0, None, None, None, None)


class _Chain(NamedTuple):
    """The chain of a kind: how many links, the last number, what follows a hole, what names another one before it."""

    links: int
    last: int
    after_hole: int | None
    broken: int | None
    named: str | None
    digest_before: str | None


class _Sealed(NamedTuple):
    """What is checked, as it lies in the database, what it restates, the chain that it is in, and the keys."""

    package: Package
    restated: bytes | None
    chain: _Chain
    keys: PublishedKeys


def checking_router(answering: Answering) -> APIRouter:
    """`GET …/{version}/check` says what was found; `GET /archive/keys.json` is the list of public keys."""
    router = APIRouter(prefix="/archive", include_in_schema=False)

    @router.get("/keys.json")
    async def keys(person: Looking) -> Response:
        def read(connection: Connection[Any]) -> PublishedKeys:
            listed = read_published_keys(connection)
            record(connection, person, "archive.keys_taken", {}, answering.clock())
            return listed

        return as_file(published_bytes(await answering.do(read)), "keys.json", "application/json")

    @router.get("/{kind}/{period}/{version}/check")
    async def checked(kind: Kind, period: Period, version: Version, _: Looking) -> Response:
        which = {"kind": kind, "period": period, "version": version}
        sealed = await answering.do(lambda connection: _read(connection, which))
        told = await asyncio.to_thread(_checked, sealed, kind)  # hashing: the connection is for others meanwhile
        plain = [msgspec.to_builtins(each) for each in told]
        return as_json({"proven": told.is_proven, "findings": plain, "at": answering.clock()})

    return router


def _read(connection: Connection[Any], which: dict[str, Any]) -> _Sealed:
    with snapshot(connection):
        try:
            package = read_sealed(connection, which["kind"], which["period"], which["version"])
        except NotSealedError:
            raise HTTPException(404, "not_sealed") from None
        restates = _restates(package)
        row = connection.execute(query("read_manifest"), {**which, "version": restates.version if restates else 0})
        restated = row.fetchone()
        links = connection.execute(query("read_links"), {"kind": which["kind"]}).fetchone()
        keys = read_published_keys(connection)
    return _Sealed(package, None if restated is None else restated[0], _Chain(*(links or _NO_LINKS)), keys)


def _restates(package: Package) -> Restated | None:
    try:
        return read_manifest(package.manifest).restates
    except ManifestError:
        return None  # `check_package` tells it


def _checked(sealed: _Sealed, kind: str) -> Findings:
    """What is found of the package, of the version that it restates, and of the whole chain of its kind."""
    checked = check_package(sealed.package, Keyring.of((), sealed.keys))
    own = () if checked.manifest is None else _restated(checked.manifest, sealed.restated)
    return Findings((*checked.findings, *own, *_chained(sealed.chain, kind)))


def _restated(manifest: Manifest, restated: bytes | None) -> Iterator[Finding]:
    restates = manifest.restates
    if restates is None:
        return
    told = {"version": restates.version, "period": manifest.period}
    if restated is None:
        yield found("restates.open", MANIFEST, **told)
    elif (is_now := digest_of(restated)) != restates.digest:
        yield found("restates.digest", MANIFEST, named=restates.digest, is_now=is_now, **told)
    else:
        yield found("restates.good", MANIFEST, number=read_manifest(restated).number, **told)


def _chained(chain: _Chain, kind: str) -> Iterator[Finding]:
    if chain.after_hole is not None:
        yield found("chain.missing", kind, kind=kind, missing=chain.after_hole - 1)
    if chain.broken is not None:
        told = {"number": chain.broken, "before": chain.broken - 1, "named": chain.named or "—",
            "is_now": chain.digest_before or "—"}  # fmt: skip
        yield found("chain.link", kind, **told)
    if chain.after_hole is None and chain.broken is None:
        yield found("chain.good", kind, kind=kind, first=1, last=chain.last)
