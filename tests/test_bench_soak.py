"""`ioc bench soak`: what it makes of what it sees, and a short run on real servers, in a real browser, with faults."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pytest

from ioc.bench.faults import KINDS
from ioc.bench.faults_network import Network, Weather
from ioc.bench.soak_course import Felt, Healed, Struck, feel
from ioc.bench.soak_pages import SoakPage
from ioc.bench.soak_plan import Wish, silences, strikes
from ioc.bench.soak_trend import trend_of
from ioc.bench.soak_truth import is_written
from ioc.bench.soak_watch import Seen
from ioc.tools import CHROMIUM
from tests.servers.processes import free_port, wait_until

HOUR = 3600.0


def growing(begin: float, size: float, an_hour: float, minutes: int = 30) -> list[tuple[float, float]]:
    return [(begin + 60 * each, size + an_hour * 60 * each / HOUR) for each in range(minutes)]


def test_a_trend_is_growth_an_hour_whatever_a_few_samples_say() -> None:
    samples = growing(0, 13.0, an_hour=2.0)
    samples[7] = (samples[7][0], 90.0)
    assert trend_of([samples], warm_up=0).an_hour == pytest.approx(2.0, abs=0.05)


def test_what_a_reload_frees_is_no_shrinking() -> None:
    told = trend_of([growing(0, 13.0, 1.0), growing(1800, 9.0, 1.0), growing(3600, 5.0, 1.0)], warm_up=0)
    assert told.an_hour == pytest.approx(1.0)
    assert (told.stretches, told.samples, round(told.longest_minutes)) == (3, 90, 29)


def test_the_warm_up_of_every_stretch_counts_for_nothing() -> None:
    warming = [*growing(0, 5.0, 24.0, minutes=20), *growing(1200, 13.0, 0.0, minutes=15)]
    assert (trend_of([warming], warm_up=0).an_hour or 0) > 5
    assert trend_of([warming], warm_up=1200).an_hour == pytest.approx(0)


def test_nothing_is_told_of_too_few_samples() -> None:
    assert trend_of([[(0, 1.0)], [(60, 2.0)]], warm_up=0).an_hour is None
    assert trend_of([growing(0, 13.0, 2.0)], warm_up=HOUR).an_hour is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "same"),
    [
        ("58.214", 58214, "count", True), ("58.214", 58215, "count", False), ("0", 0, "count", True),
        ("–", None, "count", True), ("–", 0, "count", False), ("0", None, "count", False),
        ("98,5", 0.98512, "percent", True), ("98,5", 0.9871, "percent", False),
        ("99,9", 0.99999, "percent", True), ("100", 1.0, "percent", True), ("100", 0.97, "percent", False),
        ("12,5", 12.5, "minutes", True), ("12,5", 12.7, "minutes", False),
    ],
)  # fmt: skip
def test_a_figure_is_compared_as_it_is_written(text: str, value: float | None, unit: Any, *, same: bool) -> None:
    assert is_written(text, value, unit) is same


def test_every_kind_of_fault_comes_once_before_any_comes_twice_and_a_seed_repeats_the_course() -> None:
    wish = Wish(hours=1, seed=5)
    names = [strike.kind.name for strike in islice(strikes(wish), 2 * len(KINDS))]
    assert sorted(names[: len(KINDS)]) == sorted(names[len(KINDS) :]) == sorted(kind.name for kind in KINDS)
    assert list(islice(strikes(wish), 9)) == list(islice(strikes(wish), 9)) != list(islice(strikes(Wish(1)), 9))


def test_a_fault_that_a_display_has_to_tell_lasts_long_enough_to_be_told() -> None:
    wanted = list(islice(strikes(Wish(hours=1)), 300))
    assert all(15 < strike.seconds <= 45 for strike in wanted if strike.kind.shows)
    assert {strike.page for strike in wanted} == {0, 1, 2, 3, 4}


def test_half_an_hour_has_a_silence_of_more_than_ten_minutes_in_which_nothing_breaks() -> None:
    [only] = silences(Wish(hours=0.5))
    assert only.calm
    assert only.end - only.begin > 600
    assert [each.calm for each in silences(Wish(hours=4))] == [True, False, True, False]
    assert silences(Wish(hours=0.1)) == []


def seen(at: float, state: str, *marks: str, opened: float = 0, filled: bool = True) -> Seen:
    return Seen(at=at, opened=opened, state=state, scene="overview", filled=filled, marks=[state, *marks], heals={})


def felt(*course: Seen, healed: Healed) -> Felt:
    page = SoakPage("/wall/", cast("Any", None), cast("Any", None), cast("Any", None), list(course))
    struck = Struck(KINDS[0], began=100.0, ended=130.0, quiet=False, wanted_seconds=30.0)
    return feel(page, struck, healed)


def test_a_page_has_said_so_from_the_first_moment_on_in_which_it_tells_what_it_did_not_tell_before() -> None:
    said = felt(seen(90_000, "live"), seen(111_000, "lost"), seen(133_000, "live"), healed=Healed(134.5, 11))
    assert (said.said_after, said.right_after, said.kept, said.figures) == (11.0, 4.5, True, 11)
    frozen = felt(seen(90_000, "live"), seen(112_500, "live", "frozen"), healed=Healed(131.0))
    assert frozen.said_after == 12.5


def test_what_was_said_without_a_fault_and_another_scene_of_a_rotation_are_no_sign_of_one() -> None:
    before = (seen(50_000, "lost"), seen(60_000, "quiet", "late"), seen(80_000, "live"))
    assert felt(*before, seen(104_000, "quiet", "late"), healed=Healed(131.0)).said_after is None
    assert felt(*before, seen(104_000, "lost", "late"), healed=Healed(131.0)).said_after == 4.0
    assert felt(*before, seen(112_000, "late"), healed=Healed(131.0)).said_after == 12.0, "the page, not one figure"


def test_a_page_that_empties_has_lost_its_figures_but_for_the_moment_in_which_it_is_opened_anew() -> None:
    empty = seen(115_000, "lost", filled=False)
    assert not felt(seen(90_000, "live"), empty, healed=Healed(131.0)).kept
    opening = seen(115_000, "absent", opened=114_000, filled=False)
    told = felt(seen(90_000, "live"), opening, seen(117_000, "live", opened=114_000), healed=Healed(131.0))
    assert told.kept
    assert told.reloaded


async def _answered(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        return await asyncio.wait_for(reader.read(100), 0.3)
    finally:
        writer.close()


def test_the_network_fails_in_every_way_and_comes_back() -> None:
    async def course() -> None:
        served: list[asyncio.StreamWriter] = []

        async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            served.append(writer)
            writer.write(b"here I am")
            await writer.drain()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = free_port()
        network = Network(port, server.sockets[0].getsockname()[1])
        await network.open()
        assert await _answered(port) == b"here I am"
        await network.turn(Weather.REFUSING)
        with pytest.raises(ConnectionRefusedError):
            await _answered(port)
        await network.turn(Weather.BAD_GATEWAY)
        assert (await _answered(port)).startswith(b"HTTP/1.1 502 ")
        await network.turn(Weather.CLEAR)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read(100) == b"here I am"
        await network.turn(Weather.SILENT)
        with pytest.raises(TimeoutError):
            await _answered(port)
        await network.turn(Weather.CLEAR)
        assert await _answered(port) == b"here I am"
        with pytest.raises(TimeoutError):  # what was open hears nothing more, not even its end
            await asyncio.wait_for(reader.read(100), 0.3)
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read(100) == b"here I am"
        network.drop()
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.read(100), 1)
        writer.close()
        await network.close()
        server.close()
        for writer in served:
            writer.close()
        await asyncio.sleep(0)

    asyncio.run(course())


@contextmanager
def soaking(home: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    if CHROMIUM.path is None:
        assert os.environ.get("CI") != "true", CHROMIUM.advice
        pytest.skip(CHROMIUM.advice)
    small = ["--bursts-only", "--faults-every", "0.5", "--fault-seconds", "2", "--sample-every", "1", "--warm-up", "0"]
    command = [sys.executable, "-m", "ioc", "--home", str(home), "bench", "soak", "--pages", "2", *small, *more]
    with (
        (home / "soak.err").open("w") as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True) as running,
    ):
        try:
            yield running
        finally:
            running.kill()


def told_by(running: subprocess.Popen[str], home: Path) -> dict[str, Any]:
    said, _ = running.communicate(timeout=150)
    assert running.returncode == 0, (home / "soak.err").read_text()[-2000:]
    document: dict[str, Any] = json.loads(said)
    return document


@pytest.mark.browser
def test_pages_come_back_by_themselves_and_a_run_that_is_told_to_stop_tells_what_it_has(tmp_path: Path) -> None:
    kinds = ("dashboard_killed", "network_bad_gateway", "valkey_killed")
    chosen = [word for kind in kinds for word in ("--fault", kind)]
    said = tmp_path / "soak.err"
    with soaking(tmp_path, "--hours", "1", *chosen) as running:

        def has_healed() -> bool:
            return running.poll() is not None or said.read_text().count("felt") >= 2 * len(kinds)

        wait_until(has_healed, seconds=150, what="healing from the third fault")
        running.send_signal(signal.SIGTERM)
        told = told_by(running, tmp_path)
    assert told["ended_by"] == "told to stop"
    assert sorted(fault["kind"] for fault in told["faults"][:3]) == sorted(kinds)
    for fault in told["faults"][:3]:
        assert fault["right_after"]["never"] == 0, fault
        assert fault["figures_kept"], fault
        assert fault["pages"][0]["figures_compared"] > 5, fault
    assert told["events_sent"] >= 3
    assert [page["crashes"] for page in told["pages"]] == [0, 0]
    assert all(page["heap_mb"]["last"] > 1 for page in told["pages"])
    assert told["server"]["dashboard"]["starts"] == 2
    assert [path.name for path in (tmp_path / "bench").iterdir()] == ["soak.log"]
