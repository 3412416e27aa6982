"""Rules go into the log once for each partition, and what they change is told beforehand."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from ingest.contracts import registry
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.registry import Adopted
from ingest.contracts.rules import CalendarAdopted, Decision, Level, Procedure, RegisterAdopted
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import partition_of
from ingest.rules.adoption import RulesTooLargeError, entries_for
from ingest.rules.calendar_file import shipped_calendar
from ingest.rules.changes import HoursChange, calendar_changes, register_changes
from ingest.rules.register_file import shipped_register

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 3, tzinfo=UTC)
HOURS = ((27_000, 41_400), (48_600, 63_000))


def a_calendar(version: str = "v1", *, on: tuple[date, ...] = (), off: tuple[date, ...] = ()) -> CalendarAdopted:
    decision = Decision(name="d", days_off=off, days_on=on)
    return CalendarAdopted(version=version, week=(HOURS,) * 5 + ((),) * 2, decisions=(decision,))


def a_register(*procedures: Procedure, version: str = "r1") -> RegisterAdopted:
    return RegisterAdopted(version=version, procedures=procedures)


def a_procedure(code: str = "1.1", fee: int = 0) -> Procedure:
    return Procedure(code=code, name="A", field="HT", level=Level.COMMUNE, fee=fee)


@pytest.mark.parametrize("data", [a_calendar(), a_register(a_procedure())])
@pytest.mark.parametrize("partitions", [*range(1, 65), 256])
def test_every_partition_gets_the_rules_exactly_once(data: Adopted, partitions: int) -> None:
    entries = entries_for(data, partitions, NOW)
    assert [partition_of(entry.key, partitions) for entry in entries] == list(range(partitions))


def test_the_key_is_the_smallest_number_that_leads_to_the_partition() -> None:
    for partition, entry in enumerate(entries_for(a_calendar(), 8, NOW)):
        stem, _, number = entry.key.rpartition("/")
        assert stem == "rules/calendar/v1"
        assert all(partition_of(f"{stem}/{smaller}", 8) != partition for smaller in range(int(number)))


@pytest.mark.parametrize("data", [shipped_calendar(), shipped_register()])
def test_what_is_in_the_log_is_what_was_in_the_file(data: Adopted) -> None:
    for entry in entries_for(data, 3, NOW):
        envelope = decode_envelope(entry.body)
        assert (envelope.source, envelope.subject, envelope.time) == ("ioc.rules", entry.key, NOW)
        assert registry.decode(envelope) == data


def test_the_same_rules_are_the_same_events_and_others_are_others() -> None:
    def ids(data: Adopted, now: datetime) -> list[str]:
        return [decode_envelope(entry.body).id for entry in entries_for(data, 4, now)]

    assert ids(a_calendar(), NOW) == ids(a_calendar(), LATER)
    assert len({*ids(a_calendar(), NOW), *ids(a_calendar(on=(date(2027, 1, 9),)), NOW)}) == 8


def test_what_only_equals_a_default_makes_no_other_event() -> None:
    spelt = "none!".rstrip("!")  # equal to the default of `online`, and another object
    plain = a_procedure()
    written_out = msgspec.structs.replace(plain, online=spelt)
    bodies = [entries_for(a_register(each), 1, NOW)[0].body for each in (plain, written_out)]
    assert bodies[0] == bodies[1]


def test_rules_that_no_log_takes_are_refused_in_words() -> None:
    names = "x" * 2000
    many = (Procedure(code=str(number), name=names, field="F", level=Level.COMMUNE) for number in range(4000))
    with pytest.raises(RulesTooLargeError, match="procedures r1 has over"):
        entries_for(a_register(*many), 8, NOW)


def test_a_real_log_takes_them_one_for_each_partition(log: PostgresLog) -> None:
    log.append(entries_for(shipped_register(), log.partitions, NOW))
    assert log.end_positions() == dict.fromkeys(range(4), 1)
    (record,) = log.read(3, 0, 10)
    data = registry.decode(decode_envelope(record.body))
    assert msgspec.json.encode(data) == msgspec.json.encode(shipped_register())


def test_of_a_calendar_the_days_that_become_free_or_worked_are_told() -> None:
    friday, saturday, sunday = date(2027, 1, 8), date(2027, 1, 9), date(2027, 1, 10)
    changes = calendar_changes(a_calendar(off=(friday, sunday)), a_calendar("v2", off=(sunday,), on=(saturday,)))
    assert (changes.free, changes.worked) == ([], [friday, saturday])
    assert calendar_changes(a_calendar("v2", on=(saturday,)), a_calendar()).free == [saturday]


def test_of_a_calendar_hours_and_cut_off_are_told_and_a_new_name_alone_is_no_change() -> None:
    before = a_calendar()
    assert not calendar_changes(before, a_calendar("v2"))
    morning = HOURS[:1]
    week = (*before.week[:5], morning, ())
    after = msgspec.structs.replace(before, week=week, cut_off=54_000)
    changes = calendar_changes(before, after)
    assert changes.hours == [HoursChange(5, (), morning)]
    assert changes.cut_off == (None, 54_000)


def test_of_a_register_what_comes_goes_and_changes_is_told() -> None:
    before = a_register(a_procedure("1.1"), a_procedure("1.2"), a_procedure("1.3"))
    after = a_register(a_procedure("1.2"), a_procedure("1.3", fee=8000), a_procedure("1.4"))
    changes = register_changes(before, after)
    assert (changes.added, changes.removed, changes.changed) == (["1.4"], ["1.1"], {"1.3": ["fee"]})
    assert register_changes(None, before).added == ["1.1", "1.2", "1.3"]
    assert not register_changes(before, before)
