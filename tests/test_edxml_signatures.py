"""Signatures: seen always, checked where a chain is trusted, and believed only about what they signed."""

from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import pytest
from cryptography.x509.oid import NameOID
from signxml.algorithms import DigestAlgorithm, SignatureMethod

from ingest.contracts.documents import CertificateRecorded, DocumentRecorded
from ingest.contracts.registry import decode
from ingest.sources import edxml
from ingest.sources.edxml.chain import certificate
from tests.building.edxml import ABROAD, DISTRICT, DOCUMENTS, FLAT, VENDORS, Message, Vendor, local
from tests.building.signing import FROM, PLACE, UNTIL, Holder, a_certificate, a_chain, signed

TRUST = a_chain().trust
ORGAN = a_chain().organ
PERSON = a_chain().person
UNSIGNED = Message(signature=PLACE)
GOOD = signed(UNSIGNED.body(), ORGAN)


def told(body: bytes, trust: edxml.Trust | None = TRUST) -> list[Any]:
    """The data of all events of a body that is taken whole."""
    envelopes, refusals = edxml.translate(body, DOCUMENTS, trust)
    assert refusals == []
    return [decode(envelope) for envelope in envelopes]


def state(body: bytes, trust: edxml.Trust | None = TRUST) -> str:
    """What is told of the signature, the same at every organ."""
    found = [each for each in told(body, trust) if isinstance(each, DocumentRecorded)]
    (one,) = {each.signature for each in found}
    assert all((each.certificate is not None) == (one == "valid") for each in found)
    certificates = [each for each in told(body, trust) if isinstance(each, CertificateRecorded)]
    assert bool(certificates) == (one == "valid")
    return one


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_a_signature_is_there_without_a_chain_and_valid_with_the_right_one(vendor: Vendor) -> None:
    body = signed(UNSIGNED.but(vendor=vendor).body(), ORGAN)
    assert state(body, None) == "present"
    assert state(body) == "valid"
    assert state(body, a_chain("Another").trust) == "invalid"


@pytest.mark.parametrize("empty", ["", "<ds:Signature xmlns:ds='http://www.w3.org/2000/09/xmldsig#'/>",
                                   "<P:Signature/>", "<P:DigitalSignature/>"])  # fmt: skip
def test_a_place_without_a_signature_is_none(empty: str) -> None:
    assert state(Message(signature=empty).body()) == "none"
    assert state(Message(signature=empty).body(), None) == "none"


def test_a_valid_signature_tells_its_certificate_once_and_for_the_units_own_organ() -> None:
    *records, shown = told(GOOD)
    assert shown == CertificateRecorded(
        certificate=ORGAN.fingerprint, unit="00123", level=shown.level, kind="organ", valid_from=FROM, valid_until=UNTIL
    )
    assert shown.level == 2
    assert [each.certificate for each in records] == [ORGAN.fingerprint] * 2
    again = edxml.translate(signed(UNSIGNED.but(number="124").body(), ORGAN), DOCUMENTS, TRUST)
    first = edxml.translate(GOOD, DOCUMENTS, TRUST)
    assert first.envelopes[-1].id == again.envelopes[-1].id
    assert first.envelopes[-1].time == FROM


def test_a_strangers_certificate_is_named_but_is_of_no_unit() -> None:
    (record,) = told(signed(UNSIGNED.but(sender=ABROAD).body(), ORGAN))
    assert isinstance(record, DocumentRecorded)
    assert (record.signature, record.certificate) == ("valid", ORGAN.fingerprint)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ([(NameOID.COMMON_NAME, "UBND xã Chiềng Sơn")], "organ"),
        ([(NameOID.COMMON_NAME, "UBND xã Chiềng Sơn"), (NameOID.USER_ID, "MST:5500123456")], "organ"),
        ([(NameOID.COMMON_NAME, "Lò Thị Hà"), (NameOID.USER_ID, "CCCD:014080001234")], "person"),
        ([(NameOID.COMMON_NAME, "Lò Thị Hà"), (NameOID.USER_ID, "cmnd:050123456")], "person"),
        ([(NameOID.COMMON_NAME, "Lò Thị Hà"), (NameOID.TITLE, "Chủ tịch")], "person"),
        ([(NameOID.GIVEN_NAME, "Hà"), (NameOID.SURNAME, "Lò")], "person"),
    ],
)
def test_a_certificate_is_an_organs_or_a_persons_by_its_subject(names: list[Any], kind: str) -> None:
    assert certificate(a_certificate(names).certificate).kind == kind


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"V/v b", b"V/v B"),
        (b"<edXML:CodeNumber>123<", b"<edXML:CodeNumber>124<"),
        (b"09:10:11", b"09:10:12"),
        (b">0</edXML:BussinessDocType>", b">2</edXML:BussinessDocType>"),
        (b"<edXML:edXMLBody>", b"<edXML:edXMLBody><added/>"),
    ],
)
def test_what_was_changed_after_signing_is_invalid(old: bytes, new: bytes) -> None:
    assert old in GOOD
    assert state(GOOD.replace(old, new)) == "invalid"


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_certificate_counts_only_in_its_term(year: int) -> None:
    day = UNSIGNED.but(day=f"{year}-06-05", traces=((DISTRICT, local(5, 9, 0).replace(year=year)),))
    assert state(signed(day.body(), ORGAN)) == "invalid"


