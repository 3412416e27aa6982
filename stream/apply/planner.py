"""Work out a batch: decode, deduplicate within the case, fold, post, else quarantine. Touches no table."""

from bisect import insort
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from ingest.contracts.onestop import ApplicationRecorded
from ingest.contracts.privacy import without_personal_data
from ingest.log.protocol import Record as LogRecord
from stream.apply.breaker import Breaker
from stream.apply.cases import Case, CaseBook
from stream.apply.plan import TICKER, Latest, Plan, Quarantined, SignOfLife, Tally
from stream.apply.reading import Beat, Fact, Poison, read, record_of
from stream.apply.rows import PostedKey, event_row, ledger_row
from stream.apply.store import Claim
from stream.core.application import fold_ordered
from stream.core.calendar import WorkingCalendar
from stream.core.entries import counts_alike, entries
from stream.core.ledger import postings
from stream.core.moment import day_of
from stream.core.timeline import MOST_RECORDS, Record, order
from stream.errors import LogGapError

FieldNumbers: TypeAlias = Callable[[Mapping[str, str | None]], Mapping[str, int]]
"""From field codes and names to their numbers; new ones are numbered."""

_PART_BITS = 44


class Planner:
    """Plans batch after batch for the partitions of one worker.

    What it knows of cases runs ahead of the store by the batches that are being written. After a failure,
    and when partitions come or go, `restart` brings it back.
    """

    def __init__(self, calendar: WorkingCalendar, cases: CaseBook, fields: FieldNumbers) -> None:
        self._calendar = calendar
        self._cases = cases
        self._fields = fields
        self._breakers: defaultdict[int, Breaker] = defaultdict(Breaker)
        self._tolerate: dict[int, int] = {}
        self._heartbeats: dict[str, int] = {}

    def restart(self, claims: Iterable[Claim], heartbeats: Mapping[str, int]) -> None:
        """Begin anew from what the store holds: all that was planned and perhaps not written is forgotten."""
        self._cases.clear()
        self._breakers.clear()
        self._heartbeats = dict(heartbeats)
        self._tolerate = {claim.part: claim.tolerate_until for claim in claims}

    def plan(self, records: Sequence[LogRecord]) -> Plan:
        """The plan for these records, in order of position within each partition."""
        batch = _Batch(self._calendar, self._cases)
        found = [_try_to_read(record.body) for record in records]
        facts = [each for each in found if isinstance(each, Fact)]
        self._cases.fetch({fact.code for fact in facts})
        numbers = self._fields(_field_names(facts))
        halted: set[int] = set()
        for record, each in zip(records, found, strict=True):
            if record.partition in halted:
                continue
            tally = batch.tally(record)
            breaker = self._breakers[record.partition]
            try:
                if isinstance(each, Poison):
                    raise each
                new = self._beat(batch, record, each) if isinstance(each, Beat) else batch.apply(record, each, numbers)
            except Poison as poison:
                batch.plan.quarantined.append(_quarantined(record, poison))
                tally.quarantined += 1
                if record.position >= self._tolerate.get(record.partition, 0):
                    tally.halted = breaker.poison(record.position)
                if tally.halted is not None:
                    halted.add(record.partition)
            else:
                breaker.good()
                tally.applied += new
                tally.duplicates += not new
            tally.next = record.position + 1
        self._cases.trim()
        return batch.close()

    def _beat(self, batch: "_Batch", record: LogRecord, beat: Beat) -> bool:
        """A heartbeat that is not newer than the last one says nothing new: a duplicate."""
        if beat.at <= self._heartbeats.get(beat.source, 0):
            return False
        self._heartbeats[beat.source] = beat.at
        sign = batch.sign(beat.source)
        sign.heartbeat_at = beat.at
        sign.complete_until = beat.complete_until or sign.complete_until
        batch.plan.events += event_row(
            record.partition, record.position, record.appended_ms, None, (beat.eid, beat.at), record.body
        )
        return True


