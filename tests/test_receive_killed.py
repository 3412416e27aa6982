"""A receiver that is killed at any moment has a package whole, with the receipt that was answered, or not at all."""

import os
import random
import signal
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest
from click.testing import CliRunner

from ioc.commands.receive import receive
from ioc.receiving.keeping import ArchiveError, open_archive
from stream.snapshot.seal.manifest import digest_of
from stream.snapshot.seal.package import unpack
from tests.building.deliveries import chain_of
from tests.servers.processes import wait_until
from tests.servers.receiver import Province, a_province
from tests.test_receive_taking import key_of

CHAOS = os.environ.get("IOC_CHAOS") == "1"
PACKAGES, KILLS = (25, 40) if CHAOS else (25, 2)


def test_killed_while_packages_come_in_it_keeps_each_whole_and_answers_the_same_afterwards(tmp_path: Path) -> None:
    chance = random.Random(7)
    province = a_province(tmp_path)
    answered: dict[int, bytes] = {}
    chain = chain_of(PACKAGES, "daily")
    for _ in range(KILLS):
        with province.process() as process:
            posting = Thread(target=_post_all, args=(province, chain, answered))
            posting.start()
            Event().wait(chance.random() * 0.5)  # any moment while they come in
            process.send_signal(signal.SIGKILL)
            posting.join(20)
        _check_archive(province, chain, answered)
    with province.started():
        _post_all(province, chain, answered)
        assert (len(answered), list((province.archive / ".incoming").glob("*"))) == (PACKAGES, [])
    _check_archive(province, chain, answered)


def _post_all(province: Province, chain: list[bytes], answered: dict[int, bytes]) -> None:
    """Post all of them; each receipt that was ever answered has to be answered again."""
    for number, package in enumerate(chain, start=1):
        try:
            answer = province.post(package, key_of(number, "daily"))
        except httpx.HTTPError:
            return
        assert answer.content == answered.setdefault(number, answer.content)


def _check_archive(province: Province, chain: list[bytes], answered: dict[int, bytes]) -> None:
    kept = province.receipts("daily")
    for place in (province.archive / "moc-chau" / "daily").glob("*/v1"):
        number = int(place.parent.name[-2:]) - 1
        [package] = place.glob("*.zip")
        assert package.read_bytes() == chain[number - 1]
        assert {each.name for each in place.iterdir()} == {package.name, "receipt.json", "receipt.sig"}
        assert digest_of(unpack(chain[number - 1]).manifest).encode() in kept[f"{place.parent.name}/1"]
    assert set(answered.values()) <= set(kept.values())


@pytest.mark.parametrize("files", [{}, {"package": b"half"}, {"moc.zip": b"PK", "receipt.json": b"{}"}])
def test_what_never_arrived_is_swept_at_the_start(tmp_path: Path, files: dict[str, bytes]) -> None:
    draft = tmp_path / ".incoming" / "0123"
    draft.mkdir(parents=True)
    for name, body in files.items():
        (draft / name).write_bytes(body)
    with open_archive(tmp_path) as archive:
        assert (len(archive), (tmp_path / ".incoming").exists()) == (0, False)


def test_one_receiver_has_a_folder(tmp_path: Path) -> None:
    with (
        open_archive(tmp_path),
        pytest.raises(ArchiveError, match="another receiver has the folder"),
        open_archive(tmp_path),
    ):
        pass


def test_what_somebody_damaged_is_told_and_keeps_nothing_else_from_being_shown(tmp_path: Path) -> None:
    province = a_province(tmp_path)
    with province.started():
        for number, package in enumerate(chain_of(2, "daily"), start=1):
            province.post(package, key_of(number, "daily"))
    first = province.archive / "moc-chau" / "daily" / "2026-03-02" / "v1"
    (first / "receipt.json").unlink()
    with province.started():
        assert [each["number"] for each in province.get().json()["snapshots"]] == [2]
        answer = province.post(chain_of(1, "daily")[0], key_of(1, "daily"))
        assert (answer.status_code, answer.json()["code"]) == (507, "disk")  # nothing is written over
    assert "receive.damaged" in (province.folder / "log").read_text()


def test_it_is_open_to_others_only_with_a_certificate_and_tokens(tmp_path: Path) -> None:
    a_province(tmp_path)
    keys = ("--keys", str(tmp_path / "sealer.pem"), "--home", str(tmp_path))
    closed = CliRunner().invoke(receive, ["--host", "0.0.0.0", *keys])  # noqa: S104 - it is refused
    assert (closed.exit_code, "--open-to-network" in closed.output) == (2, True)
    bare = CliRunner().invoke(receive, ["--host", "0.0.0.0", "--open-to-network", *keys])  # noqa: S104 - it is refused
    assert (bare.exit_code, "--token-file" in bare.output) == (2, True)
    (tmp_path / "none.pem").write_text("none")
    wrong = CliRunner().invoke(receive, ["--keys", str(tmp_path / "none.pem"), "--home", str(tmp_path)])
    assert (wrong.exit_code, "no public key" in str(wrong.exception)) == (1, True)


def test_it_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    province = a_province(tmp_path)
    with province.process() as process:
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: process.poll() is not None, seconds=20, what="its end")
        assert process.returncode == 0
