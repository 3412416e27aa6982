"""How the due date of an application came about, step by step, each with the rule behind it (handbook 3.4).

The rules themselves are `stream.core.waits`: here is only told what they did.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from stream.core.application import Application, fold, state_of
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.core.span import Span, overlap
from stream.core.timeline import LETTER, Record, order
from stream.core.waits import Wait, due_causes, waits_of

StepKind: TypeAlias = Literal[
    "said",  # the source's own date
    "term",  # receipt and the term of the register
    "undated",  # neither
    "reappointed",  # the source says another date
    "given",  # a new date was given when the wait ended
    "moved",  # moved by the working time of a wait
    "left",  # a wait that moved nothing: the first date that the source told has it in it already
    "nothing_to_move",  # a wait that moved nothing: no date was known
    "outside",  # a wait before the receipt or after the end
    "waiting",  # a wait that lasts: the date will move when it ends
]


class DueStep(NamedTuple):
    """From `at` on the due date was `due`; before it was `before`.

    `pos` is the position of the record that said it. `worked` are the working seconds that the date moved by, or of
    the term. `counts_from` is when the term began to run: after receipt, where that came after the cut-off.
    """

    kind: StepKind
    at: Moment
    due: Moment | None
    before: Moment | None = None
    pos: int | None = None
    wait: Wait | None = None
    worked: int = 0
    counts_from: Moment | None = None


def explain_due(timeline: Sequence[Record], rules: Rules) -> tuple[DueStep, ...]:
    """Every step of the due date, in order of time; the last one's is the due date that `fold` finds.

    The timeline is that of an application, not empty, in any order. None but letters: there is no step.
    """
    records = [record for record in sorted(timeline, key=order) if record.status != LETTER]
    if not records:
        return ()
    application = fold(timeline, rules)
    if application.received is None:
        return (_before_receipt(records),)
    life = Span(application.received, application.ended)
    waits = waits_of(records, state_of(records))
    causes = due_causes(records, waits, life, application.procedure, rules)
    steps = [_first(records, application, rules)]
    for at, due, cause in causes[1:]:
        steps.append(_step(at, due, steps[-1].due, cause, rules))
    met = [step.wait for step in steps if step.wait is not None]
    for wait in sorted(waits, key=lambda each: (each.end is None, each.end or each.start, each.start)):
        if wait in met:
            met.remove(wait)
        elif wait.end is not None or application.is_open:
            _insert(steps, wait, life)
    return tuple(steps)


def _before_receipt(records: Sequence[Record]) -> DueStep:
    """Not received: the newest date that was said, which nothing counts by."""
    said = next((record for record in reversed(records) if record.due is not None), None)
    if said is None:
        return DueStep("undated", records[-1].at, None)
    return DueStep("said", said.at, said.due, pos=said.pos)


def _first(records: Sequence[Record], application: Application, rules: Rules) -> DueStep:
    received = application.received or 0
    said = next((record for record in records if record.due is not None), None)
    if said is not None:
        return DueStep("said", received, said.due, pos=said.pos)
    term = rules.of_procedure(application.procedure).term
    if term is None:
        return DueStep("undated", received, None)
    due = rules.due_by_term(received, application.procedure)
    return DueStep("term", received, due, worked=term, counts_from=rules.calendar.counts_from(received))


def _step(at: Moment, due: Moment | None, before: Moment | None, cause: Record | Wait | None, rules: Rules) -> DueStep:
    if isinstance(cause, Record):
        return DueStep("reappointed", at, due, before, pos=cause.pos)
    if cause is not None and cause.due_after is not None:
        return DueStep("given", at, due, before, wait=cause)
    worked = 0 if due is None or before is None else rules.calendar.measure(before, due)
    return DueStep("moved", at, due, before, wait=cause, worked=worked)


def _insert(steps: list[DueStep], wait: Wait, life: Span) -> None:
    """A wait that moved nothing (yet), at its place among the steps."""
    at = wait.start if wait.end is None else wait.end
    place = next((place for place in range(len(steps) - 1, -1, -1) if steps[place].at <= at), 0)
    due = steps[place].due
    kind: StepKind = "left"
    if wait.end is None:
        kind = "waiting"
    elif overlap(Span(wait.start, wait.end), life) is None:
        kind = "outside"
    elif due is None:
        kind = "nothing_to_move"
    steps.insert(place + 1, DueStep(kind, max(at, life.start), due, due, wait=wait))
