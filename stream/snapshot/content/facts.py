"""What is told of a KPI beside its figures, and which KPIs a snapshot has."""

from typing import Final

import msgspec

from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Bilingual, Kpi
from stream.snapshot.content.digests import kpi_digest
from stream.snapshot.content.document import KpiFacts
from stream.snapshot.content.sections import in_order
from stream.snapshot.content.wanted import Wanted

_MONTHLY: Final = (" trong tháng", " tháng này"), (" this month",)
"""How a KPI over the current month says so: over a period it says the period."""


def chosen(wanted: Wanted) -> tuple[Kpi, ...]:
    """The KPIs that are wanted, section by section. Raises `stream.kpi.catalogue.UnknownKpiError`.

    Without a choice, all in force on the last day; over a longer period without those of a single day, each of which
    has one over the period beside it.
    """
    catalogue = load_catalogue()
    if wanted.kpis is not None:
        return in_order(catalogue.only(wanted.kpis))
    in_force = catalogue.on(wanted.period.last)
    return in_order(kpi for kpi in in_force if wanted.is_day or kpi.definition.window != "day")


def facts_of(kpi: Kpi, wanted: Wanted) -> KpiFacts:
    """What a reader has to know of a KPI; over a period it is called so, and not after its own window."""
    told = kpi.definition
    over_period = kpi.has_window and not wanted.is_day
    return KpiFacts(
        id=kpi.id,
        title=_over_period(told.title) if over_period else told.title,
        short=_over_period(told.short) if over_period else told.short,
        unit=told.unit,
        digits=told.digits,
        window="period" if over_period else told.window,
        direction=told.direction,
        thresholds=told.thresholds,
        formula=told.formula,
        basis=told.basis,
        source=told.source,
        no_denominator=told.no_denominator,
        digest=kpi_digest(kpi),
    )


def _over_period(title: Bilingual) -> Bilingual:
    vi, en = title.vi, title.en
    for month in _MONTHLY[0]:
        vi = vi.replace(month, " trong kỳ")
    for month in _MONTHLY[1]:
        en = en.replace(month, " in the period")
    return msgspec.structs.replace(title, vi=vi, en=en)
