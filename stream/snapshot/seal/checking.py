"""Whether a package is what its sealer sealed: signature, digests, and that the JSON says what the manifest says.

Pure: needs the package and the keys, no database, no network, no clock. `chain` looks at several packages together,
`renderings` whether the spreadsheet and the PDF say the same as the JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stream.snapshot.content.canonical import read
from stream.snapshot.content.document import Snapshot
from stream.snapshot.content.errors import SnapshotError
from stream.snapshot.seal.errors import ManifestError, PackageError
from stream.snapshot.seal.findings import Finding, Findings, findings, found
from stream.snapshot.seal.forms import check_forms
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.manifest import JSON, Manifest, digest_of, read_manifest
from stream.snapshot.seal.moments import moment_of
from stream.snapshot.seal.package import MANIFEST, Package, unpack
from stream.snapshot.seal.signing import check_signature
from stream.snapshot.seal.telling import told_of


@dataclass(frozen=True)
class Checked:
    """A package with what was found of it; what could not be read is None."""

    package: Package | None
    manifest: Manifest | None
    snapshot: Snapshot | None
    findings: Findings

    @property
    def digest(self) -> str | None:
        """The digest of the manifest: what receipts and the next link name."""
        return None if self.package is None else digest_of(self.package.manifest)


def check(package: Package, keys: Keyring, previous: bytes | None = None) -> Findings:
    """What is found of a package; `previous` is the manifest with the number before, where it is at hand."""
    return check_package(package, keys, previous).findings


def check_packed(body: bytes, keys: Keyring, previous: bytes | None = None) -> Checked:
    """The same of a package as bytes."""
    try:
        package = unpack(body)
    except PackageError as error:
        wrong = found(error.code, error.name, **error.facts)
        return Checked(None, None, None, findings([wrong]))
    return check_package(package, keys, previous)


def check_package(package: Package, keys: Keyring, previous: bytes | None = None) -> Checked:
    """The same, with what could be read."""
    try:
        manifest = read_manifest(package.manifest)
    except ManifestError as error:
        wrong = found("manifest.unreadable", MANIFEST, why=str(error))
        return Checked(package, None, None, findings([wrong]))
    told = [*check_signature(manifest, package, keys), *_files(manifest, package)]
    snapshot, of_json = _json(package)
    told += of_json
    if snapshot is not None:
        told += [*_same(manifest, snapshot), *check_forms(snapshot.forms)]
    told += _link(manifest, previous)
    return Checked(package, manifest, snapshot, findings(told))


def _files(manifest: Manifest, package: Package) -> Iterator[Finding]:
    good = 0
    for name, sealed in manifest.files.items():
        body = package.files.get(name)
        if body is None:
            yield found("file.missing", name, name=name)
            continue
        digest = digest_of(body)
        if len(body) != sealed.bytes:
            yield found("file.size", name, name=name, is_now=len(body), sealed=sealed.bytes)
        if digest != sealed.sha256:
            yield found("file.digest", name, name=name, is_now=digest, sealed=sealed.sha256)
        good += digest == sealed.sha256 and len(body) == sealed.bytes
    for name in package.files.keys() - manifest.files.keys():
        yield found("file.extra", name, name=name)
    if good == len(manifest.files):
        yield found("file.good", MANIFEST, count=good)


def _json(package: Package) -> tuple[Snapshot | None, list[Finding]]:
    body = package.files.get(JSON)
    if body is None:
        return None, []
    try:
        return read(body), []
    except (SnapshotError, RecursionError) as error:
        return None, [found("json.unreadable", JSON, why=str(error))]


def _same(manifest: Manifest, snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.draft:
        yield found("json.draft", JSON)
    for field, told in told_of(snapshot).items():
        if getattr(manifest, field) != told:
            yield found("json.differs", f"{MANIFEST} {field}", field=field)
    if moment_of(manifest.sealed_at) < moment_of(manifest.known_at):
        yield found("moments.order", MANIFEST, sealed_at=manifest.sealed_at, known_at=manifest.known_at)


def _link(manifest: Manifest, previous: bytes | None) -> Iterator[Finding]:
    if previous is None:
        return
    is_now = digest_of(previous)
    if manifest.previous != is_now:
        yield found(
            "chain.link", MANIFEST, number=manifest.number, before=manifest.number - 1,
            named=manifest.previous or "—", is_now=is_now,
        )  # fmt: skip
