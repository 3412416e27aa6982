"""Two schedulers that are killed at random, a clock that is set, a receiver that fails half the time: each slot once.

In the suite two days of four schedules; `IOC_CHAOS=1` makes it 1,000 slots (half an hour on two cores):

    IOC_CHAOS=1 pytest -s tests/test_snapshot_scheduler_chaos.py
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, Final

import openpyxl
import pytest

from ioc.sealing import private_key
from ioc.services.secret import keep_secret
from ioc.settings import Settings
from stream.snapshot.seal.checking import check_packed
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.package import unpack
from tests.building.applying import opener
from tests.building.moments import LOCAL, local
from tests.building.scheduling import SMALL, publish_key
from tests.building.seals import KEY
from tests.servers.processes import wait_until
from tests.servers.receiver import Province, a_province
from tests.servers.scheduler import Scheduler, SetClock

pytestmark = pytest.mark.chaos

IS_LONG: Final = os.environ.get("IOC_CHAOS") == "1"
DAYS: Final = 250 if IS_LONG else 2
KILLS: Final = 0.06 if IS_LONG else 0.2
SEED: Final = int(os.environ.get("IOC_CHAOS_SEED", "766"))
FIRST: Final = local("2026-02-02 00:00")
KINDS: Final = {"morning": "07:30", "noon": "11:45", "evening": "16:30", "night": "23:58"}
FAULTS: Final = {"fail": 0.3, "drop": 0.15, "hang": 0.05, "seed": SEED}
REASONS: Final = {"scheduler_away", "clock_set", "log_behind", "failed", "busy"}
ON_TIME: Final = 300
MOST_BEHIND: Final = 5


@dataclass
class Chaos:
    """What is let loose, drawn from a seed; `happened` counts it."""

    clock: SetClock
    schedulers: Sequence[Scheduler]
    database: str
    random: Random = field(default_factory=lambda: Random(SEED))
    happened: Counter[str] = field(default_factory=Counter)

    def rages(self, dues: Sequence[datetime]) -> None:
        """Until the clock has gone past the last of the slots."""
        while (now := self.clock()) <= dues[-1]:
            what = self.random.choices(("to_the_slot", "leap", "leap_days", "back"), (50, 30, 8, 12))[0]
            self.happened[what] += 1
            coming = next(due for due in dues if due > now)
            self.clock.set(min(self._moment(what, now, coming), dues[-1] + timedelta(minutes=1)))
            time.sleep(self.random.uniform(0.2, 0.7))
            while self._behind() > MOST_BEHIND:  # else all of it would be made in peace afterwards
                time.sleep(0.2)
            if self.random.random() < KILLS:
                self._kill(self.random.choice(self.schedulers))

    def _moment(self, what: str, now: datetime, coming: datetime) -> datetime:
        match what:
            case "to_the_slot":
                return coming + timedelta(seconds=self.random.uniform(0, 2))
            case "leap":  # over noon, over midnight
                return now + timedelta(hours=self.random.uniform(1, 9))
            case "leap_days":
                return now + timedelta(hours=self.random.uniform(20, 50))
            case _:
                return now - timedelta(hours=1)

    def _behind(self) -> int:
        with opener(self.database)() as connection:
            waiting = "select count(*)::int from snapshot.slot where state <> 'sealed' and due_at <= %s"
            [(behind,)] = connection.execute(waiting.encode(), [self.clock()]).fetchall()
        found: int = behind
        return found

    def _kill(self, scheduler: Scheduler) -> None:
        scheduler.kill()
        self.happened["kill"] += 1
        if self.random.random() < 0.3:
            time.sleep(0.3)
        scheduler.start()


@dataclass(frozen=True)
class Stage:
    """A centre with two schedulers and the province."""

    database: str
    province: Province
    chaos: Chaos

    @property
    def dues(self) -> list[datetime]:
        clocks = [datetime.strptime(at, "%H:%M").replace(tzinfo=LOCAL).time() for at in KINDS.values()]
        days = [(FIRST + timedelta(days=number)).date() for number in range(DAYS)]
        return [datetime.combine(day, at, LOCAL) for day in days for at in clocks]

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        with opener(self.database)() as connection:
            return connection.execute(text.encode()).fetchall()


@pytest.fixture
def stage(district: str, tmp_path: Path) -> Iterator[Stage]:
    home, clock = tmp_path / "home", tmp_path / "clock"
    home.mkdir()
    SetClock(clock).set(FIRST)
    publish_key(district)
    with a_province(tmp_path / "province", FAULTS).started() as province:
        keep_secret(home / "secrets" / "snapshot-keys" / f"{KEY.id}.pem", KEY.pem)
        assert private_key(Settings(home), KEY.id).id == KEY.id
        (home / "snapshots.toml").write_text(_schedules(province))
        schedulers = [Scheduler(each, home, district, clock) for each in ("one", "two")]
        for scheduler in schedulers:
            scheduler.start()
        try:
            yield Stage(district, province, Chaos(SetClock(clock), schedulers, district))
        finally:
            statuses = [each.stop() for each in schedulers]
        assert statuses == [0, 0], "a scheduler did not stop cleanly"


def _schedules(province: Province) -> str:
    off = ["daily", "statutory-month", "statutory-quarter", "statutory-half-year", "statutory-nine-months"]
    off += ["statutory-year", "index-month", "index-quarter"]
    settings = "".join(f"{key} = {json.dumps(value)}\n" for key, value in province.settings.items())
    return "\n".join(
        [
            "[restate]\nwithin_days = 0",
            f'[receiver.province]\ntitle = {{ vi = "Tỉnh", en = "Province" }}\nchannel = "https"\n{settings}',
            "give_up_after_days = 366",
            *(f"[schedule.{name}]\noff = true" for name in off),
            *(
                f'[schedule.{name}]\ntitle = {{ vi = "{name}", en = "{name}" }}\nperiod = "day"\ndays = "every"\n'
                f'at = "{at}"\nlate_sources = "partial"\nbasis = {{ text = "thử", certainty = "C" }}\n{SMALL}'
                for name, at in KINDS.items()
            ),
        ]
    )


@pytest.mark.timeout(5400 if IS_LONG else 290)
def test_every_slot_is_sealed_once_and_delivered_once_none_blank_and_each_late_one_says_why(stage: Stage) -> None:
    began, slots = time.monotonic(), len(stage.dues)
    wait_until(lambda: stage.rows("select count(*) from snapshot.schedule_state")[0][0] == len(KINDS), what="the start")
    stage.chaos.rages(stage.dues)
    raged = time.monotonic() - began
    done = "select count(*) from snapshot.delivery where state = 'delivered'"
    wait_until(lambda: stage.rows(done)[0][0] == slots, seconds=4500 if IS_LONG else 200, what=f"{slots} deliveries")

    _each_once(stage, slots)
    late = _each_late_one_says_why(stage)
    _nothing_is_blank(stage)
    told = {
        "slots": slots, "late": late, "on time": slots - late, **stage.chaos.happened,
        "tries to deliver": stage.rows("select sum(attempts)::int from snapshot.delivery")[0][0],
        "attempts to make": stage.rows("select sum(attempts)::int from snapshot.slot")[0][0],
        "seconds of chaos": round(raged), "seconds": round(time.monotonic() - began),
    }  # fmt: skip
    print(json.dumps(told, indent=2))
    assert stage.chaos.happened["kill"] >= 1
    assert late >= 1
    assert slots - late >= 1


def _each_once(stage: Stage, slots: int) -> None:
    """In the book, at the receiver, and without a gap in the chain of each kind."""
    wanted = {(kind, f"{(FIRST + timedelta(days=day)).date()}") for kind in KINDS for day in range(DAYS)}
    sealed = stage.rows("select kind, period, version, number, digest from snapshot.sealed order by kind, number")
    assert {(kind, period) for kind, period, *_ in sealed} == wanted
    assert len(sealed) == slots
    assert {version for _, _, version, *_ in sealed} == {1}
    assert stage.rows("select state, count(*) from snapshot.slot group by state") == [("sealed", slots)]
    keyring = Keyring.of([KEY.public])
    for kind in KINDS:
        digests = [digest for each, _, _, _, digest in sealed if each == kind]
        packages = sorted(
            (check_packed(file.read_bytes(), keyring) for file in stage.province.archive.glob(f"*/{kind}/**/*.zip")),
            key=lambda each: each.manifest.number if each.manifest else 0,
        )
        assert all(each.findings.is_proven for each in packages)
        assert [each.digest for each in packages] == digests  # each there once, in the order of its chain
        assert len(stage.province.receipts(kind)) == DAYS


def _each_late_one_says_why(stage: Stage) -> int:
    rows = stage.rows("select late, body from snapshot.slot join snapshot.file using (kind, period, version)"
                      " where name = 'snapshot.json'")  # fmt: skip
    late = 0
    for reasons, body in rows:
        told = json.loads(bytes(body))
        due, taken = (datetime.fromisoformat(at) for at in (told["due_at"], told["witness"]["taken_at"]))
        is_late = (taken - due).total_seconds() > ON_TIME
        late += is_late
        assert taken >= due
        assert bool(reasons) == is_late == bool(told["witness"]["late"]), (
            told["kind"],
            told["period"]["name"],
            reasons,
        )
        assert set(reasons) <= REASONS
        assert [each["id"] for each in told["witness"]["late"]] == reasons
        assert datetime.fromisoformat(told["known_at"]) == due
    return late


def _nothing_is_blank(stage: Stage) -> None:
    for number, file in enumerate(sorted(stage.province.archive.glob("**/*.zip"))):
        files = unpack(file.read_bytes()).files
        told = json.loads(files["snapshot.json"])
        assert all(each["value"] is not None for each in told["figures"])
        assert sum(told["forms"][0]["total"]) > 0
        assert files["snapshot.pdf"].startswith(b"%PDF-")
        assert files["snapshot.pdf"].rstrip().endswith(b"%%EOF")
        assert len(files["snapshot.pdf"]) > 20_000
        if number % 25 == 0 or not IS_LONG:
            book = openpyxl.load_workbook(BytesIO(files["snapshot.xlsx"]))
            assert all(sheet.max_row > 1 for sheet in book.worksheets)
