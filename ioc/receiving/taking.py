"""Taking a package: it is checked, put into the chain of its kind, kept, and answered with a receipt.

The chain decides what may be taken. A package whose predecessor never came is taken, and its receipt says so
(`missing_link`): who has a gap should know, but not be without the figures of today. A package that contradicts what is
here is refused (409): the same name or the same number with another digest, a predecessor or a successor that is
another one. Two histories of one kind are for people to settle.

What comes now and is sealed by a key that is revoked now proves nothing, whenever it says that it was sealed: who stole
the key dates back. It is taken only where the package after it is here and follows just this one.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final, NamedTuple

import rfc8785
import structlog

from ioc.delivering.receipts import FORMAT
from ioc.receiving.keeping import RECEIPT, SIGNATURE, Archive, Draft, Kept, name_of
from ioc.receiving.refusal import RefusedError
from stream.snapshot.content.moments import second
from stream.snapshot.seal.checking import Checked, check_package
from stream.snapshot.seal.errors import ManifestError, PackageError
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.manifest import Manifest, digest_of, read_manifest
from stream.snapshot.seal.package import MANIFEST, Package, unpack

MISSING_LINK: Final = "missing_link"
_UNKNOWN_KEYS: Final = frozenset({"key.unknown", "key.not_trusted"})
_REVOKED: Final = "key.revoked_since"

_log = structlog.get_logger(__name__)


class Taken(NamedTuple):
    """The receipt, the header that signs it, and whether it is a new one."""

    receipt: bytes
    signature: str | None
    is_new: bool


@dataclass(frozen=True)
class Receiving:
    """Who receives: `name` is in receipts, `keyring` answers the keys that are trusted now, `key` signs receipts.

    `areas` are those of which packages are taken; none is any, for which every trusted key may seal.
    """

    name: str
    clock: Callable[[], datetime]
    keyring: Callable[[], Keyring]
    key: SigningKey | None = None
    areas: frozenset[str] = frozenset()


class Taking:
    """Takes packages, one at a time."""

    def __init__(self, archive: Archive, receiving: Receiving) -> None:
        self._archive = archive
        self._receiving = receiving
        self._one_at_a_time = Lock()

    def take(self, draft: Draft, key: str) -> Taken:
        """Keep what the draft holds, sent with the idempotency key `key`. Raises `RefusedError`."""
        body = draft.file.read_bytes()
        package, manifest = _opened(body)
        if not f"/{key}".endswith(f"/{manifest.kind}/{manifest.period}/{manifest.version}"):
            raise RefusedError(
                400, "key_of_another", "Idempotency-Key has to end in <kind>/<period>/<version> of the package"
            )
        if self._receiving.areas and manifest.area not in self._receiving.areas:
            raise RefusedError(403, "other_area", f"packages of {manifest.area} are not taken here")
        with self._one_at_a_time:
            known = self._archive.find(name_of(manifest))
            if known is not None:
                return _again(known, body, package)
            before = self._archive.numbered(manifest.area, manifest.kind, manifest.number - 1)
            checked = self._checked(package, before)
            self._check_chain(manifest, digest_of(package.manifest), before)
            self._check_revoked(manifest, checked)
            return self._keep(draft, manifest, package, self._told(checked, manifest, before))

    def _checked(self, package: Package, before: Kept | None) -> Checked:
        """Raises `RefusedError` for what is not proven. A key that is not known yet may be known soon: 403, not 422."""
        manifest_before = None if before is None else unpack(before.package.read_bytes()).manifest
        checked = check_package(package, self._receiving.keyring(), manifest_before)
        errors = [each for each in checked.findings.errors if not each.code.startswith("chain.")]
        if errors and all(each.code in _UNKNOWN_KEYS for each in errors):
            raise RefusedError(403, "key_unknown", "the seal is of a key that this receiver does not trust", errors)
        if errors:
            raise RefusedError(422, "not_proven", "the package is not what was sealed", errors)
        return checked

    def _check_chain(self, manifest: Manifest, digest: str, before: Kept | None) -> None:
        area, kind, number = manifest.area, manifest.kind, manifest.number
        if (same := self._archive.numbered(area, kind, number)) is not None:
            raise _conflict("number", f"number {number} of {kind} is here as {same.manifest.period}, another package")
        if before is not None and before.digest != manifest.previous:
            raise _conflict("link", f"number {number - 1} of {kind} is here with another digest than this one follows")
        after = self._archive.numbered(area, kind, number + 1)
        if after is not None and after.manifest.previous != digest:
            raise _conflict("link", f"number {number + 1} of {kind} is here, and follows another one than this")
        restates = manifest.restates
        restated = (
            None if restates is None else self._archive.find(name_of(manifest)._replace(version=restates.version))
        )
        if restates is not None and restated is not None and restated.digest != restates.digest:
            raise _conflict(
                "restated", f"version {restates.version} is here with another digest than this one restates"
            )

    def _check_revoked(self, manifest: Manifest, checked: Checked) -> None:
        revoked = [each for each in checked.findings if each.code == _REVOKED]
        if revoked and self._archive.numbered(manifest.area, manifest.kind, manifest.number + 1) is None:
            raise RefusedError(422, "key_revoked", "it came after the key that sealed it was revoked", revoked)

    def _told(self, checked: Checked, manifest: Manifest, before: Kept | None) -> Sequence[str]:
        warnings = [each.code for each in checked.findings if each.severity == "warning"]
        return [*warnings, MISSING_LINK] if manifest.number > 1 and before is None else warnings

    def _keep(self, draft: Draft, manifest: Manifest, package: Package, found: Sequence[str]) -> Taken:
        digest = digest_of(package.manifest)
        receipt = rfc8785.dumps(
            {
                "format": FORMAT, "digest": digest, "area": manifest.area, "kind": manifest.kind,
                "period": manifest.period, "version": manifest.version, "number": manifest.number,
                "received_at": second(self._receiving.clock()), "receiver": self._receiving.name,
                "findings": list(found),
            }
        )  # fmt: skip
        key = self._receiving.key
        signature = None if key is None else base64.b64encode(key.sign(receipt)).decode()
        beside = {RECEIPT: receipt} if signature is None else {RECEIPT: receipt, SIGNATURE: signature.encode()}
        self._archive.keep(draft, manifest, digest, beside)
        _log.info("receive.taken", **name_of(manifest)._asdict(), digest=digest, findings=list(found))
        return Taken(receipt, signature, is_new=True)


def _opened(body: bytes) -> tuple[Package, Manifest]:
    try:
        package = unpack(body)
    except PackageError as error:
        raise RefusedError(422, "no_package", f"this is no package: it {error}") from error
    try:
        return package, read_manifest(package.manifest)
    except ManifestError as error:
        raise RefusedError(422, "no_manifest", f"{MANIFEST} {error}") from error


def _again(known: Kept, body: bytes, package: Package) -> Taken:
    """What is here already: the same package has the same receipt, another one of that name is refused."""
    if known.digest != digest_of(package.manifest) or known.package.read_bytes() != body:
        raise _conflict("name", f"{'/'.join(map(str, known.name))} is here with the digest {known.digest}")
    return Taken(known.receipt(), known.signature(), is_new=False)


def _conflict(what: str, detail: str) -> RefusedError:
    return RefusedError(409, f"other_{what}", detail)
