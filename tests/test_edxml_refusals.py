"""What is not taken of edXML: refused by the name of the element or the line, without quoting what stands there."""

import os
import tracemalloc
from pathlib import Path
from time import perf_counter

import pytest

from ingest.refusal import Refusal
from ingest.registration import Source
from ingest.sources import edxml
from ingest.sources.edxml.reading import (
    DEEPEST,
    LONGEST_NAMESPACE,
    MOST_ATTRIBUTES,
    MOST_ELEMENTS,
    MOST_NAMESPACES,
)
from ingest.sources.edxml.translating import MOST_EVENTS
from tests.building.edxml import ABROAD, DISTRICT, DOCUMENTS, SOAP, Message, Status, several

GOOD = Message().body()


def refused(body: bytes) -> Refusal:
    """The one refusal of a body of which nothing was taken."""
    envelopes, refusals = edxml.translate(body, DOCUMENTS)
    assert envelopes == []
    (refusal,) = refusals
    assert refusal.reason
    assert refusal.reason_vi
    assert refusal.reason != refusal.reason_vi
    return refusal


def many_namespaces(number: int) -> bytes:
    """An element around which so many are declared."""
    return b"<r " + b" ".join(b'xmlns:a%d="%d"' % (each, each) for each in range(number)) + b"/>"


BILLION_LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>\n<edXML>&j;</edXML>"
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "malformed XML"),
        (b"   \n", "malformed XML"),
        (b"not xml at all", "malformed XML at line 1"),
        (GOOD[:-3], "malformed XML at line 1"),
        (b"<edXML>\n<a>\n</b></edXML>", "malformed XML at line 3"),
        (b"<edXML>\n&unheard-of;</edXML>", "malformed XML at line 2"),
        (b"<a/><b/>", "malformed XML at line 1"),
        (b"<p:a/>", "malformed XML at line 1"),
        (b'{"events": []}', "malformed XML at line 1"),
        (b"<a>\xff</a>", "malformed XML at line 1"),
        ("<a>\nĐ</a>".encode("windows-1258", "replace"), None),
        (b"<a>\n\xc4</a>", "malformed XML at line 2"),
        (b"<a>\n\0</a>", "line 2: NUL character"),
        (GOOD.decode().encode("utf-16"), "UTF-16: send UTF-8"),
        (GOOD.decode().encode("utf-16-le"), "line 1: NUL character (UTF-16?)"),
        (b'<?xml version="1.0" encoding="windows-1258"?>' + GOOD, "line 1: declared encoding is not UTF-8"),
        (b'<?xml version="1.0" encoding="UTF-16"?>' + GOOD, "line 1: declared encoding is not UTF-8"),
        (b"\n<!DOCTYPE edXML>" + GOOD, "line 2: a document type (DOCTYPE) is not taken"),
        (b"<!-- a\n--><?b c?>\n<!DOCTYPE edXML SYSTEM 'http://127.0.0.1:9/x.dtd'>" + GOOD, "line 3: a document type"),
        (b"\xef\xbb\xbf<!DOCTYPE edXML SYSTEM 'file:///etc/passwd'>" + GOOD, "line 1: a document type"),
        (BILLION_LAUGHS, "line 2: a document type (DOCTYPE) is not taken"),
        (b"<!-- never ends", "malformed XML"),
        (b"<?never ends", "malformed XML"),
        (b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), f"line 1: elements nested over {DEEPEST} deep"),
        (b"<a>" * 5000, "malformed XML"),
        (b"<r>" + b"<a/>" * (2 * MOST_ELEMENTS) + b"</r>", f"over {MOST_ELEMENTS} elements"),
        (b"<r " + b'a="" ' * (MOST_ATTRIBUTES + 1) + b"/>", f"over {MOST_ATTRIBUTES} attributes"),
        (b"<r>\n<a xmlns='" + b"n" * (LONGEST_NAMESPACE + 1) + b"'/></r>", "line 1: a namespace of over"),
        (many_namespaces(MOST_NAMESPACES + 1), f"line 1: over {MOST_NAMESPACES} namespaces declared"),
        (b"<r>" + b"A" * 10_100_000 + b"</r>", "malformed XML at line 1"),
    ],
)
def test_a_body_that_is_no_safe_xml_is_refused_as_a_whole(body: bytes, said: str | None) -> None:
    refusal = refused(body)
    if said is None:  # the accents of another code may happen to be UTF-8: then it is no message
        return
    assert (refusal.index, refusal.field) == (None, "$")
    assert refusal.reason.startswith(said)


