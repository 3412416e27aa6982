"""A chain of certificates made on the spot, and messages that are signed with it (XML-DSig)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner
from signxml.xades.xades import XAdESSigner

from ingest.sources.edxml import Trust

FROM = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)

DS = "http://www.w3.org/2000/09/xmldsig#"
PLACE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"></ds:Signature>'
"""Where a signature comes to stand in a message."""


@dataclass(frozen=True)
class Holder:
    """A certificate with its key, and the certificate that issued it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def fingerprint(self) -> str:
        """As events name it."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Chain:
    """A root, an authority under it, and the certificates of an organ and a person."""

    root: Holder
    authority: Holder
    organ: Holder
    person: Holder

    @property
    def trust(self) -> Trust:
        """What a centre that trusts the chain is configured with."""
        return Trust.from_pem(self.root.pem + self.authority.pem)


ORGAN_NAME = [(NameOID.COMMON_NAME, "UBND huyện Mộc Châu"), (NameOID.USER_ID, "MST:5500123456")]
PERSON_NAME = [(NameOID.COMMON_NAME, "Nguyễn Văn Sơn"), (NameOID.USER_ID, "CCCD:014080001234")]


@cache
def a_chain(name: str = "Ban Cơ yếu") -> Chain:
    """The chain of this name, made once a run."""
    root = _issued([(NameOID.COMMON_NAME, f"{name} Root")], None, authority=True)
    authority = _issued([(NameOID.COMMON_NAME, name)], root, authority=True)
    return Chain(root, authority, _issued(ORGAN_NAME, authority), _issued(PERSON_NAME, authority))


def a_certificate(names: list[tuple[x509.ObjectIdentifier, str]]) -> Holder:
    """A certificate of this subject, of the usual chain."""
    return _issued(names, a_chain().authority)


def signed(body: bytes, holder: Holder, **options: Any) -> bytes:
    """The message with its placeholder filled.

    `reference` is the Id of what is signed, else it is the whole; `claimed` the time of signing that is signed with it.
    """
    reference = options.pop("reference", None)
    claimed: datetime | None = options.pop("claimed", None)
    # What signxml refers to beside the message, it digests by the one algorithm, and reads by the other, the default.
    inclusive = CanonicalizationMethod.CANONICAL_XML_1_1
    algorithms = {
        "signature_algorithm": options.pop("method", SignatureMethod.ECDSA_SHA256),
        "digest_algorithm": options.pop("digest", DigestAlgorithm.SHA256),
        "c14n_algorithm": CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0 if claimed is None else inclusive,
    }
    signer = _Signer(**algorithms) if claimed is None else _TimedSigner(claimed, **algorithms)
    found = signer.sign(
        etree.fromstring(body),
        key=holder.key,
        cert=[holder.certificate, a_chain().authority.certificate],
        reference_uri=reference,
        **options,
    )
    return bytes(etree.tostring(found))


class _Signer(XMLSigner):
    """One that signs with a broken algorithm, too."""

    def check_deprecated_methods(self) -> None:
        pass


class _TimedSigner(XAdESSigner):
    """One that says when it signs, in what it signs (XAdES)."""

    def __init__(self, claimed: datetime, **algorithms: Any) -> None:
        super().__init__(**algorithms)
        self._claimed = claimed

    def add_signing_time(self, signed_signature_properties: Any, sig_root: Any, signing_settings: Any) -> None:
        super().add_signing_time(signed_signature_properties, sig_root, signing_settings)
        signed_signature_properties[-1].text = self._claimed.isoformat()


def _issued(
    names: list[tuple[x509.ObjectIdentifier, str]], issuer: Holder | None, *, authority: bool = False
) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    signing = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM - timedelta(days=3650 if authority else 0))
        .not_valid_after(UNTIL + timedelta(days=3650 if authority else 0))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )
    return Holder(builder.sign(signing, SHA256()), key)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
