"""Whatever the bytes are: every event is one that the log takes, every refusal by name and in two languages."""

from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.contracts.envelope import decode_envelope, encode_envelope
from ingest.contracts.limits import moment_out_of_range
from ingest.contracts.registry import CLASSES, case_of, decode
from ingest.sources import edxml
from ingest.sources.translation import Translation
from tests.building.edxml import COMMUNE, DISTRICT, DOCUMENTS, VENDORS, Message, Status
from tests.building.fuzz import fuzzing
from tests.building.signing import PLACE, a_chain, signed

MARKER = "DauHieuRieng"
TRUST = a_chain().trust

NAMES = [
    "edXML", "edXMLEnvelope", "Envelope", "MessageHeader", "From", "To", "OrganId", "Code", "CodeNumber",
    "CodeNotation",
    "PromulgationInfo", "PromulgationDate", "DocumentType", "TypeName", "Subject", "SignerInfo", "FullName", "DueDate",
    "OtherInfo", "Priority", "Secret", "DocumentId", "TraceHeaderList", "TraceHeader", "Timestamp", "Bussiness",
    "BussinessDocType", "Paper", "ReplacementInfoList", "ReplacementInfo", "ResponseFor", "StatusCode", "Attachment",
    "edXMLManifest", "Reference", "Signature", "SignatureValue", "SignedInfo", "X509Data", "SigningTime", "Messages",
]  # fmt: skip
TEXTS = [
    "", " ", COMMUNE, DISTRICT, "123", "UBND-VP", "123/UBND-VP", "2026/06/05", "05/06/2026 09:10:11", "0", "1", "2",
    "3",
    "03", "2026-06-05T09:10:11Z", f"{DISTRICT},2026/06/05,123/UBND-VP", "99999999999999999999", "N/A", MARKER,
]  # fmt: skip
WRITTEN = st.sampled_from(TEXTS) | st.text(
    st.characters(min_codepoint=32, exclude_characters="\ufffe\uffff", codec="utf-8"), max_size=20
)


def check(body: bytes, *, private: bool = False) -> Translation:
    """What holds of every answer; where the input is `private`, its marker is in none. The answer without a chain."""
    answers = [edxml.translate(body, DOCUMENTS, trust) for trust in (TRUST, None)]
    for found in answers:
        for envelope in found.envelopes:
            kept = encode_envelope(envelope)
            data = decode(decode_envelope(kept))
            assert type(data) in CLASSES.values()
            assert moment_out_of_range(data) is None
            assert envelope.source == DOCUMENTS.id
            assert envelope.subject == case_of(data)  # type: ignore[arg-type]  # nothing else is made of a document
            assert not (private and MARKER.encode() in kept)
        for refusal in found.refusals:
            assert refusal.field
            assert refusal.reason
            assert refusal.reason_vi
            assert not (private and any(MARKER in each for each in (refusal.field, refusal.reason, refusal.reason_vi)))
        assert found.envelopes or found.refusals, "neither understood nor refused"
        assert not (found.envelopes and any(refusal.index is None for refusal in found.refusals))
    return answers[-1]


@fuzzing
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_bytes_of_any_kind(body: bytes) -> None:
    assert check(body).envelopes == []


GOOD = [
    message.body()
    for vendor in VENDORS
    for message in (
        Message(vendor=vendor, people=MARKER, subject=MARKER, files=(MARKER,), due="10/06/2026"),
        Message(vendor=vendor, people=MARKER, act=3, identity=f"{DISTRICT},2026/06/05,123/UBND-VP"),
        Status(vendor=vendor),
    )
] + [signed(Message(people=MARKER, signature=PLACE).body(), a_chain().organ)]
PIECES = [
    b"<", b">", b"</", b"/>", b"&", b"&#0;", b'"', b"<!--", b"-->", b"<![CDATA[", b"]]>", b"\0", b"\xff", b"<?x",
    b"<!DOCTYPE a>", b' xmlns=""', b"1", b"\xcc", b"\xe2\x80\xae",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good message with some of its bytes cut, doubled, moved or replaced."""
    body = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(body)))
        end = min(len(body), begin + draw(st.sampled_from([0, 1, 5, 40, 400])))
        new = draw(st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(body[begin:end] * 2))
        body = body[:begin] + new + body[end:]
    return body


@fuzzing
@given(mutated())
def test_good_messages_with_changed_bytes(body: bytes) -> None:
    check(body)


@st.composite
def retold(draw: st.DrawFn) -> bytes:
    """A good message, well-formed still, with elements dropped, doubled, moved, renamed and told something else."""
    root = etree.fromstring(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 5))):
        elements = list(root.iter("{*}*"))
        one, other = (elements[draw(st.integers(0, len(elements) - 1))] for _ in range(2))
        parent = one.getparent()
        match draw(st.integers(0, 4)):
            case 0 if parent is not None:
                parent.remove(one)
            case 1 if parent is not None:
                parent.append(etree.fromstring(etree.tostring(one, with_tail=False)))
            case 2 if other not in list(one.iterancestors()) and one is not other and one not in other.iterancestors():
                other.append(one)
            case 3:
                one.tag = draw(st.sampled_from(NAMES))
            case _:
                one.text = draw(st.sampled_from(TEXTS))
    return bytes(etree.tostring(root))


@fuzzing
@given(retold())
def test_good_messages_told_in_another_way(body: bytes) -> None:
    check(body)


def element(name: str, inside: list[str], text: str) -> str:
    return f"<{name}>{escape(text)}{''.join(inside)}</{name}>"


TREES = st.recursive(
    st.builds(element, st.sampled_from(NAMES), st.just([]), WRITTEN),
    lambda inner: st.builds(element, st.sampled_from(NAMES), st.lists(inner, max_size=5), st.just("")),
    max_leaves=30,
)


@fuzzing
@given(TREES.map(str.encode))
def test_well_formed_trees_of_the_standards_names(body: bytes) -> None:
    check(body)


PRIVATE = ("Subject", "Content", "FullName", "Staff", "Email", "Place", "OrganName", "Description", "AttachmentName")


@fuzzing
@given(st.sampled_from(GOOD), st.sampled_from(PRIVATE), WRITTEN)
def test_what_stands_in_a_private_element_makes_no_difference(body: bytes, name: str, written: str) -> None:
    root = etree.fromstring(body)
    for found in root.iter("{*}" + name):
        found.text = MARKER + written
    told = check(bytes(etree.tostring(root)), private=True)
    assert [each.id for each in told.envelopes] == [each.id for each in edxml.translate(body, DOCUMENTS).envelopes]
