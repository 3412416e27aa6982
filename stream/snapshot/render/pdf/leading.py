"""The figures that lead the report: value, target, and how it stands, in a shape and in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from stream.snapshot.content.document import KpiFacts, Snapshot
from stream.snapshot.render.pdf.figures import figures_of
from stream.snapshot.render.pdf.form import the_form
from stream.snapshot.render.pdf.numbers import measured
from stream.snapshot.render.pdf.standing import standing, target
from stream.snapshot.render.pdf.wording import STANDINGS


@dataclass(frozen=True, slots=True)
class Leading:
    """A figure of the whole area; `value` is a dash where there is none, and `words` say why."""

    title: str
    value: str
    target: str
    shape: str
    words: str


def leading(snapshot: Snapshot) -> Iterator[Leading]:
    """The figures of the first page."""
    figures = figures_of(snapshot)
    for kpi in _chosen(snapshot):
        found = figures.get((kpi.id, None))
        value = None if found is None else found.value
        shape, words = STANDINGS[standing(kpi, value)]
        if value is None:
            words = kpi.no_denominator.vi
        yield Leading(kpi.title.vi, measured(kpi, value), target(kpi), shape, words)


def _chosen(snapshot: Snapshot) -> list[KpiFacts]:
    """Those that are asked for, then those with a target, then any, each once."""
    form, kpis = the_form(), {kpi.id: kpi for kpi in snapshot.kpis}
    asked = [kpis[name] for name in form.leading if name in kpis]
    ordered = [kpis[name] for section in snapshot.sections for name in section.kpis]
    with_target = [kpi for kpi in ordered if kpi.thresholds is not None]
    return list(dict.fromkeys([*asked, *with_target, *ordered]))[: form.most]
