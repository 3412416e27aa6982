"""What a formula is made of: sums of the ledger, and counts of the register of procedures.

received[channel='online', level='commune', trait='digitised']    open[at='start']    procedures[online='any']
"""

from collections.abc import Mapping
from enum import IntFlag
from typing import Final, Literal, NamedTuple, TypeAlias

from stream.core.ledger import (
    BALANCES,
    ENDS,
    FLOWS,
    LEVELS,
    SUMS,
    Measure,
    OfAcknowledgement,
    OfAnswer,
    OfDocument,
    OfDue,
    OfEnd,
    OfEvaluation,
    OfMeeting,
    OfReceipt,
    OfSite,
)
from stream.kpi.quality import Gauge

CHANNELS: Final = {"direct": 1, "online": 2, "postal": 3}
"""`KenhThucHien` of the national sync record (handbook 3.1), by the names that filters use."""
AUTHORITIES: Final = {"province": 1, "district": 2, "commune": 3, "unknown": 0}
"""Levels of authority (cấp giải quyết), and of the organ that has a document; unknown: the procedure is not in the
register."""
KINDS: Final = {"organ": 1, "person": 2}
"""Whose a certificate is: its number stands where an application has its channel."""

FLOW_SUMS: Final[Mapping[str, tuple[tuple[Measure, int], ...]]] = {
    **{measure.name.lower(): ((measure, 1),) for measure in sorted(FLOWS)},
    **SUMS,
}
"""`received`, `settled_early`, `settled`, …: the flows by the names of formulas, each measure with its sign."""
LEVEL_SUMS: Final[Mapping[str, tuple[tuple[Measure, int], ...]]] = {
    **{name: ((rise, 1), (fall, -1)) for name, (rise, fall) in LEVELS.items()},
    **BALANCES,
}
"""`open`, `overdue`, …: the levels, each measure with its sign."""
SUM_NAMES: Final = (*FLOW_SUMS, *LEVEL_SUMS)

_TRAITS: Final[Mapping[Measure, type[IntFlag]]] = {
    Measure.RECEIVED: OfReceipt,
    **dict.fromkeys(ENDS, OfEnd),
    Measure.EVALUATED: OfEvaluation,
    Measure.PETITION_ANSWERED: OfAnswer,
    Measure.DOCUMENT_OUT: OfDocument,
    Measure.DOCUMENT_IN: OfDocument,
    Measure.DOCUMENT_DUE: OfDue,
    Measure.DOCUMENT_ACKNOWLEDGED: OfAcknowledgement,
    Measure.MEETING_PLANNED: OfMeeting,
    Measure.SITE_INVITED: OfSite,
}
_OF_NOTHING: Final[frozenset[str]] = frozenset()
_OF_DOCUMENTS: Final = frozenset({"level"})
_OF_CERTIFICATES: Final = frozenset({"level", "kind"})
_OF_APPLICATIONS: Final = frozenset({"channel", "field", "level"})


def _dimensions(measure: Measure) -> frozenset[str]:
    """By what its rows in the ledger differ, beside unit and time."""
    if measure in {*LEVELS["certificates"], *LEVELS["certificates_expiring"]}:
        return _OF_CERTIFICATES
    if Measure.DOCUMENT_OUT <= measure < Measure.MEETING_PLANNED:
        return _OF_DOCUMENTS
    others = {Measure.EVALUATED, Measure.PETITION_RECEIVED, Measure.PETITION_ANSWERED}
    others |= {*LEVELS["petitions_open"], *LEVELS["petitions_overdue"]}
    return _OF_NOTHING if measure in others or measure >= Measure.MEETING_PLANNED else _OF_APPLICATIONS


class Keep(NamedTuple):
    """Which rows of the ledger count: of a channel, a field (lĩnh vực, by code), a level, with all of these traits."""

    channel: int | None = None
    field: str | None = None
    level: int | None = None
    traits: int | None = None


EVERYTHING: Final = Keep()


