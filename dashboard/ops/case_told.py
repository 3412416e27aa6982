"""A case as its page is told it, in one language. Keys are a contract between server and script."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.ops.case_read import Read, Tied
from dashboard.ops.case_timeline import timeline_of
from dashboard.text import Language
from stream.alerts.line import Line
from stream.apply.cases import DOCUMENT
from stream.handling.told import act_json, handling_json
from stream.story.document import KINDS, story_document

_BOTH = {"vi", "en"}


def case_json(read: Read, language: Language, line: Line, *, may_act: bool) -> dict[str, Any]:
    """The story, the picture, the handling and the acts of a case.

    `names` are those of the people whose logins stand in it. Each event's sentences are apart from its entries of the
    ledger.
    """
    document = dict(in_language(story_document(read.story), language))
    if read.story.kind == DOCUMENT:
        document["now"] = {**document["now"], "remaining_seconds": _remaining(read)}
    document["events"] = [_event(number, each) for number, each in enumerate(document["events"], 1)]
    acts = [act_json(each) for each in read.acts]
    return {
        **document,
        "procedure_name": read.procedure_name,
        "timeline": timeline_of(read.story, read.acts, read.as_of),
        "handling": handling_json(read.handling),
        "acts": acts,
        "ties": [_tied(each, language) for each in read.ties],
        "names": _named(read, acts),
        "rank": _rank(read, language, line),
        "working_day": read.story.judged.rules.calendar.working_day,
        "is_open": read.story.standing.ended_as is None and read.story.judged.state.ended is None,
        "may_act": may_act,
    }


def _remaining(read: Read) -> int | None:
    """The working time until a document is due: the queue counts it, and so does its page."""
    held = read.story.standing
    if held.due is None or held.ended_as is not None or held.status is None:
        return None
    return read.story.judged.rules.calendar.measure(held.as_of, held.due)


def _event(number: int, event: Mapping[str, Any]) -> dict[str, Any]:
    """The last sentences tell the postings, one each, or that there are none."""
    postings = max(len(event["ledger"]), 1)
    left_out = {"said", "text", "position"}
    return {
        **{name: value for name, value in event.items() if name not in left_out},
        "number": number,
        "text": event["text"][:-postings],
        "effect": event["text"][-postings:],
    }


def _rank(read: Read, language: Language, line: Line) -> str | None:
    """Who has to answer where it was escalated, by the centre's own line."""
    rank = line.rank(read.handling.rank)
    return None if rank is None else rank.name.vi if language == "vi" else rank.name.en


def _tied(tied: Tied, language: Language) -> dict[str, Any]:
    """What is tied: its kind and standing in words, as far as they may be seen."""
    if tied.story is None:
        return {"case": tied.code, "kind": tied.code.partition("/")[0], "text": None}
    document = in_language(story_document(tied.story), language)
    about = document["about"][1:-1]  # the first says as of when, the last by which rules
    return {"case": tied.code, "kind": KINDS[tied.story.kind], "text": [*about, *document["now"]["text"][:1]]}


def _named(read: Read, acts: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    logins = {read.handling.holder, read.handling.acknowledged_by}
    logins |= {each["by"] for each in acts} | {each["to"] for each in acts}
    logins |= {each["overtaken_by"]["by"] for each in acts if each["overtaken_by"] is not None}
    return {login: read.names[login] for login in logins if login is not None and login in read.names}


def in_language(value: Any, language: Language) -> Any:
    """A document whose sentences stand there twice, with those of one language: what has more keys keeps them."""
    if isinstance(value, Mapping):
        if value.keys() == _BOTH:
            return value[language]
        found = {name: in_language(each, language) for name, each in value.items() if name not in _BOTH}
        return {**found, "text": value[language]} if value.keys() >= _BOTH else found
    if isinstance(value, list | tuple):
        return [in_language(each, language) for each in value]
    return value
