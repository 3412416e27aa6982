"""The register of procedures (thủ tục hành chính) as formulas count it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from ingest.contracts.rules import Procedure
from stream.core.moment import Day, date_of
from stream.kpi.terms import Count

_Test: TypeAlias = Callable[[Procedure, date], bool]


def _is_decided(by: date | None, done_on: date | None, day: date) -> bool:
    """Whether it is known on the day if something was done in time: it was done, or its last day is over."""
    return by is not None and (by < day or (done_on is not None and done_on <= day))


def _is_in_time(by: date | None, done_on: date | None, day: date) -> bool:
    return by is not None and done_on is not None and done_on <= min(by, day)


CONDITIONS: Final[Mapping[str, Mapping[str, _Test]]] = {
    "online": {
        "any": lambda procedure, _: procedure.online != "none",
        "full": lambda procedure, _: procedure.online == "full",
        "partial": lambda procedure, _: procedure.online == "partial",
    },
    "fee": {"yes": lambda procedure, _: procedure.fee > 0},
    "fee_online": {"yes": lambda procedure, _: procedure.fee_online},
    "population": {"yes": lambda procedure, _: procedure.population_database},
    "published": {
        "on_time": lambda procedure, day: _is_in_time(procedure.publish_by, procedure.published_on, day),
        "known": lambda procedure, day: _is_decided(procedure.publish_by, procedure.published_on, day),
    },
    "updated": {
        "on_time": lambda procedure, day: _is_in_time(procedure.update_by, procedure.updated_on, day),
        "known": lambda procedure, day: _is_decided(procedure.update_by, procedure.updated_on, day),
    },
    "complete": {
        "yes": lambda procedure, _: procedure.complete is True,
        "known": lambda procedure, _: procedure.complete is not None,
    },
}
"""Each filter of `procedures[…]`, the values it may have, and what a procedure must be. `on_time` is a part of `known`:
a due day that has not come yet is neither kept nor missed."""


def codes_of(register: Sequence[Procedure], count: Count, day: Day) -> frozenset[str]:
    """The codes of the procedures that meet the conditions of a count, on a local day."""
    tests = [CONDITIONS[key][value] for key, value in count.where]
    today = date_of(day)
    return frozenset(
        procedure.code
        for procedure in register
        if count.level in {None, procedure.level}
        and count.field in {None, procedure.field}
        and all(test(procedure, today) for test in tests)
    )