def test_a_mark_and_a_declaration_of_utf_8_are_taken() -> None:
    for before in (b"\xef\xbb\xbf", b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n', b"<!-- a -->\n"):
        assert len(edxml.translate(before + GOOD, DOCUMENTS).envelopes) == 2


def test_a_bomb_is_refused_before_it_takes_memory() -> None:
    bombs = [
        b"<r>" + b"<a/>" * 2_500_000 + b"</r>",
        b"<r " + b" ".join(b'a%d=""' % number for number in range(900_000)) + b"/>",
        BILLION_LAUGHS,
    ]
    tracemalloc.start()
    for bomb in bombs:
        refused(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


@pytest.mark.parametrize(
    "body",
    [
        b"<r>" + b"<a/>" * (MOST_ELEMENTS - 1) + b"</r>",
        b"<r " + b" ".join(b'a%d=""' % number for number in range(MOST_ATTRIBUTES)) + b"/>",
        many_namespaces(10_000),
        b"<r xmlns:p='" + b"n" * 9_000_000 + b"'>" + b"<p:a/>" * 18_000 + b"</r>",
        b"<e>" + b"<MessageHeader/>" * 9_000 + b"</e>",
        b"<e><StatusCode>03</StatusCode>" + b"<ResponseFor/>" * 9_000 + b"</e>",
        b"<!--" + b"-" * 5_000_000,
        b" " * 9_000_000,
        b"<r>" + b"&#60;" * 1_500_000 + b"</r>",
    ],
)
def test_the_largest_of_what_is_read_is_read_in_no_time(body: bytes) -> None:
    began = perf_counter()
    refused(body)
    assert perf_counter() - began < 5


def test_as_many_namespaces_as_there_may_be_can_be_declared_again_and_again() -> None:
    inside = b"<r>" + many_namespaces(MOST_NAMESPACES) * 20 + b"</r>"
    assert refused(inside).field == "MessageHeader"


def test_a_body_of_more_events_than_may_be_is_refused_as_a_whole() -> None:
    source = Source("s", "edxml", {DISTRICT: "03979"} | {f"H52.{number}": "03980" for number in range(200)})
    receivers = tuple(source.agencies)[1:]
    next_one = "</P:ResponseFor><P:ResponseFor>"
    answered = "".join(
        f"<P:DocumentId>{DISTRICT},2026-06-05,{number}/UBND</P:DocumentId>{next_one}" for number in range(49)
    )
    taken_back = Status(sender=DISTRICT, teller=DISTRICT, status="13", receivers=receivers)
    one = several(taken_back, taken_back)
    assert len(edxml.translate(one, source).envelopes) == 2 * (1 + len(receivers))
    many = taken_back.body().replace(
        b"<edXML:ResponseFor>", f"<P:ResponseFor>{answered}".replace("P:", "edXML:").encode()
    )
    three = b"<Messages>" + 3 * many + b"</Messages>"
    assert len(edxml.translate(many, source).envelopes) == 50 * (1 + len(receivers))
    envelopes, (refusal,) = edxml.translate(three, source)
    assert (envelopes, refusal.index, refusal.field) == ([], None, "$")
    assert refusal.reason.startswith(f"over {MOST_EVENTS} events")


def test_names_that_come_once_are_not_kept_for_ever() -> None:
    def names(body: int) -> bytes:
        return b"<r>" + b"".join(b"<a%d-%d%s/>" % (body, each, b"x" * 400) for each in range(19_000)) + b"</r>"

    refused(names(0))
    before = resident_megabytes()
    for body in range(1, 10):
        refused(names(body))
    assert resident_megabytes() - before < 40


def resident_megabytes() -> float:
    """Memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


@pytest.mark.parametrize(
    ("message", "field", "said"),
    [
        (Message(sender=""), "MessageHeader.From.OrganId", "missing"),
        (Message(sender="UBND huyện Mộc Châu"), "MessageHeader.From.OrganId", "not the code of an organ"),
        (Message(sender="a/b"), "MessageHeader.From.OrganId", "not the code of an organ"),
        (Message(number=None, notation=None), "MessageHeader.Code", "missing"),
        (Message(number=None), "MessageHeader.Code", "missing"),
        (Message(number="Nguyễn Văn", notation="Sơn"), "MessageHeader.Code", "not the code of a document"),
        (Message(number="1|2"), "MessageHeader.Code", "not the code of a document"),
        (Message(number="1" * 100), "MessageHeader.Code", "not the code of a document"),
        (Message(day=None), "MessageHeader.PromulgationDate", "missing"),
        (Message(day="5/6/26"), "MessageHeader.PromulgationDate", "ambiguous"),
        (Message(due="31/02/2026"), "MessageHeader.DueDate", "no such day or hour"),
        (Message(due="6/5/2026 3:00:00 PM"), "MessageHeader.DueDate", "ambiguous"),
        (Message(act=4), "Bussiness.BussinessDocType", "unknown code 4"),
        (Message(act="thu hồi"), "Bussiness.BussinessDocType", "unknown code ***"),
        (Message(other="<P:Priority>gấp</P:Priority>"), "MessageHeader.OtherInfo.Priority", "unknown code ***"),
        (Message(other="<P:Priority>0</P:Priority><P:Priority>1</P:Priority>"),
         "MessageHeader.OtherInfo.Priority", "given twice"),
        (Message(kind="x" * 2001), "MessageHeader.DocumentType.TypeName", "longer than 2000 characters"),
        (Message(act=1, traces=()), "TraceHeaderList.TraceHeader.Timestamp", "missing: a recall"),
        (Message(sender=ABROAD, receivers=()), "From.OrganId", "neither sender nor receiver is registered"),
        (Message(act=3, business="<P:ReplacementInfo/>" * 51), "Bussiness.ReplacementInfoList", "over 50 documents"),
        (Status(teller=""), "From.OrganId", "missing"),
        (Status(code="</P:ResponseFor><P:ResponseFor>" * 50), "ResponseFor", "over 50 documents"),
        (Status(sender=""), "ResponseFor.OrganId", "missing"),
        (Status(code=""), "ResponseFor.Code", "missing"),
        (Status(day=None), "ResponseFor.PromulgationDate", "missing"),
        (Status(at=None), "Timestamp", "missing"),
        (Status(status=""), "StatusCode", "missing"),
        (Status(status="07"), "StatusCode", "unknown code 07"),
        (Status(status="đã nhận"), "StatusCode", "unknown code ***"),
    ],
)  # fmt: skip
def test_a_message_is_refused_by_the_name_of_its_element(message: Message | Status, field: str, said: str) -> None:
    refusal = refused(message.body())
    assert (refusal.index, refusal.field) == (0, field)
    assert refusal.reason.startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (b"<edXML:Timestamp>2026/06/05 09:10:11", b"<edXML:Timestamp>2026/06/05",
         "TraceHeaderList.TraceHeader[0].Timestamp", "a day without an hour"),
        (b"MessageHeader", b"Header", "MessageHeader", "missing"),
        (b"<edXML:Code>", b"<edXML:Code/><edXML:Code>", "MessageHeader.Code", "given twice"),
        (b"<edXML:OrganId>000.00.17.H52<", b"<edXML:OrganId><b>000.00.17.H52</b><", "MessageHeader.From.OrganId",
         "not a single value"),
        (b"<edXML:edXMLBody>", b"<edXML:edXMLBody><MessageHeader/>", "MessageHeader", "given twice"),
    ],
)  # fmt: skip
def test_a_message_of_another_shape_is_refused_by_the_name_of_its_element(
    old: bytes, new: bytes, field: str, said: str
) -> None:
    assert old in GOOD
    refusal = refused(GOOD.replace(old, new))
    assert (refusal.index, refusal.field) == (0, field)
    assert refusal.reason.startswith(said)


def test_of_several_messages_only_the_bad_ones_are_refused() -> None:
    body = several(Message(due="x"), Message(), Status(at=None), Status(vendor=SOAP))
    envelopes, refusals = edxml.translate(body, DOCUMENTS)
    assert len(envelopes) == 4
    assert [(each.index, each.field) for each in refusals] == [(0, "MessageHeader.DueDate"), (2, "Timestamp")]


def test_nothing_is_loaded_from_anywhere() -> None:
    including = b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    body = GOOD.replace(DISTRICT.encode() + b"</edXML:OrganId><edXML:OrganName>", including + b"</edXML:OrganId>"
                        b"<edXML:OrganName>", 1)  # fmt: skip
    assert refused(body).field == "MessageHeader.From.OrganId"
