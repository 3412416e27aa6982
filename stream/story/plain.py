"""Stories of cases without a clock of their own: documents, certificates, meetings, endpoints.

All are told alike: status, unit, when it began and by when it has to be over, what it counts for now. What only one
kind has to say is added by `_MORE`, and what the case is about by `_HEADS`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ingest.contracts.documents import DocumentProgressed, DocumentRecorded
from stream.apply.cases import CERTIFICATE, DOCUMENT, ENDPOINT, MEETING
from stream.core.certificate import Certificate
from stream.core.document import Document
from stream.core.document_record import DocumentTold
from stream.core.moment import Moment
from stream.story.meeting import tell_meeting
from stream.story.naming import measure_said, status_said, unit_said
from stream.story.reading import Story
from stream.story.words import Said, clock, day, say, worktime

PLAIN: Final[Mapping[int, str]] = {
    DOCUMENT: "document", CERTIFICATE: "certificate", MEETING: "meeting", ENDPOINT: "endpoint"
}  # fmt: skip
"""Kinds that are told this way, by the names that their words bear."""


def plain_head(story: Story) -> Iterator[Said]:
    """What the case is, as far as its code does not say it."""
    tell = _HEADS.get(story.kind)
    return iter(()) if tell is None else tell(story)


def plain_now(story: Story) -> Iterator[Said]:
    """What holds at the moment that the story is told as of."""
    held, state, name = story.standing, story.judged.state, PLAIN[story.kind]
    if held.status is None:
        yield say("now.no_status")
        return
    yield say("plain.status", status=status_said(story.kind, held.status))
    if held.unit is not None:
        yield say("now.unit", unit=unit_said(held.unit, held.as_of))
    if state.received is not None and state.received <= held.as_of:
        way = "_out" if isinstance(state, Document) and state.outgoing else ""
        yield say(f"began.{name}{way}", at=clock(state.received))
    if held.due is not None:
        yield say(f"until.{name}", at=clock(held.due))
    for level in sorted(held.levels):
        yield say(f"level_now.{level}")
    tell = _MORE.get(story.kind)
    if tell is not None:
        yield from tell(story)
    if held.ended_as is not None:
        ended = max(each.at for each in story.judged.entries if each.measure == held.ended_as and each.at <= held.as_of)
        yield say("plain.ended", ended=clock(ended), how=measure_said(held.ended_as))


def _about_document(story: Story) -> Iterator[Said]:
    data = next(each.event.data for each in story.chapters if each.event is not None)
    if isinstance(data, DocumentRecorded | DocumentProgressed):
        yield say(
            f"head.document_{data.direction}", code=data.code, day=day(data.promulgated_on), sender=data.sender,
            organ=data.organ, level=say(f"level.{int(data.level)}"),
        )  # fmt: skip


def _about_certificate(story: Story) -> Iterator[Said]:
    state = story.judged.state
    if isinstance(state, Certificate):
        yield say(f"head.certificate_{state.channel}", level=say(f"level.{state.level}"))


def _document(story: Story) -> Iterator[Said]:
    document, as_of = story.judged.state, story.standing.as_of
    if not isinstance(document, Document):
        return
    if document.acknowledged is not None and document.acknowledged <= as_of:
        calendar = story.judged.rules.calendar
        worked = worktime(calendar.measure(document.received, document.acknowledged), calendar.working_day)
        yield say("plain.acknowledged", at=clock(document.acknowledged), time=worked)
    if document.told:
        signed = "valid" if document.told & DocumentTold.SIGNED else "some"
        yield say(f"plain.signature_{signed if document.told & DocumentTold.SIGNATURE else 'none'}")
    yield from _recall(document, as_of)


def _recall(document: Document, as_of: Moment) -> Iterator[Said]:
    if document.recalled is not None and document.recalled <= as_of:
        yield say("plain.recalled" if document.outgoing else "plain.recall_asked", at=clock(document.recalled))


_HEADS: Final[Mapping[int, Callable[[Story], Iterator[Said]]]] = {
    DOCUMENT: _about_document, CERTIFICATE: _about_certificate
}  # fmt: skip
_MORE: Final[Mapping[int, Callable[[Story], Iterator[Said]]]] = {DOCUMENT: _document, MEETING: tell_meeting}
