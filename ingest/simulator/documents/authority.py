"""The made-up authority that vouches for the made-up organs: its certificate, and a certificate and key for each.

Keys are drawn once and kept by whoever runs the simulator; nothing that is counted depends on which they are.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_BEFORE: Final = timedelta(days=700)
_AFTER: Final = timedelta(days=395)
_CURVE: Final = ec.SECP256R1()  # a signature costs a fraction of RSA's


class Kept(msgspec.Struct, frozen=True):
    """A certificate and its key in PEM."""

    certificate: str
    key: str


class Chain(msgspec.Struct, frozen=True):
    """The authority's certificate, and what each organ signs with."""

    authority: str
    organs: Mapping[str, Kept]

    def expires_within(self, span: timedelta, now: datetime) -> bool:
        """Whether it has to be made anew."""
        return x509.load_pem_x509_certificate(self.authority.encode()).not_valid_after_utc < now + span


def make_chain(organs: Iterable[str], now: datetime) -> Chain:
    """A new authority that vouches for these organs, for some two years before now and one after."""
    root = ec.generate_private_key(_CURVE)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Chung thuc so gia lap Moc Chau")])
    builder = _builder(name, name, root.public_key(), now).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    authority = builder.add_extension(_usage(ca=True), critical=True).sign(root, hashes.SHA256())
    return Chain(_pem(authority), {code: _organ(code, (name, root), now) for code in organs})


def _organ(code: str, issuer: tuple[x509.Name, ec.EllipticCurvePrivateKey], now: datetime) -> Kept:
    key = ec.generate_private_key(_CURVE)
    name = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, code), x509.NameAttribute(NameOID.COMMON_NAME, code)]
    )
    builder = _builder(name, issuer[0], key.public_key(), now)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(ca=False), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("moc-chau.example")]), critical=False)
    builder = builder.add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Kept(_pem(builder.sign(issuer[1], hashes.SHA256())), private.decode())


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before((now - _BEFORE).replace(microsecond=0))
        .not_valid_after((now + _AFTER).replace(microsecond=0))
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