class Term(NamedTuple):
    """A sum of the ledger: a flow over the figure's window, or a level at its end (`at` "start": at its beginning).

    `channel`, `field` and `level` keep only applications of that channel (`KenhThucHien`), field (lĩnh vực, by code)
    or level of authority, documents and certificates of organs of that level, certificates of that kind (in
    `channel`); `trait` those with a trait, or with all of several joined by +.
    """

    name: str
    channel: int | None = None
    field: str | None = None
    level: int | None = None
    trait: str | None = None
    at: Literal["start"] | None = None

    @property
    def is_level(self) -> bool:
        """Whether it is a level (open, overdue, …), which has no window but a moment."""
        return self.name in LEVEL_SUMS

    @property
    def dimensions(self) -> frozenset[str]:
        """By which filters what it counts can be told apart: `channel`, `field`, `level`, `kind`."""
        return frozenset.intersection(*(_dimensions(measure) for measure, _ in self.parts))

    @property
    def keep(self) -> Keep:
        """Which rows count."""
        bits = None if self.trait is None else traits_of(self.name, self.trait)
        return Keep(self.channel, self.field, self.level, bits)

    @property
    def parts(self) -> tuple[tuple[Measure, int], ...]:
        """The measures to sum, each with its sign."""
        return LEVEL_SUMS[self.name] if self.is_level else FLOW_SUMS[self.name]

    def __str__(self) -> str:
        filters = _filters(self.channel, self.field, self.level, self.trait, self.at)
        if self.channel is not None and "kind" in self.dimensions:
            filters[0] = f"kind='{_name_of(KINDS, self.channel)}'"
        return _written(self.name, filters)


class Count(NamedTuple):
    """How many procedures the register in force has, or how many of them were used.

    `procedures_used` are those with a received application in the window. `where` are conditions on the register
    (`stream.kpi.register`), `field` and `level` too; `channel` and `trait` are of the received applications.
    """

    name: Literal["procedures", "procedures_used"]
    where: tuple[tuple[str, str], ...] = ()
    channel: int | None = None
    field: str | None = None
    level: int | None = None
    trait: str | None = None

    @property
    def is_used(self) -> bool:
        """Whether applications are looked at, so that it has a window and differs by unit."""
        return self.name == "procedures_used"

    @property
    def traits(self) -> int:
        """The traits that a received application must bear, as bits."""
        return 0 if self.trait is None else traits_of("received", self.trait)

    def __str__(self) -> str:
        where = [f"{key}='{value}'" for key, value in self.where]
        return _written(self.name, [*where, *_filters(self.channel, self.field, self.level, self.trait)])


Input: TypeAlias = Term | Count | Gauge
"""What has to be read before a formula has a value."""


class NoSuchTraitError(ValueError):
    """The sum has no such trait; the sentence names those it has."""

    retriable = False


def traits_of(name: str, trait: str) -> int:
    """The bits of a trait, or of several joined by +, of a flow. Raises `NoSuchTraitError`."""
    kinds = {_TRAITS.get(measure) for measure, _ in FLOW_SUMS.get(name, ())}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        raise NoSuchTraitError(f"{name} has no traits")
    bits = 0
    for one in trait.split("+"):
        if one != one.lower() or one.upper() not in kind.__members__:
            known = ", ".join(member.lower() for member in kind.__members__)
            raise NoSuchTraitError(f"{name} has no trait {one!r}; there are {known}")
        bits |= kind[one.upper()]
    return bits


def channel_name(number: int) -> str:
    """What filters call a channel."""
    return _name_of(CHANNELS, number)


def authority_name(number: int) -> str:
    """What filters call a level of authority."""
    return _name_of(AUTHORITIES, number)


def _name_of(names: Mapping[str, int], number: int) -> str:
    return next((name for name, each in names.items() if each == number), str(number))


def _filters(
    channel: int | None, field: str | None, level: int | None, trait: str | None, at: str | None = None
) -> list[str]:
    given = {
        "channel": None if channel is None else channel_name(channel),
        "field": field,
        "level": None if level is None else authority_name(level),
        "trait": trait,
        "at": at,
    }
    return [f"{key}='{value}'" for key, value in given.items() if value is not None]


def _written(name: str, filters: list[str]) -> str:
    return f"{name}[{', '.join(filters)}]" if filters else name