def test_the_signed_time_of_signing_rules_over_the_time_of_sending() -> None:
    # signxml signs the properties of XAdES without the namespaces around them: here are none.
    plain = UNSIGNED.but(vendor=replace(FLAT, namespace=""))
    late = plain.but(day="2027-02-01", traces=((DISTRICT, local(5, 9, 0).replace(year=2027)),))
    assert state(signed(late.body(), ORGAN)) == "invalid"
    assert state(signed(late.body(), ORGAN, claimed=datetime(2026, 12, 31, 9, 0, tzinfo=UTC))) == "valid"
    assert state(signed(late.body(), ORGAN, claimed=datetime(2027, 1, 2, 9, 0, tzinfo=UTC))) == "invalid"


def test_a_time_of_signing_that_was_not_signed_is_worth_nothing() -> None:
    late = UNSIGNED.but(day="2027-02-01", traces=((DISTRICT, local(5, 9, 0).replace(year=2027)),))
    forged = b"<ds:Object><SigningTime>2026-12-31T09:00:00Z</SigningTime></ds:Object></ds:Signature>"
    assert state(signed(late.body(), ORGAN).replace(b"</ds:Signature>", forged)) == "invalid"


def test_a_broken_algorithm_is_not_believed() -> None:
    assert state(signed(UNSIGNED.body(), ORGAN, method=SignatureMethod.ECDSA_SHA1)) == "invalid"
    assert state(signed(UNSIGNED.body(), ORGAN, digest=DigestAlgorithm.SHA1)) == "invalid"


def test_a_signature_of_the_header_alone_vouches_for_what_is_read_of_it() -> None:
    assert state(signed(UNSIGNED.but(header_attributes=' Id="h"').body(), ORGAN, reference="h")) == "valid"


def test_one_valid_signature_beside_others_is_enough() -> None:
    once = signed(UNSIGNED.but(header_attributes=' Id="h"').body(), PERSON, reference="h")
    place = PLACE.encode() + b"</edXML:edXMLBody>"
    for holder, certificates in ((ORGAN, [PERSON, ORGAN]), (a_chain("Another").organ, [PERSON])):
        twice = signed(once.replace(b"</edXML:edXMLBody>", place), holder, reference="h")
        assert state(twice) == "valid"
        shown = [each.certificate for each in told(twice) if isinstance(each, CertificateRecorded)]
        assert shown == [each.fingerprint for each in certificates]


def forged(holder: Holder = ORGAN) -> tuple[bytes, bytes, bytes]:
    """A message whose header was signed by its Id: before the header, the header, and after it."""
    body = signed(UNSIGNED.but(header_attributes=' Id="h"').body(), holder, reference="h")
    begin, end = body.index(b"<edXML:MessageHeader"), body.index(b"</edXML:MessageHeader>") + 22
    return body[:begin], body[begin:end], body[end:]


NAMED = b'<edXML:MessageHeader xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"'


def test_a_signed_header_that_is_hidden_behind_a_forged_one_vouches_for_nothing() -> None:
    before, header, after = forged()
    false = header.replace(b' Id="h"', b"").replace(b"CodeNumber>123<", b"CodeNumber>666<")
    assert false != header
    beside = header.replace(b"<edXML:MessageHeader", NAMED, 1)
    hidden = after.replace(b"</edXML>", b"<AttachmentEncoded>" + beside + b"</AttachmentEncoded></edXML>")
    assert state(before + header + after) == "valid"
    assert state(before + false + hidden) == "invalid"


def test_two_headers_in_a_message_are_refused_whichever_is_signed() -> None:
    before, header, after = forged()
    false = header.replace(b' Id="h"', b"").replace(b"CodeNumber>123<", b"CodeNumber>666<")
    for body in (before + false + header + after, before + header + false + after,
                 before + b"<old>" + header + b"</old>" + false + after):  # fmt: skip
        (refusal,) = edxml.translate(body, DOCUMENTS, TRUST).refusals
        assert (refusal.field, refusal.reason) == ("MessageHeader", "given twice")


def test_a_signature_of_something_else_vouches_for_nothing() -> None:
    body = UNSIGNED.body().replace(b"<edXML:edXMLBody>", b'<edXML:edXMLBody Id="h">')
    assert state(signed(body, ORGAN, reference="h")) == "invalid"


