"""signxml with a chain in memory, bound to what may be asked of it, and telling whose certificate it was."""

import logging
from datetime import datetime
from typing import Any, Final, NamedTuple

from cryptography import x509
from lxml import etree
from signxml.util import X509CertChainVerifier
from signxml.verifier import SignatureConfiguration, XMLVerifier

from ingest.sources.edxml.chain import Certificate, Trust, certificate
from ingest.sources.edxml.tree import Element, within

_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
MOST_LETTERS: Final = 256 * 1024
"""Of one signature with its certificates."""
_MOST_STEPS: Final = 16
"""References and transforms of one signature: each is a pass over the whole message."""
_MOST_OF_A_KEY: Final = 8 * 1024

# At its level DEBUG signxml writes what was signed: subjects and names.
logging.getLogger("signxml").setLevel(logging.WARNING)


class Verified(NamedTuple):
    """Whose signature it is, and what it signed: parsed anew from the very bytes of the digest."""

    certificate: Certificate
    contents: tuple[Element, ...]


def verify(scope: Element, signature: Element, trust: Trust, at: datetime) -> Verified | None:
    """What a signature signs; None where it is not valid at that moment.

    signxml takes the first one of a parent: a second one beside it is not looked at.
    """
    parent = signature.getparent()
    if parent is None or parent.find(_SIGNATURE) is not signature or not _is_bounded(signature):
        return None
    path = etree.ElementTree(scope).getelementpath(parent)
    place = "./" if path == "." else f"./{path}/"
    config = SignatureConfiguration(location=place, expect_references=True, verification_time=at)
    verifier = _Verifier(trust)
    try:
        found = verifier.verify(scope, expect_config=config)
    except Exception:  # noqa: BLE001 - whatever a malformed signature makes of the libraries: it is not valid
        return None
    results = found if isinstance(found, list) else [found]
    contents = tuple(result.signed_xml for result in results if result.signed_xml is not None)
    return Verified(certificate(verifier.signer), contents) if verifier.signer is not None else None


def _is_bounded(signature: Element) -> bool:
    size = sum(len(text) for text in signature.itertext())
    steps = sum(1 for _ in within(signature, "reference", "transform"))
    keys = sum(len(text) for key in within(signature, "keyvalue", "derencodedkeyvalue") for text in key.itertext())
    return size <= MOST_LETTERS and steps <= _MOST_STEPS and keys <= _MOST_OF_A_KEY


class _Verifier(XMLVerifier):
    def __init__(self, trust: Trust) -> None:
        super().__init__()
        self._trust = trust
        self.signer: x509.Certificate | None = None

    def get_cert_chain_verifier(self, ca_pem_file: Any, ee_policy: Any, ca_policy: Any) -> "_Chain":
        del ca_pem_file  # signxml reads a file; ours were read when the door opened
        return _Chain(
            self, self._trust, verification_time=self.config.verification_time, ee_policy=ee_policy, ca_policy=ca_policy
        )


class _Chain(X509CertChainVerifier):
    def __init__(self, owner: _Verifier, trust: Trust, **policy: Any) -> None:
        super().__init__(**policy)  # type: ignore[no-untyped-call]  # signxml names no types here
        self._owner = owner
        self._trust = trust

    @property
    def store(self) -> x509.verification.Store:
        return x509.verification.Store(list(self._trust.authorities))

    def verify(self, cert_chain: list[x509.Certificate]) -> x509.Certificate:
        found: x509.Certificate = super().verify(cert_chain)  # type: ignore[no-untyped-call]  # signxml names no types here
        self._owner.signer = found
        return found
