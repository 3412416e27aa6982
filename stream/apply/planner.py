"""Work out a batch: decode, deduplicate within the case, fold, post, else quarantine. Touches no table."""

from bisect import insort
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from ingest.contracts.onestop import ApplicationRecorded
from ingest.contracts.privacy import without_personal_data
from ingest.log.protocol import Record as LogRecord
from stream.apply.breaker import Breaker
from stream.apply.cases import Case, CaseBook, number_of
from stream.apply.lives import LIVES
from stream.apply.plan import TICKER, Adopted, Latest, Plan, Quarantined, SignOfLife, Tally
from stream.apply.reading import Adoption, Beat, Fact, Poison, read
from stream.apply.records import Numbers, record_of
from stream.apply.rows import PostedKey, event_row, ledger_row
from stream.apply.rulebook import InForce, Rule, Rulebook
from stream.apply.store import Claim
from stream.core.application import Application
from stream.core.entries import counts_alike
from stream.core.ledger import Entry, postings
from stream.core.moment import day_of
from stream.core.rules import Rules
from stream.core.timeline import MOST_RECORDS, Record, order
from stream.errors import LogGapError

Judged: TypeAlias = tuple[Application, frozenset[Entry]]


class Known(Protocol):
    """What the store knows beside the cases: numbers, rules, signs of life."""

    rulebook: Rulebook

    def rules_in_force(self) -> Iterable[InForce]:
        """Which rules the partitions go by, in order of position."""
        ...

    def keep_rule(self, rule: Rule) -> None:
        """Keep a calendar or a register."""
        ...

    def field_numbers(self, names: Mapping[str, str | None]) -> Mapping[str, int]:
        """The numbers of these fields; new ones are numbered."""
        ...

    def procedure_numbers(self, codes: Iterable[str]) -> Mapping[str, int]:
        """The numbers of these procedures; new ones are numbered."""
        ...

    def heartbeats(self) -> Mapping[str, int]:
        """The last heartbeat of each source, in seconds since 1970."""
        ...


