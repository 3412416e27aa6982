"""The object that a snapshot is: all three renderings say what stands here, and nothing else.

Everything but `witness` follows from the log up to `known_at`, so that it can be computed again at any time, byte for
byte. What cannot (how sources stood, samples of lines, when it was taken) is witnessed: kept with the seal, and told
apart. Moments are local (+07:00) to the second, or to the millisecond where the log's own time is meant; days are
YYYY-MM-DD; a percentage is a ratio; null is no data, never zero.
"""

from typing import Any, Final, Literal, TypeAlias

import msgspec

from stream.kpi.definition import Basis, Bilingual, Direction, Thresholds, Unit, WindowName
from stream.kpi.period import CalendarName

FORMAT: Final = "vn.ioc.snapshot/1"
Number: TypeAlias = int | float


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Unknown keys are refused: what is sealed is read as it was written."""


class Covered(_Part, frozen=True, kw_only=True):
    """The period (kỳ báo cáo): its name as `stream.kpi.period` has it, or a day; both days count."""

    name: str
    calendar: CalendarName | None
    first: str
    last: str


class Position(_Part, frozen=True, kw_only=True):
    """How far a partition of the log was known: the place of the first record that was not."""

    part: int
    next: int


class Generation(_Part, frozen=True, kw_only=True):
    """Which generation of units is meant (handbook 2): the days from which and to which it was in force."""

    first: str | None
    last: str | None


class Rules(_Part, frozen=True, kw_only=True):
    """By what the figures were made: the program's version, its meaning of events, calendars and registers in force."""

    code: str
    meaning: str
    calendars: tuple[str, ...]
    registers: tuple[str, ...]


class UnitFacts(_Part, frozen=True, kw_only=True):
    """A unit: its five-digit code and its name as on a sign ("Phường Mộc Châu")."""

    code: str
    name: str


class Section(_Part, frozen=True, kw_only=True):
    """KPIs that are shown together, in order: one-stop shops, documents, conference and so on."""

    id: str
    title: Bilingual
    kpis: tuple[str, ...]


class KpiFacts(_Part, frozen=True, kw_only=True):
    """A KPI's definition as it was; `digest` is the SHA-256 (hex) of what decides its value."""

    id: str
    title: Bilingual
    short: Bilingual
    unit: Unit
    digits: int
    window: WindowName
    direction: Direction
    thresholds: Thresholds | None
    formula: str
    basis: Basis
    source: str
    no_denominator: Bilingual
    digest: str


class FigureFacts(_Part, frozen=True, kw_only=True):
    """A figure of a unit (five-digit code), or of the area (null)."""

    kpi: str
    unit: str | None
    value: Number | None
    numerator: Number | None
    denominator: Number | None


class FormRow(_Part, frozen=True, kw_only=True):
    """A row of form II.06a, or a subtotal (field null); `cells` are the columns 3 to 13, in order."""

    level: str
    level_name: str
    field: str | None
    field_name: str | None
    cells: tuple[int, ...]


class FormFacts(_Part, frozen=True, kw_only=True):
    """Form II.06a of a unit or of the area; `since` and `until` are the days that count, the unit's own time.

    `heard` is the first day of which anything is known, null where nothing is. `settled_undated` stands in column 9,
    `unknown_level` in column 3: what the form's notes say.
    """

    unit: str | None
    title: str
    since: str
    until: str
    heard: str | None
    rows: tuple[FormRow, ...]
    levels: tuple[FormRow, ...]
    total: tuple[int, ...]
    settled_undated: int
    unknown_level: int


class OfficialFacts(_Part, frozen=True, kw_only=True):
    """What somebody else published about the same item: points, by whom, on which day."""

    points: Number
    source: str
    published_on: str


class ScoreFacts(_Part, frozen=True, kw_only=True):
    """Points of the index: of the whole, of a group or of a component; `known` is how many could be judged."""

    item: str
    title: Bilingual
    rank: Literal["total", "group", "component"]
    points: Number | None
    known: Number
    most: Number
    ratio: Number | None
    certainty: str | None
    official: OfficialFacts | None


