"""Signatures of the made-up organs (XML-DSig), each over the whole of a message."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner

from ingest.simulator.documents.authority import Chain, Kept
from ingest.simulator.documents.certificates import Seal, Seals


@dataclass(frozen=True)
class ChainSigner:
    """Signs with the keys of a chain."""

    seals: Seals
    _keys: Mapping[str, tuple[x509.Certificate, ec.EllipticCurvePrivateKey]]

    @classmethod
    def of(cls, chain: Chain) -> "ChainSigner":
        """The signer of all organs of a chain."""
        keys = {code: _loaded(kept) for code, kept in chain.organs.items()}
        return cls({code: _seal(certificate) for code, (certificate, _) in keys.items()}, keys)

    def sign(self, message: bytes, organ: str) -> bytes:
        """The message with a signature of its whole content in it (enveloped)."""
        certificate, key = self._keys[organ]
        signer = XMLSigner(
            method=SignatureConstructionMethod.enveloped,
            signature_algorithm=SignatureMethod.ECDSA_SHA256,
            digest_algorithm=DigestAlgorithm.SHA256,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        signed = signer.sign(etree.fromstring(message), key=key, cert=[certificate])
        return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


def _loaded(kept: Kept) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = serialization.load_pem_private_key(kept.key.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a key of another kind")
    return x509.load_pem_x509_certificate(kept.certificate.encode()), key


def _seal(certificate: x509.Certificate) -> Seal:
    return Seal(
        certificate.fingerprint(hashes.SHA256()).hex(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )
