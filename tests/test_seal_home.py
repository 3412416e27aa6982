"""Keys in a home: private parts that only their owner reads, public ones for everybody, and nothing sealed unsigned."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from ioc.commands.keys import keys
from ioc.errors import IocError
from ioc.sealing import MissingKeyError, keys_file, private_key, publish, signing_key
from ioc.settings import Settings
from stream.snapshot.seal.errors import SealError
from stream.snapshot.seal.keybook import add_key
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.keys import PublicKey, SigningKey
from stream.snapshot.seal.published import read_published

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("IOC_HOME", str(tmp_path))
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    return Settings.load()


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(keys, list(arguments))
    assert result.exit_code == 0, (result.output, result.exception)
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(keys, list(arguments))
    assert result.exit_code != 0
    return f"{result.output}{result.exception}"


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("list")["keys"]
    return found


def private_file(settings: Settings, key: str) -> Path:
    return settings.home / "secrets" / "snapshot-keys" / f"{key}.pem"


def ring(settings: Settings, *roots: PublicKey) -> Keyring:
    return Keyring.of(roots, read_published(keys_file(settings).read_bytes()))


def test_the_first_key_is_made_when_it_is_needed_with_a_loud_line(
    settings: Settings, stream: psycopg.Connection
) -> None:
    with capture_logs() as said:
        made = signing_key(settings, stream, NOW)
    assert [(each["event"], each["log_level"], each["key"]) for each in said] == [
        ("snapshot.first_key_made", "warning", made.id)
    ]
    with capture_logs() as said:
        assert signing_key(settings, stream, NOW).id == made.id
    assert said == []
    assert stat.S_IMODE(private_file(settings, made.id).stat().st_mode) == 0o600
    assert set(ring(settings).trusted) == {made.id}
    assert made.pem not in keys_file(settings).read_text()


def test_a_lost_private_key_seals_nothing_and_says_what_to_do(settings: Settings, stream: psycopg.Connection) -> None:
    made = signing_key(settings, stream, NOW)
    private_file(settings, made.id).unlink()
    with pytest.raises(MissingKeyError, match="restore it from the backup") as raised:
        signing_key(settings, stream, NOW)
    assert str(settings.home) not in str(raised.value)  # leaders read it on the archive page
    assert "private part is lost" in refused("new")
    with capture_logs() as said:
        new = run("new", "--reason", "hỏng ổ cứng")["key"]
    assert [(each["event"], each["key"]) for each in said] == [("snapshot.key_of_nobody", made.id)]
    assert signing_key(settings, stream, NOW).id == new
    assert [(each["state"], each["private"], each["endorsed_by"]) for each in listed()] == [
        ("retired", False, None), ("in_use", True, None),
    ]  # fmt: skip


def test_a_key_that_came_into_the_book_by_another_way_is_published_with_a_warning_only(
    settings: Settings, stream: psycopg.Connection
) -> None:
    signing_key(settings, stream, NOW)
    stranger = SigningKey.generate()
    stream.execute("update snapshot.key set retired_at = now()")
    add_key(stream, stranger.public, NOW)
    with capture_logs() as said:
        publish(settings, stream)
    assert [(each["event"], each["key"]) for each in said] == [("snapshot.key_of_nobody", stranger.id)]


def test_another_key_in_the_place_of_the_private_one_is_not_used(
    settings: Settings, stream: psycopg.Connection
) -> None:
    first = signing_key(settings, stream, NOW)
    second = run("rotate")["key"]
    private_file(settings, second).write_text(first.pem)
    with pytest.raises(MissingKeyError):
        private_key(settings, second)


def test_a_key_is_replaced_so_that_who_trusts_the_old_one_follows(
    settings: Settings, stream: psycopg.Connection
) -> None:
    first = signing_key(settings, stream, NOW)
    second = run("rotate", "--reason", "hết năm")["key"]
    third = run("rotate")["key"]
    assert signing_key(settings, stream, NOW).id == third
    assert set(ring(settings, first.public).trusted) == {first.id, second, third}
    assert [(each["id"], each["state"], each["endorsed_by"]) for each in listed()] == [
        (first.id, "retired", None), (second, "retired", first.id), (third, "in_use", second),
    ]  # fmt: skip
    assert listed()[0]["reason"] == "hết năm"


def test_a_revoked_key_is_told_and_none_takes_its_place_by_itself(
    settings: Settings, stream: psycopg.Connection
) -> None:
    made = signing_key(settings, stream, NOW)
    assert "eight digits" in refused("revoke", made.id[:7], "--reason", "mất máy")
    revoked = run("revoke", made.id[:8], "--reason", "mất máy")
    assert (revoked["state"], revoked["reason"]) == ("revoked", "mất máy")
    with pytest.raises(SealError, match="revoked"):
        signing_key(settings, stream, NOW)
    assert "no key is in use" in refused("rotate")
    assert ring(settings).trusted[made.id].listed is not None
    run("new")
    assert len(ring(settings).trusted) == 2
    assert ring(settings, made.public).refused


def test_new_makes_the_first_key_and_no_second_one_beside_it(settings: Settings, stream: psycopg.Connection) -> None:
    made = run("new")["key"]
    assert signing_key(settings, stream, NOW).id == made
    assert "rotate" in refused("new", "--reason", "x")


def test_what_is_published_goes_where_it_is_asked_for(settings: Settings, tmp_path: Path) -> None:
    made = run("new")["key"]
    told = run("publish", "--out", str(tmp_path / "for province" / "keys.json"))
    assert told["keys"] == [made]
    folder = Path(told["file"]).parent
    assert {each.name for each in folder.iterdir()} == {"keys.json", f"{made[:16]}.pem"}
    assert PublicKey.from_pem((folder / f"{made[:16]}.pem").read_text()).id == made
    assert "Ed25519" in (folder / "keys.json").read_text()
    assert settings.home == tmp_path


def test_no_key_with_that_id_is_said(settings: Settings) -> None:
    run("new")
    assert "0 keys begin with" in refused("revoke", "00000000", "--reason", "x")
    assert settings.home.exists()


def test_errors_are_sentences(settings: Settings, stream: psycopg.Connection) -> None:
    made = signing_key(settings, stream, NOW)
    private_file(settings, made.id).unlink()
    with pytest.raises(IocError) as caught:
        signing_key(settings, stream, NOW)
    assert caught.value.retriable is False
