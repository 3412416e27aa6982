"""Whether a manifest was signed by a key that is trusted, and that was in use then."""

from collections.abc import Iterator

from stream.snapshot.seal.findings import Finding, found
from stream.snapshot.seal.keyring import Keyring, TrustedKey
from stream.snapshot.seal.keys import SIGNATURE_BYTES
from stream.snapshot.seal.manifest import Manifest
from stream.snapshot.seal.moments import moment_of
from stream.snapshot.seal.package import MANIFEST, SIGNATURE, Package
from stream.snapshot.seal.wording import words


def check_signature(manifest: Manifest, package: Package, keys: Keyring) -> Iterator[Finding]:
    """What is found of the signature: one note that it is right, or why it proves nothing.

    `sealed_at` is the sealer's word: who stole a key can date back, so that a revoked key warns at least.
    """
    trusted = keys.trusted.get(manifest.key)
    if trusted is None:
        yield _of_other_key(manifest, keys)
        return
    if len(package.signature) != SIGNATURE_BYTES or not trusted.key.verifies(package.manifest, package.signature):
        yield found("signature.wrong", SIGNATURE)
        return
    why = words().trust[trusted.trust]
    yield found("signature.good", SIGNATURE, key=manifest.key, trust=trusted.trust, trust_vi=why.vi, trust_en=why.en)
    yield from _in_use(manifest, trusted)


def _of_other_key(manifest: Manifest, keys: Keyring) -> Finding:
    if (why := keys.refused.get(manifest.key)) is None:
        return found("key.unknown", MANIFEST, key=manifest.key)
    said = words().mistrust[why]
    return found("key.not_trusted", MANIFEST, key=manifest.key, why=why, why_vi=said.vi, why_en=said.en)


def _in_use(manifest: Manifest, trusted: TrustedKey) -> Iterator[Finding]:
    listed = trusted.listed
    if listed is None:
        return
    told = {"key": manifest.key, "sealed_at": manifest.sealed_at}
    sealed_at = moment_of(manifest.sealed_at)
    if listed.revoked_at is not None:
        is_before = sealed_at < moment_of(listed.revoked_at)
        code = "key.revoked_since" if is_before else "key.revoked_before"
        yield found(code, MANIFEST, at=listed.revoked_at, reason=listed.reason or "—", **told)
    elif listed.retired_at is not None and sealed_at > moment_of(listed.retired_at):
        yield found("key.retired_before", MANIFEST, at=listed.retired_at, **told)
