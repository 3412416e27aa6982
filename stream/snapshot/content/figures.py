"""The figures: of each KPI for the area and for each unit, and those of the area through the period."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from psycopg import Connection

from stream.core.moment import date_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import evaluate, figure_of
from stream.kpi.figure import Figure
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.snapshot.content.document import FigureFacts, SeriesFacts
from stream.snapshot.content.sections import through_time
from stream.snapshot.content.wanted import Wanted, windows_of
from stream.store.asking import Question
from stream.store.reading import read_sums


def read_figures(
    connection: Connection[Any], wanted: Wanted, kpis: Sequence[Kpi], units: Sequence[str]
) -> tuple[tuple[FigureFacts, ...], tuple[SeriesFacts, ...]]:
    """The figures and the series of KPIs that can be told as known at a moment.

    The number of statements depends neither on how many KPIs and units there are nor on how long the period is.
    """
    drawn = through_time(kpis)
    stretches = list(_stretches(wanted))
    questions = [Question(windows_of(wanted), asks_of(kpis)), *(Question(each, asks_of(drawn)) for each in stretches)]
    readings, *through = read_sums(connection, questions, wanted.known_at)
    grain: Literal["day", "month"] = "day" if _is_by_day(wanted) else "month"
    days = tuple(str(date_of(each.start("period"))) for each in stretches)
    series = tuple(
        SeriesFacts(
            kpi=kpi.id, grain=grain, days=days, values=tuple(figure_of(kpi, each, None).value for each in through)
        )
        for kpi in drawn
    )
    return tuple(told(evaluate(kpis, readings, [None, *units], state=None))), series


def told(figures: Iterable[Figure]) -> Iterator[FigureFacts]:
    """Figures as a snapshot says them."""
    for each in figures:
        yield FigureFacts(
            kpi=each.kpi, unit=each.unit, value=each.value, numerator=each.numerator, denominator=each.denominator
        )


def _is_by_day(wanted: Wanted) -> bool:
    return wanted.grain in {"day", "month"}


def _stretches(wanted: Wanted) -> Iterator[Windows]:
    """The days of a month, or the months of a longer period: calendar ones, or from the 15th to the 14th.

    Those that begin after the moment that it is as of are left out.
    """
    start, last = wanted.period.first, min(wanted.period.last, date_of(windows_of(wanted).day))
    while start <= last:
        after = start + timedelta(days=1) if _is_by_day(wanted) else _month_after(start)
        yield Windows.over(start, after - timedelta(days=1), wanted.as_of)
        start = after


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, day.day)
