"""Work out a batch: decode, deduplicate within the case, fold, post, else quarantine. Touches no table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ingest.contracts.onestop import ApplicationRecorded
from ingest.contracts.privacy import without_personal_data
from ingest.log.protocol import Record as LogRecord
from stream.apply.batch import Batch, Judged
from stream.apply.breaker import Breaker
from stream.apply.cases import Case, CaseBook
from stream.apply.lives import LIVES
from stream.apply.plan import (
    Adopted,
    Plan,
    Quarantined,
)
from stream.apply.reading import Adoption, Beat, Declaration, Fact, Measured, Poison, Said, read
from stream.apply.records import Numbers
from stream.apply.rows import event_row
from stream.apply.rulebook import InForce, Rule, Rulebook
from stream.apply.store import Claim
from stream.core.moment import DAY_SECONDS
from stream.core.rules import Rules


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
        batch = Batch(self._cases)
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
            try:
                if isinstance(each, Poison):
                    raise each
                new = self._apply(batch, record, each, numbers, rules)
            except Poison as poison:
                batch.plan.quarantined.append(_quarantined(record, poison))
                tally.quarantined += 1
                batch.heard(poison.source if isinstance(each, Poison) else each.source, record).quarantined += 1
                if not poison.is_of_one and record.position >= self._tolerate.get(record.partition, 0):
                    tally.halted = self._breakers[record.partition].poison(record.position)
                if tally.halted is not None:
                    halted.add(record.partition)
            else:
                self._breakers[record.partition].good()
                tally.applied += new
                tally.duplicates += not new
                batch.hear(record, each.source, each.at, new=new)
            tally.next = record.position + 1
        self._cases.trim(len(batch.changed))
        return batch.close()

    def _apply(self, batch: Batch, record: LogRecord, said: Said, numbers: Numbers, rules: dict[int, Rules]) -> bool:
        """Whether it was new; `rules` are those of each partition, and change with an adoption. Raises `Poison`."""
        match said:
            case Fact():
                return batch.apply(record, said, numbers, rules[record.partition])
            case Measured():
                return batch.sample(record, said)
            case Beat():
                return self._beat(batch, record, said)
            case Declaration():
                return batch.declare(record, said)
            case Adoption():
                new = self._adopt(batch, record, said)
                rules[record.partition] = self._rulebook.newest(record.partition)
                return new

    def _numbers(self, facts: Sequence[Fact], adoptions: Sequence[Adoption]) -> Numbers:
        recorded = [fact.data for fact in facts if isinstance(fact.data, ApplicationRecorded)]
        named = {data.procedure for data in recorded}.union(*(adoption.codes for adoption in adoptions))
        return Numbers(
            self._known.field_numbers({data.field: data.field_name for data in recorded}),
            self._known.procedure_numbers(named),
        )

    def _adopt(self, batch: Batch, record: LogRecord, adoption: Adoption) -> bool:
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

    def _beat(self, batch: Batch, record: LogRecord, beat: Beat) -> bool:
        """A heartbeat that is not newer than the last one says nothing new: a duplicate.

        Nothing is complete beyond the moment at which it was told, whatever a clock that is ahead says. One that is
        days ahead is held to that moment altogether: every later heartbeat would be an old one.
        """
        known = record.appended_ms // 1000
        at = beat.at if beat.at <= known + DAY_SECONDS else known
        if at <= self._heartbeats.get(beat.source, 0):
            return False
        self._heartbeats[beat.source] = at
        sign = batch.plan.sign(beat.source)
        sign.heartbeat_at = at
        if beat.complete_until is not None:
            sign.complete_until = min(beat.complete_until, known)
        batch.plan.events += event_row(
            record.partition, record.position, record.appended_ms, None, (beat.eid, beat.at), record.body
        )
        return True


def _try_to_read(body: bytes) -> Said | Poison:
    try:
        return read(body)
    except Poison as poison:
        return poison


def _judged(case: Case, rules: Rules) -> Judged:
    """What other rules make of a case."""
    life = LIVES[case.kind]
    state = life.fold(case.timeline, rules)
    return state, life.entries(state, rules)


def _quarantined(record: LogRecord, poison: Poison) -> Quarantined:
    """As it can be stored: its personal data masked, and no NUL in what is text."""
    masked = record._replace(key=_text(record.key), body=without_personal_data(record.body))
    return Quarantined(masked, _text(poison.reason), None if poison.place is None else _text(poison.place))


def _text(said: str) -> str:
    return said.replace("\0", "\ufffd")