class _Batch:
    """The plan under way."""

    def __init__(self, calendar: WorkingCalendar, cases: CaseBook) -> None:
        self.plan = Plan()
        self.changed: dict[str, Case] = {}
        self.sums: defaultdict[PostedKey, int] = defaultdict(int)
        self.latest: deque[tuple[Fact, Record, int]] = deque(maxlen=TICKER)
        self._calendar = calendar
        self._cases = cases

    def tally(self, record: LogRecord) -> Tally:
        part = record.partition
        tally = self.plan.tallies.get(part)
        if tally is None:
            tally = self.plan.tallies[part] = Tally(record.position, record.position)
        if record.position != tally.next:
            raise LogGapError(f"partition {part} of the log goes from position {tally.next} to {record.position}")
        return tally

    def sign(self, source: str) -> SignOfLife:
        sign = self.plan.signs.get(source)
        if sign is None:
            sign = self.plan.signs[source] = SignOfLife()
        return sign

    def apply(self, log: LogRecord, fact: Fact, numbers: Mapping[str, int]) -> bool:
        """Fold the fact into its case and post what that changed; False for one that was seen before."""
        part, pos, known = log.partition, log.position, log.appended_ms
        data = fact.data
        case = self._cases.get(fact.code)
        if case is not None and fact.eid in [each.eid for each in case.timeline]:
            return False
        record = record_of(fact, numbers[data.field] if isinstance(data, ApplicationRecorded) else 0, pos)
        timeline = [] if case is None else case.timeline.copy()
        if len(timeline) >= MOST_RECORDS:
            raise Poison(f"the case has {MOST_RECORDS} records already", "subject")
        insort(timeline, record, key=order)
        try:
            application = fold_ordered(timeline, self._calendar)
            alike = case is not None and counts_alike(case.application, application)
            after = case.entries if case is not None and alike else entries(application, self._calendar)
        except ValueError as error:
            raise Poison(str(error), "data") from None
        if case is None:
            case = Case((part << _PART_BITS) + pos, fact.code, timeline, frozenset())
            self._cases.add(case)
        plan, sums = self.plan, self.sums
        for entry, n in () if alike else postings(case.entries, after):
            plan.ledger.append(ledger_row(case.id, part, pos, known, entry, n))
            sums[entry.measure, entry.unit, day_of(entry.at), *entry[3:]] += n
        case.timeline, case.entries, case.application = timeline, after, application
        if isinstance(data, ApplicationRecorded):
            case.procedure = data.procedure
        self.changed[fact.code] = case
        plan.events += event_row(part, pos, known, case.id, (fact.eid, fact.at), log.body)
        self.latest.append((fact, record, known))
        sign = self.sign(fact.source)
        if sign.event_at is None or fact.at > sign.event_at:
            sign.event_at = fact.at
        if sign.known_ms is None or known > sign.known_ms:
            sign.known_ms = known
        return True

    def close(self) -> Plan:
        """The plan, packed."""
        self.plan.latest = [Latest(fact.code, rec.unit, rec.status, fact.at, known) for fact, rec, known in self.latest]
        self.plan.close(self.changed, self.sums)
        return self.plan


def _try_to_read(body: bytes) -> Fact | Beat | Poison:
    try:
        return read(body)
    except Poison as poison:
        return poison


def _quarantined(record: LogRecord, poison: Poison) -> Quarantined:
    """As it can be stored: its personal data masked, and no NUL in what is text."""
    masked = record._replace(key=_text(record.key), body=without_personal_data(record.body))
    return Quarantined(masked, _text(poison.reason), None if poison.place is None else _text(poison.place))


def _text(said: str) -> str:
    return said.replace("\0", "\ufffd")


def _field_names(facts: Sequence[Fact]) -> dict[str, str | None]:
    return {fact.data.field: fact.data.field_name for fact in facts if isinstance(fact.data, ApplicationRecorded)}
