"""The ordered traffic of documents: of the present as edXML, of what lies back as events of the document system.

Half a year holds some 76,000 messages, each of which would be a request of its own and some a signature: they would
keep a core busy for minutes. So a first run tells only its last days as edXML (`State.detailed_from`), and what was
before them by the same system's events, a hundred a request. What is on paper is never edXML.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import Final, Protocol

from ingest.contracts.documents import Act
from ingest.simulator.calendar import LOCAL
from ingest.simulator.dice import dice
from ingest.simulator.documents.bureau import Bureau
from ingest.simulator.documents.certificates import Seals, issues
from ingest.simulator.documents.message import letter, status
from ingest.simulator.documents.paper import Paper
from ingest.simulator.documents.telling import said_of
from ingest.simulator.documents.writing import papers
from ingest.simulator.parcel import Parcel, Way, in_order, told
from ingest.simulator.postbox import Route
from ingest.simulator.state import State

_DELAYED: Final = 0.02
_REPEATED: Final = 0.02


class Signer(Protocol):
    """Signs messages for organs."""

    @property
    def seals(self) -> Seals:
        """With which certificate each organ signs."""
        ...

    def sign(self, message: bytes, organ: str) -> bytes:
        """The message with the organ's signature."""
        ...


def traffic(bureau: Bureau, signer: Signer | None, source: str, state: State) -> Iterator[Parcel]:
    """Everything that is sent after what `state` says was sent, in order, for ever."""
    longest = timedelta(days=bureau.shares.longest_life_days)
    first = max(state.begin, (state.sent_until - longest).astimezone(LOCAL).date())
    seals: Seals = signer.seals if signer is not None else {}
    certificates = issues(bureau, seals, state.begin)

    def of_day(day: date) -> Iterator[Parcel]:
        for at, certificate in certificates.get(day, ()):
            yield told(source, at, certificate)
        for paper in papers(bureau, day):
            yield from _by_events(paper, seals, source, state.detailed_from if paper.electronic else None)
            if paper.electronic and state.detailed_from is not None:
                yield from _by_messages(paper, signer, state.detailed_from)

    return in_order(of_day, first, state.sent_until)


def _by_events(paper: Paper, seals: Seals, source: str, until: datetime | None) -> Iterator[Parcel]:
    """What happened before `until`, each told soon after it."""
    rng = dice(paper.salt, "told")
    for happened, data, mark in said_of(paper, seals):
        for at in _leaves(happened, rng):
            if until is None or happened < until:
                yield told(source, at, data, mark, happened)


def _by_messages(paper: Paper, signer: Signer | None, since: datetime) -> Iterator[Parcel]:
    """What happened from `since` on, each message sent soon after it."""
    rng = dice(paper.salt, "sent")
    name = f"{paper.sender.code}/{paper.promulgated_on}/{paper.code}"
    acts: list[tuple[Act, datetime]] = [("new", paper.sent_at), *((each.act, each.at) for each in paper.later)]
    for act, happened in acts:
        for at in _leaves(happened, rng):
            if happened >= since:
                yield Parcel(at, f"{name}/{act}", Way.EDXML, partial(_signed, paper, act, happened, signer))
    marks = [(receipt.organ, step) for receipt in paper.receipts for step in receipt.steps]
    marks += [answer for each in paper.later for answer in each.answers]
    for organ, step in marks:
        for at in _leaves(step.at, rng):
            if step.at >= since:
                write = partial(status, paper, organ, step)
                yield Parcel(at, f"{name}/{organ.code}-{step.status:02d}", Way.EDXML, write)


def _signed(paper: Paper, act: Act, at: datetime, signer: Signer | None) -> bytes:
    body = letter(paper, act, at)
    if paper.signature == "none" or signer is None:
        return body
    signed = signer.sign(body, paper.sender.code)
    # A number of the signed text is another one now, as if somebody had put it right afterwards.
    return signed.replace(b"TypeName>", b"TypeName> ", 1) if paper.signature == "invalid" else signed


def _leaves(happened: datetime, rng: Random) -> tuple[datetime, ...]:
    """When a message leaves, once or twice."""
    wait = 300 + 8 * 3600 * rng.random() ** 3 if rng.random() < _DELAYED else 3 + 9 * rng.random()
    again = (wait + 5 + 7200 * rng.random() ** 2,) if rng.random() < _REPEATED else ()
    return tuple(happened + timedelta(seconds=int(seconds)) for seconds in (wait, *again))


def route() -> Mapping[Way, Route]:
    """Where messages go."""
    return {Way.EDXML: Route(lambda _: "/v1/documents/edxml", "application/xml")}