class IndexFacts(_Part, frozen=True, kw_only=True):
    """The service-quality index of a unit or of the area: `scores` from the whole down, as it is laid out."""

    unit: str | None
    band: Bilingual | None
    scores: tuple[ScoreFacts, ...]


class SeriesFacts(_Part, frozen=True, kw_only=True):
    """A KPI of the area through the period, for a plot: the days on which each stretch begins, and its values."""

    kpi: str
    grain: Literal["day", "month"]
    days: tuple[str, ...]
    values: tuple[Number | None, ...]


class QuarantineFacts(_Part, frozen=True, kw_only=True):
    """What could not be applied by the cut: records by reason, and how many of them nobody had sent again by then."""

    reason: str
    records: int
    waiting: int


class CaseShare(_Part, frozen=True, kw_only=True):
    """What one case (its code only) changed in a figure: the difference, or null where no share can be told."""

    case: str
    share: Number | None
    known_at: str


class Difference(_Part, frozen=True, kw_only=True):
    """A figure that changed, with the cases behind it: at most 200, and `others` more.

    `path` names it: `kpi/<id>/<place>`, `form/<place>/<level>/<field>/<column>` (field `subtotal`, level `total` for
    the sums), `index/<place>/<item>`; a place is a unit's code or `area`.
    """

    path: str
    title: Bilingual
    unit: str | None
    before: Number | None
    after: Number | None
    cases: tuple[CaseShare, ...]
    others: int


class Restates(_Part, frozen=True, kw_only=True):
    """Which version this one takes the place of, why, and figure by figure what changed.

    `digest` is that of its manifest. `cause` is `late_events` or `by_hand`; `differences` are all of them, those beyond
    the threshold first.
    """

    version: int
    digest: str
    known_at: str
    cause: Literal["late_events", "by_hand"]
    differences: tuple[Difference, ...]


class SourceFacts(_Part, frozen=True, kw_only=True):
    """How a source stood when the snapshot was taken, or by its incidents where it was taken late."""

    source: str
    kind: str
    units: tuple[str, ...]
    state: str
    last_known_at: str | None


class LateReason(_Part, frozen=True, kw_only=True):
    """Why a slot is late, with the words for it."""

    id: Literal[
        "scheduler_away", "log_behind", "sources_late", "failed", "by_hand", "clock_set", "calendar_changed", "busy"
    ]  # fmt: skip
    text: Bilingual


class Witness(_Part, frozen=True, kw_only=True):
    """What the log does not tell: when the snapshot was taken, by how much late and why, how the sources stood.

    `missing` are the sources because of which it is PARTIAL. `figures` are those made of samples of lines, which are
    kept without when they became known; their KPIs stand in `Snapshot.kpis` and nowhere in `Snapshot.figures`.
    """

    taken_at: str
    late_seconds: int
    late: tuple[LateReason, ...]
    sources: tuple[SourceFacts, ...]
    missing: tuple[str, ...]
    figures: tuple[FigureFacts, ...]

    @property
    def is_partial(self) -> bool:
        """Whether sources were missing."""
        return bool(self.missing)


class Snapshot(_Part, frozen=True, kw_only=True):
    """One snapshot. `kind` is the id of its schedule; `due_at` its slot; `as_of` the last second that counts.

    `draft` is true where nobody sealed it: a dry run.
    """

    format: Literal["vn.ioc.snapshot/1"] = FORMAT
    draft: bool
    area: str
    kind: str
    title: Bilingual
    period: Covered
    version: int
    due_at: str
    as_of: str
    known_at: str
    cut: tuple[Position, ...]
    rules: Rules
    generation: Generation
    units: tuple[UnitFacts, ...]
    sections: tuple[Section, ...]
    kpis: tuple[KpiFacts, ...]
    figures: tuple[FigureFacts, ...]
    forms: tuple[FormFacts, ...]
    index: tuple[IndexFacts, ...]
    series: tuple[SeriesFacts, ...]
    quarantine: tuple[QuarantineFacts, ...]
    restates: Restates | None
    witness: Witness


def plain(snapshot: Snapshot) -> dict[str, Any]:
    """The object as dictionaries, lists, texts and numbers: what the canonical JSON is made of."""
    found: dict[str, Any] = msgspec.to_builtins(snapshot)
    return found
