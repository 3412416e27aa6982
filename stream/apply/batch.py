"""The plan under way: what each record of a batch changes, gathered. Touches no table."""

from bisect import bisect_right, insort
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any, TypeAlias

from ingest.contracts.onestop import ApplicationRecorded
from ingest.log.protocol import Record as LogRecord
from stream.apply.cases import APPLICATION, Case, CaseBook, number_of
from stream.apply.lives import LIVES, Life
from stream.apply.plan import LATENESS, TICKER, Declared, Heard, Latest, Plan, Sampled, Tally
from stream.apply.reading import Declaration, Fact, Measured, Poison
from stream.apply.records import Numbers
from stream.apply.rows import PostedKey, event_row, ledger_row
from stream.apply.telemetry import check_age
from stream.core.ledger import Entry, postings
from stream.core.moment import Moment, day_of
from stream.core.rules import Rules
from stream.core.state import CaseState
from stream.errors import LogGapError

Judged: TypeAlias = tuple[CaseState, frozenset[Entry]]
"""What other rules make of a case: its state, and its entries."""


class Batch:
    """The plan under way, and the cases that it changes."""

    def __init__(self, cases: CaseBook) -> None:
        self.plan = Plan()
        self.changed: dict[str, Case] = {}
        self.sums: defaultdict[PostedKey, int] = defaultdict(int)
        self.latest: deque[tuple[Fact, Any, int]] = deque(maxlen=TICKER)
        self._cases = cases

    def tally(self, record: LogRecord) -> Tally:
        """How far its partition gets. Raises `LogGapError` where the log skips a position."""
        part = record.partition
        tally = self.plan.tallies.get(part)
        if tally is None:
            tally = self.plan.tallies[part] = Tally(record.position, record.position)
        if record.position != tally.next:
            raise LogGapError(f"partition {part} of the log goes from position {tally.next} to {record.position}")
        return tally

    def apply(self, log: LogRecord, fact: Fact, numbers: Numbers, rules: Rules) -> bool:
        """Fold the fact into its case and post what that changed; False for one that was seen before."""
        part, pos, known = log.partition, log.position, log.appended_ms
        data = fact.data
        case = self._cases.get(fact.code)
        if case is not None and fact.eid in [each.eid for each in case.timeline]:
            return False
        if case is not None and case.kind != fact.kind:
            raise Poison("the case is of another kind", "subject")
        life = LIVES[fact.kind]
        record = life.record(fact, numbers, pos)
        timeline = _timeline_with(record, [] if case is None else case.timeline, life)
        try:
            state = life.fold(timeline, rules)
            alike = case is not None and case.rules is rules and life.alike(case.state, state)
            after = case.entries if case is not None and alike else life.entries(state, rules)
        except ValueError as error:
            raise Poison(str(error), "data") from None
        if case is None:
            case = Case(number_of(part, pos), fact.code, fact.kind, timeline, frozenset(), rules)
            self._cases.add(case)
        if not alike and (after or case.entries):
            self._post(log, case, after)
        case.timeline, case.state, case.rules = timeline, state, rules
        if isinstance(data, ApplicationRecorded):
            case.procedure = data.procedure
        self.changed[fact.code] = case
        self.plan.events += event_row(part, pos, known, case.id, (fact.eid, fact.at), log.body)
        if fact.kind == APPLICATION:
            self.latest.append((fact, record, known))
        self.plan.sign(fact.source).event(fact.at, known)
        return True

    def sample(self, log: LogRecord, measured: Measured) -> bool:
        """Samples are told apart from those told before as they are written; until then they count as new.

        Raises `Poison`.
        """
        check_age(measured, log.appended_ms)
        self.plan.sampled.append(Sampled(log.partition, log.position, log.appended_ms, measured))
        return True

    def declare(self, log: LogRecord, declaration: Declaration) -> bool:
        """What a source promises from here on; the same promise told again is kept as it is, and harms nobody."""
        part, pos, known = log.partition, log.position, log.appended_ms
        self.plan.declared.append(Declared(part, pos, known, declaration.data))
        self.plan.events += event_row(part, pos, known, None, (declaration.eid, declaration.at), log.body)
        return True

    def heard(self, source: str, log: LogRecord) -> Heard:
        """The tally of a source on the local day on which the log took a record."""
        key = source, day_of(log.appended_ms // 1000)
        found = self.plan.heard.get(key)
        if found is None:
            found = self.plan.heard[key] = Heard()
        found.known_ms = max(found.known_ms, log.appended_ms)
        return found

    def hear(self, log: LogRecord, source: str, at: Moment, *, new: bool) -> None:
        """Count a record that was applied, or was seen before."""
        heard = self.heard(source, log)
        if new:
            heard.applied += 1
            heard.lateness[bisect_right(LATENESS, log.appended_ms // 1000 - at)] += 1
        else:
            heard.duplicates += 1

    def judge_again(self, log: LogRecord, case: Case, judged: Judged, rules: Rules) -> None:
        """Post what other rules change of a case about which nothing new is known."""
        case.state, after = judged
        case.rules = rules
        self._post(log, case, after)
        self.changed[case.code] = case
        self._cases.touch(case)

    def _post(self, log: LogRecord, case: Case, after: frozenset[Entry]) -> None:
        plan, sums = self.plan, self.sums
        part, pos, known, number = log.partition, log.position, log.appended_ms, case.id
        for entry, n in postings(case.entries, after):
            plan.ledger.append(ledger_row(number, part, pos, known, entry, n))
            measure, at, unit, field, channel, level, traits, procedure, amount = entry
            sums[measure, unit, day_of(at), field, channel, level, traits, procedure] += n * amount
        case.entries = after

    def close(self) -> Plan:
        """The plan, packed."""
        self.plan.latest = [Latest(fact.code, rec.unit, rec.status, fact.at, known) for fact, rec, known in self.latest]
        self.plan.close(self.changed, self.sums)
        return self.plan


def _timeline_with(record: Any, timeline: Sequence[Any], life: Life) -> list[Any]:
    """The timeline with the record in its place; raises `Poison` where the case has too many already."""
    if len(timeline) >= life.most:
        raise Poison(f"the case has {life.most} records already", "subject", is_of_one=True)
    if timeline and life.order(record) < life.order(timeline[-1]):
        longer = list(timeline)
        insort(longer, record, key=life.order)
        return longer
    return [*timeline, record]  # as nearly always: what comes is the newest