class Planner:
    """Plans batch after batch for the partitions of one worker.

    What it knows of cases and rules runs ahead of the store by the batches that are being written. After a
    failure, and when partitions come or go, `restart` brings it back.
    """

    def __init__(self, known: Known, cases: CaseBook) -> None:
        self._known = known
        self._rulebook = known.rulebook
        self._cases = cases
        self._breakers: defaultdict[int, Breaker] = defaultdict(Breaker)
        self._tolerate: dict[int, int] = {}
        self._heartbeats: dict[str, int] = {}

    def restart(self, claims: Iterable[Claim]) -> None:
        """Begin anew from what the store holds: all that was planned and perhaps not written is forgotten."""
        self._cases.clear()
        self._breakers.clear()
        self._rulebook.restart(self._known.rules_in_force())
        self._heartbeats = dict(self._known.heartbeats())
        self._tolerate = {claim.part: claim.tolerate_until for claim in claims}

    def plan(self, records: Sequence[LogRecord]) -> Plan:
        """The plan for these records, in order of position within each partition."""
        batch = _Batch(self._cases)
        found = [_try_to_read(record.body) for record in records]
        facts = [each for each in found if isinstance(each, Fact)]
        self._cases.fetch({fact.code for fact in facts})
        numbers = self._numbers(facts, [each for each in found if isinstance(each, Adoption)])
        rules = {part: self._rulebook.newest(part) for part in {record.partition for record in records}}
        halted: set[int] = set()
        for record, each in zip(records, found, strict=True):
            if record.partition in halted:
                continue
            tally = batch.tally(record)
            breaker = self._breakers[record.partition]
            try:
                match each:
                    case Fact():
                        new = batch.apply(record, each, numbers, rules[record.partition])
                    case Beat():
                        new = self._beat(batch, record, each)
                    case Adoption():
                        new = self._adopt(batch, record, each)
                        rules[record.partition] = self._rulebook.newest(record.partition)
                    case _:
                        raise each
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
        self._cases.trim(len(batch.changed))
        return batch.close()

    def _numbers(self, facts: Sequence[Fact], adoptions: Sequence[Adoption]) -> Numbers:
        recorded = [fact.data for fact in facts if isinstance(fact.data, ApplicationRecorded)]
        named = {data.procedure for data in recorded}.union(*(adoption.codes for adoption in adoptions))
        return Numbers(
            self._known.field_numbers({data.field: data.field_name for data in recorded}),
            self._known.procedure_numbers(named),
        )

    def _adopt(self, batch: "_Batch", record: LogRecord, adoption: Adoption) -> bool:
        """The partition goes by another calendar or register: its open cases are posted anew, closed ones stay."""
        part, rule = record.partition, adoption.rule
        if self._rulebook.goes_by(part, rule):
            return False
        cases = self._cases.open_cases(part)  # first: they are read by the rules that they were posted by
        self._rulebook.adopt(part, record.position, rule)
        try:
            rules = self._rulebook.newest(part)
            judged = [_judged(case, rules) for case in cases]
        except ValueError as error:
            self._rulebook.forget_newest(part)
            raise Poison(str(error), "data") from None
        self._known.keep_rule(rule)
        batch.plan.adopted.append(Adopted(part, record.position, record.appended_ms, rule.digest))
        for case, each in zip(cases, judged, strict=True):
            batch.judge_again(record, case, each, rules)
        batch.plan.events += event_row(
            part, record.position, record.appended_ms, None, (adoption.eid, adoption.at), record.body
        )
        return True

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

    def __init__(self, cases: CaseBook) -> None:
        self.plan = Plan()
        self.changed: dict[str, Case] = {}
        self.sums: defaultdict[PostedKey, int] = defaultdict(int)
        self.latest: deque[tuple[Fact, Record, int]] = deque(maxlen=TICKER)
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

    def apply(self, log: LogRecord, fact: Fact, numbers: Numbers, rules: Rules) -> bool:
        """Fold the fact into its case and post what that changed; False for one that was seen before."""
        part, pos, known = log.partition, log.position, log.appended_ms
        data = fact.data
        case = self._cases.get(fact.code)
        if case is not None and fact.eid in [each.eid for each in case.timeline]:
            return False
        if case is not None and case.kind != fact.kind:
            raise Poison("the case is of another kind", "subject")
        record = record_of(fact, numbers, pos)
        timeline = _timeline_with(record, [] if case is None else case.timeline)
        life = LIVES[fact.kind]
        try:
            application = life.fold(timeline, rules)
            alike = case is not None and case.rules is rules and counts_alike(case.application, application)
            after = case.entries if case is not None and alike else life.entries(application, rules)
        except ValueError as error:
            raise Poison(str(error), "data") from None
        if case is None:
            case = Case(number_of(part, pos), fact.code, fact.kind, timeline, frozenset(), rules)
            self._cases.add(case)
        if not alike and (after or case.entries):
            self._post(log, case, after)
        case.timeline, case.application, case.rules = timeline, application, rules
        if isinstance(data, ApplicationRecorded):
            case.procedure = data.procedure
        self.changed[fact.code] = case
        self.plan.events += event_row(part, pos, known, case.id, (fact.eid, fact.at), log.body)
        self.latest.append((fact, record, known))
        sign = self.sign(fact.source)
        if sign.event_at is None or fact.at > sign.event_at:
            sign.event_at = fact.at
        if sign.known_ms is None or known > sign.known_ms:
            sign.known_ms = known
        return True

    def judge_again(self, log: LogRecord, case: Case, judged: Judged, rules: Rules) -> None:
        """Post what other rules change of a case about which nothing new is known."""
        case.application, after = judged
        case.rules = rules
        self._post(log, case, after)
        self.changed[case.code] = case
        self._cases.touch(case)

    def _post(self, log: LogRecord, case: Case, after: frozenset[Entry]) -> None:
        plan, sums = self.plan, self.sums
        part, pos, known, number = log.partition, log.position, log.appended_ms, case.id
        for entry, n in postings(case.entries, after):
            plan.ledger.append(ledger_row(number, part, pos, known, entry, n))
            measure, at, unit, field, channel, level, traits, procedure = entry
            sums[measure, unit, day_of(at), field, channel, level, traits, procedure] += n
        case.entries = after

    def close(self) -> Plan:
        """The plan, packed."""
        self.plan.latest = [Latest(fact.code, rec.unit, rec.status, fact.at, known) for fact, rec, known in self.latest]
        self.plan.close(self.changed, self.sums)
        return self.plan


def _try_to_read(body: bytes) -> Fact | Beat | Adoption | Poison:
    try:
        return read(body)
    except Poison as poison:
        return poison


def _timeline_with(record: Record, timeline: Sequence[Record]) -> list[Record]:
    """The timeline with the record in its place; raises `Poison` where the case has too many already."""
    if len(timeline) >= MOST_RECORDS:
        raise Poison(f"the case has {MOST_RECORDS} records already", "subject")
    if timeline and order(record) < order(timeline[-1]):
        longer = list(timeline)
        insort(longer, record, key=order)
        return longer
    return [*timeline, record]  # as nearly always: what comes is the newest


def _judged(case: Case, rules: Rules) -> Judged:
    """What other rules make of a case."""
    life = LIVES[case.kind]
    application = life.fold(case.timeline, rules)
    return application, life.entries(application, rules)


def _quarantined(record: LogRecord, poison: Poison) -> Quarantined:
    """As it can be stored: its personal data masked, and no NUL in what is text."""
    masked = record._replace(key=_text(record.key), body=without_personal_data(record.body))
    return Quarantined(masked, _text(poison.reason), None if poison.place is None else _text(poison.place))


def _text(said: str) -> str:
    return said.replace("\0", "\ufffd")
