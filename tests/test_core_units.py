"""To which unit an application belongs: transfers, corrections, and the mergers of 2025 (handbook section 2)."""

from msgspec.structs import replace

from stream.core.application import Application, fold
from stream.core.entries import entries
from stream.core.ledger import Measure
from stream.core.timeline import Record, Told
from stream.first_rules import first_rules
from tests.building.moments import moment
from tests.building.timelines import step, whole

MERGER = "2025-07-01 00:00"
CHIENG_HAC, HUA_PANG, MOC_CHAU_TOWN = 4012, 4015, 3979
MOC_CHAU, DOAN_KET, MOC_SON = 3980, 4000, 3979


def life(*records: Record) -> Application:
    return fold(records, first_rules())


def units(*records: Record) -> list[tuple[int, int]]:
    """From when on in which unit."""
    return [(stretch.start, stretch.unit) for stretch in life(*records).stretches]


def moves(*records: Record) -> set[tuple[str, int, int]]:
    found = entries(life(*records), first_rules())
    return {(Measure(each.measure).name, each.at, each.unit) for each in found if each.measure in {6, 7}}


def received(unit: int, at: str = "2025-06-20 09:00") -> Record:
    return replace(whole(2, at, at), unit=unit)


def test_an_open_application_goes_to_the_successor_of_its_unit_when_they_merge() -> None:
    told = received(CHIENG_HAC)
    assert units(told) == [(moment("2025-06-20 09:00"), CHIENG_HAC), (moment(MERGER), MOC_CHAU)]
    assert moves(told) == {("MOVED_OUT", moment(MERGER), CHIENG_HAC), ("MOVED_IN", moment(MERGER), MOC_CHAU)}


def test_one_that_had_ended_stays_where_it_was() -> None:
    told = received(CHIENG_HAC)
    settled = replace(whole(9, "2025-06-27 09:00", "2025-06-20 09:00", ended="2025-06-27 09:00"), unit=CHIENG_HAC)
    assert units(told, settled) == [(moment("2025-06-20 09:00"), CHIENG_HAC)]


def test_of_a_divided_unit_the_next_record_tells_which_part_it_fell_to() -> None:
    told = received(MOC_CHAU_TOWN)
    assert units(told)[1:] == [], "by itself it goes to the part that kept the code"
    later = step(4, "2025-07-15 10:00", unit=MOC_CHAU)
    assert units(told, later) == [(moment("2025-06-20 09:00"), MOC_CHAU_TOWN), (moment(MERGER), MOC_CHAU)]


def test_a_record_that_still_names_an_ended_unit_means_its_successor_and_is_a_finding() -> None:
    late = step(4, "2025-08-01 09:00", unit=HUA_PANG)
    assert units(received(HUA_PANG), late)[-1] == (moment(MERGER), DOAN_KET)
    assert [finding.measure for finding in life(received(HUA_PANG), late).findings] == [Measure.UNIT_OUT_OF_FORCE]


def test_a_transfer_after_the_merger_is_a_transfer() -> None:
    assert units(received(CHIENG_HAC), step(4, "2025-08-01 09:00", unit=DOAN_KET)) == [
        (moment("2025-06-20 09:00"), CHIENG_HAC),
        (moment(MERGER), MOC_CHAU),
        (moment("2025-08-01 09:00"), DOAN_KET),
    ]


def test_a_corrected_unit_was_never_the_other_one() -> None:
    told = received(MOC_SON, "2026-01-05 09:00")
    corrected = replace(whole(4, "2026-01-08 09:00", "2026-01-05 09:00"), unit=DOAN_KET, told=int(Told.UNIT_CORRECTED))
    assert units(told, corrected) == [(moment("2026-01-05 09:00"), DOAN_KET)]
    assert moves(told, corrected) == set()
    moved = replace(corrected, told=0)
    assert units(told, moved)[1] == (moment("2026-01-08 09:00"), DOAN_KET)


def test_a_correction_after_a_transfer_leaves_what_was_before_it() -> None:
    told, moved = received(MOC_SON, "2026-01-05 09:00"), step(4, "2026-01-07 09:00", unit=MOC_CHAU)
    corrected = replace(whole(4, "2026-01-08 09:00", "2026-01-05 09:00"), unit=DOAN_KET, told=int(Told.UNIT_CORRECTED))
    assert units(told, moved, corrected) == [
        (moment("2026-01-05 09:00"), MOC_SON),
        (moment("2026-01-07 09:00"), DOAN_KET),
    ]
