"""The receiver's HTTP: `POST /v1/snapshots` takes a package, all else shows what was taken (docs/receive.md)."""

import hmac
from pathlib import Path
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from ioc.delivering.receipts import SIGNATURE
from ioc.receiving.keeping import RECEIPT, Archive, Kept, Name
from ioc.receiving.refusal import MEDIA_TYPE, RefusedError
from ioc.receiving.spooling import LARGEST, spool
from ioc.receiving.taking import Taken, Taking
from stream.snapshot.seal.manifest import MEDIA_TYPES
from stream.snapshot.seal.package import NAMES, unpack

AT: Final = "/v1/snapshots"
_ZIP: Final = "application/zip"
_JSON: Final = "application/json"
_LONGEST: Final = 20
"""Digits of a version, at most."""

_log = structlog.get_logger(__name__)


class Server:
    """Routes over an archive. `tokens`: a file with one token a line, of which each may come in; None: anybody."""

    def __init__(self, archive: Archive, taking: Taking, tokens: Path | None) -> None:
        self._archive = archive
        self._taking = taking
        self._tokens = tokens

    def app(self) -> FastAPI:
        """The application."""
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        app.add_exception_handler(RefusedError, _refused)
        app.add_exception_handler(OSError, _full)
        app.get("/health")(self.health)
        app.post(AT)(self.take)
        app.get(AT)(self.list)
        app.get(f"{AT}/{{area}}/{{kind}}/{{period}}/{{version}}")(self.show)
        app.get(f"{AT}/{{area}}/{{kind}}/{{period}}/{{version}}/{{file}}")(self.file)
        return app

    async def health(self) -> dict[str, Any]:
        """That it is there, and how many packages it has."""
        return {"status": "ok", "snapshots": len(self._archive)}

    async def take(self, request: Request) -> Response:
        """Take a package: 201 with a receipt, 200 with the very same where it is here already."""
        self._admit(request)
        key = request.headers.get("idempotency-key", "").strip().strip('"')
        if not key:
            raise RefusedError(400, "no_key", "Idempotency-Key is missing")
        if request.headers.get("content-type", "").partition(";")[0].strip() != _ZIP:
            raise RefusedError(415, "no_zip", f"Content-Type has to be {_ZIP}")
        if (told := request.headers.get("content-length", "")).isdigit() and int(told) > LARGEST:
            raise RefusedError(413, "too_large", f"a package has at most {LARGEST:,} bytes")
        draft = await run_in_threadpool(self._archive.draft)
        try:
            await spool(request.stream(), request.headers, draft.file)
            taken = await run_in_threadpool(self._taking.take, draft, key)
        finally:
            await run_in_threadpool(draft.discard)
        return _answer(taken)

    async def list(
        self, request: Request, area: str | None = None, kind: str | None = None, most: int = 100
    ) -> dict[str, Any]:
        """What is here, the newest of each kind first."""
        self._admit(request)
        found = [
            each for each in self._archive if area in {None, each.manifest.area} and kind in {None, each.manifest.kind}
        ]
        found.sort(key=lambda each: each.manifest.number, reverse=True)
        found.sort(key=lambda each: (each.manifest.area, each.manifest.kind))
        return {"snapshots": [_shown(each) for each in found[: max(most, 0)]], "of": len(found)}

    async def show(self, request: Request) -> dict[str, Any]:
        """One package: what its manifest says, and its receipt."""
        kept = self._kept(request)
        return {**_shown(kept), "receipt": kept.receipt().decode(), "receipt_signature": kept.signature()}

    async def file(self, request: Request) -> Response:
        """The package, its receipt, or a file in it."""
        kept, file = self._kept(request), request.path_params["file"]
        if file == "package":
            return FileResponse(kept.package, media_type=_ZIP, filename=kept.package.name)
        if file == RECEIPT:
            return Response(kept.receipt(), media_type=_JSON)
        if file not in NAMES:
            raise RefusedError(404, "no_file", f"there are package, {RECEIPT}, {', '.join(NAMES)}")
        package = await run_in_threadpool(lambda: unpack(kept.package.read_bytes()))
        found = {**package.files, NAMES[0]: package.manifest, NAMES[1]: package.signature}
        return Response(found[file], media_type={**MEDIA_TYPES, NAMES[0]: _JSON}.get(file, "application/octet-stream"))

    def _kept(self, request: Request) -> Kept:
        self._admit(request)
        of = request.path_params
        number = of["version"].removeprefix("v")
        name = Name(
            of["area"], of["kind"], of["period"], int(number) if number.isdecimal() and len(number) < _LONGEST else 0
        )
        kept = self._archive.find(name)
        if kept is None:
            raise RefusedError(404, "not_here", f"{'/'.join(map(str, name))} is not here")
        return kept

    def _admit(self, request: Request) -> None:
        """Let in who has a token; the file is read each time, so that one that was replaced counts at once."""
        if self._tokens is None:
            return
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        known = [line.strip().encode() for line in self._tokens.read_text(encoding="utf-8").splitlines()]
        found = [hmac.compare_digest(each, given.strip().encode()) for each in known if each]
        if scheme.lower() != "bearer" or not any(found):
            raise RefusedError(401, "no_token", "a token is needed: Authorization: Bearer …")


def _shown(kept: Kept) -> dict[str, Any]:
    of = kept.manifest
    return {
        "area": of.area, "kind": of.kind, "period": of.period, "version": of.version, "number": of.number,
        "digest": kept.digest, "previous": of.previous, "due_at": of.due_at, "as_of": of.as_of,
        "sealed_at": of.sealed_at, "is_partial": of.is_partial, "late": of.late,
        "restates": None if of.restates is None else of.restates.version,
        "package": f"{AT}/{'/'.join(map(str, kept.name))}/package",
    }  # fmt: skip


def _answer(taken: Taken) -> Response:
    headers = {} if taken.signature is None else {SIGNATURE: taken.signature}
    return Response(taken.receipt, 201 if taken.is_new else 200, headers, _JSON)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, RefusedError):
        raise error
    _log.warning("receive.refused", method=request.method, status=error.status, code=error.code, reason=str(error))
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    return Response(error.body(), error.status, headers, MEDIA_TYPE)


async def _full(request: Request, error: Exception) -> Response:
    """The disk is full, or can't be written: nothing was kept, and it may be sent again later."""
    _log.error("receive.disk", method=request.method, reason=str(error))
    return Response(RefusedError(507, "disk", "this can't be kept just now").body(), 507, media_type=MEDIA_TYPE)
