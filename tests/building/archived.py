"""An archive, made up: sealed snapshots in a real chain, slots in every state, deliveries and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
import psycopg

from stream.kpi.definition import Bilingual
from stream.snapshot.content.document import CaseShare, Covered, FigureFacts, Number, Restates, Snapshot
from stream.snapshot.restate.differences import differences
from stream.snapshot.seal.keybook import add_key
from stream.snapshot.seal.making import Sealed
from stream.snapshot.seal.sealing import seal
from tests.building.moments import LOCAL
from tests.building.seals import KEY, files_of
from tests.building.snapshots import a_snapshot, a_witness

MONTHLY: Final = "statutory-month"
DAILY: Final = "daily"
CASES: Final = ("H52.17.18-261020-0007", "H52.17.18-261102-0015", "H52.17.18-261104-0002")
EMPTIED: Final = ("delivery", "file", "sealed", "slot", "draft", "scheduler", "key")
_SLOT: Final = (
    "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, asked_by, state, next_at, held_since,"
    " known_at, attempts, late, error) values (%(kind)s, %(period)s, %(version)s, %(due_at)s, %(due_at)s, %(origin)s,"
    " %(asked_by)s, %(state)s, %(next_at)s, %(held_since)s, %(due_at)s, %(attempts)s, %(late)s, %(error)s)"
)
_DELIVERY: Final = (
    "insert into snapshot.delivery (receiver, kind, period, version, digest, state, made_at, next_at, attempts,"
    " done_at, error, receipt) values (%(receiver)s, %(kind)s, %(period)s, %(version)s, %(digest)s, %(state)s, %(at)s,"
    " %(at)s, %(attempts)s, %(done_at)s, %(error)s, %(receipt)s)"
)
RECEIPT: Final = '{"accepted": true, "digest": "đúng"}'.encode()


@dataclass
class Archive:
    """Writes into the schema `snapshot` of a database."""

    connection: psycopg.Connection[Any]
    sealed: dict[tuple[str, str, int], Sealed] = field(default_factory=dict)

    def empty(self) -> None:
        """Forget everything."""
        for table in EMPTIED:
            self.connection.execute(f"delete from snapshot.{table}".encode())

    def key(self, at: datetime) -> None:
        """Let the key of the tests be in use."""
        add_key(self.connection, KEY.public, at)

    def slot(self, kind: str, period: str, version: int = 1, **told: Any) -> None:
        """A slot; it waits where nothing else is told."""
        due_at = told.pop("due_at", datetime.now(UTC))
        facts: dict[str, Any] = {
            "origin": "schedule", "asked_by": None, "state": "waiting", "next_at": due_at, "held_since": None,
            "attempts": 0, "late": [], "error": None,
        }  # fmt: skip
        self.connection.execute(
            _SLOT.encode(), {"kind": kind, "period": period, "version": version, "due_at": due_at, **facts, **told}
        )

    def seal(self, snapshot: Snapshot, **told: Any) -> Sealed:
        """A slot and its seal, made when the snapshot says that it was taken."""
        period, taken_at = snapshot.period.name, datetime.fromisoformat(snapshot.witness.taken_at)
        late = [each.id for each in snapshot.witness.late]
        due_at = datetime.fromisoformat(snapshot.due_at)
        facts = {"state": "sealed", "due_at": due_at, "late": late, "attempts": 1}
        self.slot(snapshot.kind, period, snapshot.version, **{**facts, **told})
        with self.connection.transaction():
            made = seal(self.connection, snapshot, files_of(snapshot), KEY, taken_at)
        self.sealed[snapshot.kind, period, snapshot.version] = made
        return made

    def deliver(self, which: tuple[str, str, int], receiver: str, state: str = "delivered", **told: Any) -> None:
        """What became of a sealed snapshot at a receiver."""
        kind, period, version = which
        at = told.pop("at", datetime.now(UTC))
        facts: dict[str, Any] = {
            "attempts": 1, "error": None, "receipt": RECEIPT if state == "delivered" else None,
            "done_at": None if state == "waiting" else at,
        }  # fmt: skip
        key = {"receiver": receiver, "kind": kind, "period": period, "version": version}
        digest = self.sealed[which].digest
        self.connection.execute(
            _DELIVERY.encode(), {**key, "digest": digest, "state": state, "at": at, **facts, **told}
        )

    def scheduler(self, seen_at: datetime, name: str = "trung-tam-1", doing: str = "") -> None:
        """A scheduler that was heard of."""
        statement = "insert into snapshot.scheduler (name, started_at, seen_at, doing) values (%s, %s, %s, %s)"
        self.connection.execute(statement, [name, seen_at - timedelta(hours=5), seen_at, doing])

    def draft(self, kind: str, period: str, at: datetime, **told: Any) -> None:
        """A dry run; done, where files are told."""
        facts: Mapping[str, Any] = {"done_at": None, "error": None, "json": None, "xlsx": None, "pdf": None, **told}
        self.connection.execute(
            "insert into snapshot.draft (kind, period, asked_by, asked_at, done_at, error, json, xlsx, pdf) values"
            " (%(kind)s, %(period)s, 'lan', %(at)s, %(done_at)s, %(error)s, %(json)s, %(xlsx)s, %(pdf)s)",
            {"kind": kind, "period": period, "at": at, **facts},
        )


def with_figures(snapshot: Snapshot, changes: Mapping[tuple[str, str | None], Number | None]) -> Snapshot:
    """The snapshot with other values of these figures (KPI, unit)."""

    def changed(figure: FigureFacts) -> FigureFacts:
        key = (figure.kpi, figure.unit)
        return msgspec.structs.replace(figure, value=changes[key]) if key in changes else figure

    return msgspec.structs.replace(snapshot, figures=tuple(map(changed, snapshot.figures)))


def a_day(day: date, on_time: float | None = 0.95, **changes: object) -> Snapshot:
    """The daily snapshot of a day, taken on time with all sources where nothing else is told."""
    due_at = datetime(day.year, day.month, day.day, 16, 30, tzinfo=LOCAL)
    taken_at = (due_at + timedelta(seconds=4)).isoformat()
    witness = a_witness(taken_at=taken_at, late_seconds=0, late=(), missing=())
    facts: dict[str, object] = {
        "kind": DAILY,
        "title": Bilingual("Số liệu hằng ngày", "Daily figures"),
        "period": Covered(name=f"{day}", calendar=None, first=f"{day.replace(day=1)}", last=f"{day}"),
        "due_at": due_at.isoformat(),
        "as_of": due_at.isoformat(),
        "known_at": due_at.isoformat(timespec="milliseconds"),
        "witness": witness,
    }
    return with_figures(a_snapshot(**{**facts, **changes}), {("on_time_rate", None): on_time})


def a_restatement(before: Snapshot, digest: str, changes: Mapping[tuple[str, str | None], Number | None],
                  days: int = 3, cases: Sequence[str] = CASES) -> Snapshot:  # fmt: skip
    """The next version of a sealed one, some days later, in which these figures are others."""
    moment = datetime.fromisoformat(before.known_at) + timedelta(days=days)
    at = moment.isoformat(timespec="seconds")
    after = msgspec.structs.replace(
        with_figures(before, changes),
        version=before.version + 1,
        due_at=at,
        known_at=moment.isoformat(timespec="milliseconds"),
        witness=a_witness(taken_at=at, late_seconds=0, late=(), missing=()),
        restates=None,
    )
    shares = tuple(
        CaseShare(case=case, share=1 if number % 2 else None, known_at=before.known_at)
        for number, case in enumerate(cases)
    )
    told = tuple(msgspec.structs.replace(each, cases=shares, others=4) for each in differences(before, after))
    restates = Restates(
        version=before.version, digest=digest, known_at=before.known_at, cause="late_events", differences=told
    )
    return msgspec.structs.replace(after, restates=restates)


def an_archive(archive: Archive, now: datetime) -> None:
    """Three weeks of days, a month in three versions, and a slot in every other state, as of `now`."""
    archive.key(now - timedelta(days=60))
    archive.scheduler(now + timedelta(hours=1), doing="")
    today = now.astimezone(LOCAL).date()
    for back in range(20, 0, -1):
        day = today - timedelta(days=back)
        made = archive.seal(a_day(day, None if back == 12 else 0.93 + 0.004 * (back % 9)))
        archive.deliver((DAILY, f"{day}", 1), "folder")
        if back == 5:
            archive.seal(a_restatement(a_day(day, 0.95), made.digest, {("on_time_rate", None): 0.91}, days=1))
            archive.deliver((DAILY, f"{day}", 2), "folder", "waiting", attempts=3, error="HTTP 503: bảo trì")
    month(archive)
    archive.slot(DAILY, f"{today}", due_at=now + timedelta(hours=3))
    archive.slot("index-month", "2026-10", state="held", due_at=now - timedelta(hours=2), late=["sources_late"],
        held_since=now - timedelta(hours=2), attempts=2)  # fmt: skip
    archive.slot("index-quarter", "2026-Q3", due_at=now - timedelta(hours=7), attempts=3, late=["failed"],
        error="SealError: the key 3f9a is not in use: `ioc keys list` has the one that is")  # fmt: skip
    archive.slot("statutory-quarter", "2026-Q3", due_at=now - timedelta(hours=1), late=["log_behind"])
    archive.slot("statutory-nine-months", "2026-9M", due_at=now - timedelta(days=40), origin="by_hand", asked_by="lan",
        late=["by_hand"])  # fmt: skip
    archive.draft(DAILY, f"{today}", now, done_at=now, json=b"{}", xlsx=b"PK", pdf=b"%PDF-1.7")
    archive.draft(MONTHLY, "2026-12", now)
    archive.draft(MONTHLY, "2026-11", now, done_at=now, error="PeriodError: too early")


def month(archive: Archive) -> None:
    """The month 2026-11, late and partial first, restated twice; its receivers fared differently."""
    first = with_figures(
        a_snapshot(), {("received_month", None): 208, ("received_month", "03980"): 126, ("on_time_rate", None): 0.93}
    )
    one = archive.seal(first)
    second = a_restatement(first, one.digest, {("received_month", None): 209, ("received_month", "03980"): 127})
    two = archive.seal(second)
    third = a_restatement(second, two.digest, {
        ("received_month", None): 210, ("received_month", "03980"): 128, ("on_time_rate", None): 0.95,
    })  # fmt: skip
    archive.seal(third, origin="late_events")
    for version in (1, 2):
        archive.deliver((MONTHLY, "2026-11", version), "folder")
    at = datetime.now(UTC)
    archive.deliver((MONTHLY, "2026-11", 3), "folder", at=at)
    archive.deliver((MONTHLY, "2026-11", 3), "tinh-son-la", "given_up", at=at, attempts=41, error="HTTP 500: lỗi cổng")
    archive.deliver(
        (MONTHLY, "2026-11", 3), "so-noi-vu", "waiting", at=at, attempts=2, error="sftp: connection refused"
    )
