"""With the database `ioc verify --recompute` computes a snapshot again: equal to the byte, or which figure differs."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest
from click.testing import CliRunner

from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ioc.commands.verify import verify
from stream.core.ledger import Measure
from stream.kpi.definition import Bilingual
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.digests import code_version
from stream.snapshot.content.document import Snapshot
from stream.snapshot.content.reading import read_snapshot
from stream.snapshot.content.wanted import Wanted
from stream.snapshot.seal.figures import numbers_of, said_by
from stream.snapshot.seal.keybook import add_key
from stream.snapshot.seal.package import pack
from stream.snapshot.seal.recomputing import MOST, compare
from stream.snapshot.seal.sealing import seal
from tests.building.applying import apply_all
from tests.building.events import an_application
from tests.building.lives import some_lives
from tests.building.seals import KEY, SEALED_AT, files_of
from tests.building.snapshots import a_restated_snapshot, a_snapshot
from tests.building.snapshots_wanted import WITNESS, a_day, a_month, a_quarter, now_of

CHAOS = os.environ.get("IOC_CHAOS") == "1"
BATCH = 20_000


@dataclass
class Archive:
    """A database in which things are sealed, and the packages of it."""

    log: PostgresLog
    url: str
    connection: psycopg.Connection
    folder: Path

    def tell(self, entries: Sequence[Entry]) -> None:
        for start in range(0, len(entries), BATCH):
            self.log.append(entries[start : start + BATCH])
        apply_all(self.log, self.url, batch=2_000)

    def sealed(self, wanted: Wanted, change: Mapping[str, Any] | None = None) -> Path:
        """The package of what is wanted, sealed; `change` are fields that its sealer made up."""
        snapshot = msgspec.structs.replace(read_snapshot(self.connection, wanted, WITNESS), **(change or {}))
        files = files_of(snapshot)
        with self.connection.transaction():
            self.connection.execute(
                "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at)"
                " values (%s, %s, 1, now(), now(), 'schedule', now())",
                [snapshot.kind, snapshot.period.name],
            )
            made = seal(self.connection, snapshot, files, KEY, datetime.now(UTC))
        file = self.folder / f"{made.manifest.number}-{snapshot.kind}.zip"
        file.write_bytes(pack(made.body, made.signature, files))
        return file

    def verified(self, *files: Path) -> tuple[int, list[dict[str, Any]]]:
        """The exit status of `ioc verify --recompute`, and its findings of the packages."""
        key = self.folder / "key.pem"
        key.write_text(KEY.public.pem)
        arguments = [*map(str, files), "--key", str(key), "--quick", "--recompute", "--format", "json"]
        ran = CliRunner().invoke(verify, arguments)
        assert ran.exit_code in {0, 1}, (ran.output, ran.exception)
        return ran.exit_code, [each for package in json.loads(ran.stdout)["packages"] for each in package["findings"]]


@pytest.fixture
def archive(
    log: PostgresLog, database: str, stream: psycopg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Archive:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    monkeypatch.setenv("IOC_HOME", str(tmp_path))
    add_key(stream, KEY.public, SEALED_AT)
    found = Archive(log, database, stream, tmp_path)
    found.tell(some_lives(40)[::2])
    return found


def codes(found: Sequence[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


def later_events(count: int) -> list[Entry]:
    """The other half of all lives, the same ones again, and new applications until there are so many."""
    known = [*some_lives(40)[1::2], *some_lives(40)[:20]]
    new = (
        an_application(f"N52-{n:06}").at_unit(("03980", "04033", "03985")[n % 3])
        .received(f"2026-01-{5 + n % 20:02} 09:00", due="2026-01-27 17:00").sync()
        for n in range(count - len(known))
    )  # fmt: skip
    return [*known, *new]


@pytest.mark.parametrize(
    "later", [300, pytest.param(100_000, marks=pytest.mark.skipif(not CHAOS, reason="IOC_CHAOS=1 runs it"))]
)
def test_after_many_later_events_it_is_the_same_byte_for_byte(archive: Archive, later: int) -> None:
    known_at = now_of(archive.connection)
    files = [archive.sealed(kind(known_at)) for kind in (a_day, a_month, a_quarter)]
    archive.tell(later_events(later))
    [(known_later,)] = archive.connection.execute(
        "select count(*) from ledger where known_at > %s", [known_at]
    ).fetchall()
    assert known_later > 200  # else nothing was proven
    status, found = archive.verified(*files)
    assert status == 0
    assert codes(found).count("recompute.equal") == codes(found).count("stored.same") == 3


def test_a_figure_that_was_changed_in_the_database_is_named(archive: Archive) -> None:
    file = archive.sealed(a_month(now_of(archive.connection)))
    for table in ("rollup_day", "rollup_month", "rollup_unit_day", "rollup_unit_month", "rollup_channel_day"):
        archive.connection.execute(
            f"update {table} set n = n + 7 where measure = any(%s) and unit = 3980"
            f" and day = (select min(day) from {table} where unit = 3980)",
            [[int(Measure.RECEIVED), int(Measure.OPEN_IN)]],
        )
    status, found = archive.verified(file)
    assert status == 1
    wrong = {each["facts"]["path"]: each["facts"] for each in found if each["code"] == "recompute.differs"}
    received = wrong["kpi/received_month/03980"]
    assert received["is_now"] > received["sealed"]
    total = wrong["form/03980/total/subtotal/3"]
    assert total["is_now"] > total["sealed"]
    assert "kpi/received_month/04033" not in wrong
    assert "tính lại từ nhật ký" in next(each["vi"] for each in found if each["code"] == "recompute.differs")


def test_what_a_sealer_made_up_is_named_though_it_is_signed(archive: Archive) -> None:
    honest = read_snapshot(archive.connection, a_month(now_of(archive.connection)), WITNESS)
    figures = tuple(
        msgspec.structs.replace(each, value=0) if (each.kpi, each.unit) == ("overdue_now", None) else each
        for each in honest.figures
    )
    file = archive.sealed(a_month(datetime.fromisoformat(honest.known_at)), {"figures": figures})
    status, found = archive.verified(file)
    assert status == 1
    [wrong] = [each for each in found if each["severity"] == "error"]
    assert (wrong["facts"]["path"], wrong["facts"]["sealed"]) == ("kpi/overdue_now/area", 0)


def test_a_package_that_differs_from_the_one_kept_is_told(archive: Archive) -> None:
    file = archive.sealed(a_month(now_of(archive.connection)))
    archive.connection.execute("update snapshot.file set body = 'other' where name = 'snapshot.pdf'")
    _, found = archive.verified(file)
    assert [each["where"] for each in found if each["code"] == "stored.differs"] == ["snapshot.pdf"]
    archive.connection.execute("delete from snapshot.file")
    archive.connection.execute("delete from snapshot.sealed")
    status, found = archive.verified(file)
    assert (status, "stored.missing" in codes(found)) == (0, True)


def test_records_that_came_behind_the_cut_are_counted(archive: Archive) -> None:
    file = archive.sealed(a_month(now_of(archive.connection)))
    archive.tell([an_application("L-1").at_unit("03980").received("2026-01-12 09:00").sync()])
    archive.connection.execute(
        "update event set appended_at = %s"
        " where (part, pos) = (select part, pos from event order by appended_at desc limit 1)",
        [SEALED_AT],
    )
    _, found = archive.verified(file)
    [told] = [each for each in found if each["code"] == "recompute.stragglers"]
    assert (told["severity"], told["facts"]["records"]) == ("warning", 1)


def test_a_kpi_that_is_no_more_can_not_be_computed_and_that_is_said(archive: Archive) -> None:
    honest = read_snapshot(archive.connection, a_month(now_of(archive.connection)), WITNESS)
    kpis = (*honest.kpis, msgspec.structs.replace(honest.kpis[0], id="gone"))
    file = archive.sealed(a_month(datetime.fromisoformat(honest.known_at)), {"kpis": kpis})
    status, found = archive.verified(file)
    assert (status, "recompute.failed" in codes(found)) == (1, True)


def told(sealed: Snapshot, again: Snapshot) -> list[str]:
    return [each.code for each in compare(sealed, again)]


def test_what_changed_since_is_said_besides_the_figures() -> None:
    sealed = a_snapshot()
    kpis = (msgspec.structs.replace(sealed.kpis[0], digest="0" * 64), *sealed.kpis[1:])
    rules = msgspec.structs.replace(sealed.rules, calendars=("2026-02",), meaning="3")
    found = told(sealed, a_snapshot(kpis=kpis, rules=rules))
    assert found[:3] == ["recompute.definition", "recompute.calendar", "recompute.meaning"]
    assert set(found[3:]) == {"recompute.differs"}


def test_words_that_another_version_chooses_otherwise_disprove_nothing() -> None:
    sealed = a_snapshot()
    first, *others = sealed.kpis
    renamed = msgspec.structs.replace(first, title=Bilingual("Hồ sơ nhận trong kỳ", "Received in the period"))
    again = a_snapshot(kpis=(renamed, *others))
    assert told(sealed, again) == ["recompute.worded"]
    figures = (msgspec.structs.replace(sealed.figures[0], value=987), *sealed.figures[1:])
    assert told(sealed, msgspec.structs.replace(again, figures=figures)) == ["recompute.worded", "recompute.differs"]
    same = msgspec.structs.replace(sealed.rules, code=code_version())
    changed = [msgspec.structs.replace(each, rules=same) for each in (sealed, again)]
    assert set(told(*changed)) == {"recompute.differs"}


@pytest.mark.parametrize("field", ["figures", "forms", "index", "series", "quarantine", "units", "sections", "cut"])
def test_nothing_can_differ_without_being_named(field: str) -> None:
    sealed = a_snapshot()
    less = a_snapshot(**{field: getattr(sealed, field)[1:]})
    assert "recompute.differs" in told(sealed, less)
    assert told(less, less) == ["recompute.equal"]
    assert told(sealed, a_snapshot(**{field: getattr(sealed, field)[::-1]})) == ["recompute.bytes"]


def test_a_restatement_with_other_cases_is_named() -> None:
    sealed = a_restated_snapshot()
    assert sealed.restates is not None
    less = msgspec.structs.replace(sealed.restates, differences=sealed.restates.differences[1:])
    [wrong] = compare(sealed, msgspec.structs.replace(sealed, restates=less))
    assert wrong.facts["path"] == f"restates/{sealed.restates.differences[0].path}"


def test_of_very_many_differences_the_rest_is_counted() -> None:
    sealed = a_snapshot()
    forms = tuple(
        msgspec.structs.replace(form, total=tuple(n + 1 for n in form.total), rows=(), levels=())
        for form in sealed.forms
    )
    *some, last = compare(sealed, a_snapshot(forms=forms))
    assert len(some) == MOST
    assert (last.code, last.facts["more"] > 0) == ("recompute.more", True)


def test_every_figure_has_a_path_of_its_own() -> None:
    snapshot = read(canonical(a_snapshot()))
    figures = (*snapshot.figures, *snapshot.witness.figures)
    cells = sum(11 * (len(form.rows) + len(form.levels) + 1) for form in snapshot.forms)
    points = sum(len(index.scores) for index in snapshot.index)
    assert len(numbers_of(snapshot)) == len(figures) + cells + points
    assert said_by(snapshot)["kpi/on_time_rate/03980/numerator"] == 94
