"""Calendars and registers as their events bring them, made into the rules that the core goes by. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, pairwise

from ingest.contracts.rules import CalendarAdopted, Procedure, RegisterAdopted
from stream.core.calendar import WorkingCalendar
from stream.core.rules import ProcedureRule

HOUR = 3_600


def calendar_of(adopted: CalendarAdopted) -> WorkingCalendar:
    """The working calendar of an event. Raises `ValueError` for hours that overlap, and for a week without work."""
    week = dict(enumerate(adopted.week))
    for weekday, spans in week.items():
        clocks = list(chain.from_iterable(spans))
        if any(later <= earlier for earlier, later in pairwise(clocks)):
            raise ValueError(f"week[{weekday}]: working hours must follow one another")
    if not any(week.values()):
        raise ValueError("week: without any working time")
    return WorkingCalendar(
        adopted.version,
        week,
        _days(decision.days_off for decision in adopted.decisions),
        _days(decision.days_on for decision in adopted.decisions),
        cut_off=adopted.cut_off,
    )


def procedure_rules(
    adopted: RegisterAdopted, numbers: Mapping[str, int], calendar: WorkingCalendar
) -> Mapping[int, ProcedureRule]:
    """What the register says, by the store's numbers of procedures; a day is a working day of that calendar."""
    return {
        numbers[each.code]: ProcedureRule(int(each.level), _term(each, calendar), each.certifies_copies)
        for each in adopted.procedures
    }


def _term(procedure: Procedure, calendar: WorkingCalendar) -> int | None:
    if procedure.term is None:
        return None
    return round(procedure.term * (calendar.working_day if procedure.term_unit == "day" else HOUR))


def _days(days: Iterable[tuple[date, ...]]) -> frozenset[date]:
    return frozenset(chain.from_iterable(days))
