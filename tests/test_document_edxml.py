"""From the bytes of a document system to the ledger: what edXML says, counted by the rules of handbook 4.1."""

from collections import defaultdict
from datetime import datetime

from ingest.contracts.envelope import encode_envelope
from ingest.log.protocol import Entry as LogEntry
from ingest.sources.edxml import translate
from stream.core.ledger import Entry, OfDocument, OfDue
from stream.first_rules import first_rules
from tests.building.edxml import COMMUNE, DISTRICT, DOCUMENTS, SENT, Message, Status, local
from tests.building.kinds import counted, entries_of
from tests.building.moments import moment

LETTER = Message(traces=((DISTRICT, SENT), (COMMUNE, local(5, 9, 12))), due="2026/06/10")


def lives(*bodies: bytes) -> dict[str, dict[str, list[Entry]]]:
    """What each life of the documents in these messages counts for: "outgoing" and "incoming"."""
    told: dict[str, list[LogEntry]] = defaultdict(list)
    for body in bodies:
        understood = translate(body, DOCUMENTS)
        assert not understood.refusals
        for envelope in understood.envelopes:
            told[envelope.subject].append(LogEntry(envelope.subject, encode_envelope(envelope)))
    return {case.split("/")[1]: counted(entries_of(events, first_rules())) for case, events in told.items()}


def status(code: str, at: datetime) -> bytes:
    return Status(status=code, at=at).body()


def test_a_letter_is_one_sent_and_one_arrived_and_is_done_on_time_by_its_status_messages() -> None:
    found = lives(
        LETTER.body(), status("03", local(5, 10, 15)), status("01", local(5, 9, 15)), status("06", local(10, 16, 0))
    )
    [out], [arrived] = found["outgoing"]["DOCUMENT_OUT"], found["incoming"]["DOCUMENT_IN"]
    assert (out.unit, out.level, arrived.unit, arrived.level) == (123, 2, 3980, 3)
    assert out.traits == arrived.traits == OfDocument.OPEN | OfDocument.ELECTRONIC
    assert (out.at, arrived.at) == (moment("2026-06-05 09:10") + 11, moment("2026-06-05 09:15"))
    assert [each.amount for each in found["incoming"]["ACKNOWLEDGE_MINUTES"]] == [60]
    [due] = found["incoming"]["DOCUMENT_DUE"]
    assert (due.at, due.traits) == (moment("2026-06-10 23:59") + 59, OfDue.ON_TIME)
    assert set(found["outgoing"]) == {"DOCUMENT_OUT"}


def test_a_recall_counts_at_once_where_it_was_sent_and_ends_the_letter_where_it_is_agreed_to() -> None:
    recall = LETTER.but(act=1, traces=((DISTRICT, local(8, 8, 0)), (COMMUNE, local(8, 8, 1))))
    found = lives(LETTER.body(), recall.body())
    assert len(found["outgoing"]["DOCUMENT_RECALLED"]) == 1
    assert "DOCUMENT_CLOSED" not in found["incoming"]
    found = lives(status("15", local(8, 9, 0)), recall.body(), LETTER.body())
    assert [each.at for each in found["incoming"]["DOCUMENT_CLOSED"]] == [moment("2026-06-08 09:00")]
    assert "DOCUMENT_DUE" not in found["incoming"]