def test_a_signature_is_of_its_own_message_only() -> None:
    """A valid message beside a forged one in the same body lends it nothing."""
    false = GOOD.replace(b"CodeNumber>123<", b"CodeNumber>666<")
    found = told(b"<Messages>" + GOOD + false + b"</Messages>")
    states = {(each.code, each.signature) for each in found if isinstance(each, DocumentRecorded)}
    assert states == {("123/UBND-VP", "valid"), ("666/UBND-VP", "invalid")}


def between(body: bytes, begin: bytes, end: bytes, new: bytes) -> bytes:
    """The body with another text between two others."""
    head, found, rest = body.partition(begin)
    assert found
    return head + begin + new + end + rest.partition(end)[2]


REFERENCE = (
    b'<ds:Reference URI="">'
    + GOOD.partition(b'<ds:Reference URI="">')[2].partition(b"</ds:Reference>")[0]
    + b"</ds:Reference>"
)
TRANSFORM = b'<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
KEY = (
    b"<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>%s</ds:Modulus>"
    b"<ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"
)

MALFORMED = {
    "no base64": between(GOOD, b"<ds:SignatureValue>", b"</ds:SignatureValue>", b"%%%"),
    "another value": between(GOOD, b"<ds:SignatureValue>", b"</ds:SignatureValue>", b"QUJD"),
    "a huge value": between(GOOD, b"<ds:SignatureValue>", b"</ds:SignatureValue>", b"QUJD" * 500_000),
    "no signed info": between(GOOD, b"<ds:SignedInfo>", b"</ds:SignedInfo>", b""),
    "no digest": between(GOOD, b"<ds:DigestValue>", b"</ds:DigestValue>", b""),
    "no certificate": between(GOOD, b"<ds:X509Data>", b"</ds:X509Data>", b""),
    "another certificate": between(GOOD, b"<ds:X509Certificate>", b"</ds:X509Certificate>", b"QUJD"),
    "no key": between(GOOD, b"<ds:KeyInfo>", b"</ds:KeyInfo>", b""),
    "a huge key": GOOD.replace(b"<ds:KeyInfo>", KEY % (b"////" * 60_000)),
    "an unheard-of algorithm": GOOD.replace(b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#rot13"),
    "a secret shared by all": GOOD.replace(b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#hmac-sha256"),
    "an external reference": GOOD.replace(b'<ds:Reference URI="">', b'<ds:Reference URI="http://127.0.0.1:9/">'),
    "a reference to a file": GOOD.replace(b'<ds:Reference URI="">', b'<ds:Reference URI="file:///etc/hostname">'),
    "an attached reference": GOOD.replace(b'<ds:Reference URI="">', b'<ds:Reference URI="cid:1">'),
    "a pointer": GOOD.replace(b'<ds:Reference URI="">', b'<ds:Reference URI="#xpointer(/)">'),
    "nothing referred to": GOOD.replace(b'<ds:Reference URI="">', b'<ds:Reference URI="#nowhere">'),
    "a thousand references": GOOD.replace(REFERENCE, REFERENCE * 1000),
    "a thousand transforms": GOOD.replace(TRANSFORM, TRANSFORM * 1000),
    "a stylesheet": GOOD.replace(b"2001/10/xml-exc-c14n#", b"TR/1999/REC-xslt-19991116"),
    "another namespace": GOOD.replace(b"http://www.w3.org/2000/09/xmldsig#\"", b"urn:mine\"", 1),
    "only a value": Message(signature="<P:Signature><P:SignatureValue>QUJD</P:SignatureValue></P:Signature>").body(),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_signature_is_invalid_and_costs_nothing(name: str) -> None:
    assert MALFORMED[name] != GOOD
    began = perf_counter()
    assert state(MALFORMED[name]) == "invalid"
    assert perf_counter() - began < 3


def test_a_small_decoy_does_not_let_a_signature_of_many_references_be_checked() -> None:
    decoy = b"<edXML:Signature><SignatureValue>QUJD</SignatureValue></edXML:Signature>"
    place = b"<ds:Signature "
    of_header = UNSIGNED.but(header_attributes=' Id="h"').body()
    few = signed(of_header, ORGAN, reference=["h"] * 2)
    many = signed(of_header, ORGAN, reference=["h"] * 20)
    assert state(few.replace(place, decoy + place, 1)) == "valid"
    assert state(many) == "invalid"
    assert state(many.replace(place, decoy + place, 1)) == "invalid"


def test_a_chain_is_read_as_a_whole_or_not_at_all() -> None:
    assert len(TRUST.authorities) == 2
    for pem in (b"", b"no certificate", a_chain().root.pem[:-40], b"\xff"):
        with pytest.raises(edxml.UnreadableChainError, match="not a certificate chain in PEM"):
            edxml.Trust.from_pem(pem)
