"""Settings: the environment rules, then what runs in the home; each one is documented."""

from pathlib import Path

import pytest

from ioc.errors import IocError, NothingRunsError, SettingError
from ioc.services.state import State, is_supervised, read_state, supervising, write_state
from ioc.settings import SETTINGS, Setting, Settings

RUNNING = State(database_url="postgresql://running", redis_url="redis://running", kafka="running:9092", port=9000)


def test_the_home_is_the_option_then_the_variable_then_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(tmp_path / "a", {"IOC_HOME": "b"}).home == tmp_path / "a"
    assert Settings.load(None, {"IOC_HOME": "b"}).home == tmp_path / "b"
    assert Settings.load(None, {}).home == tmp_path / ".ioc"


def test_the_services_of_a_running_home_are_found(tmp_path: Path) -> None:
    with supervising(tmp_path):
        write_state(tmp_path, RUNNING)
        found = Settings.load(tmp_path, {})
    assert (found.database_url, found.redis_url) == ("postgresql://running", "redis://running")
    assert (found.kafka, found.port, found.door_port) == ("running:9092", 9000, 8070)


def test_the_environment_overrules_what_runs_in_the_home(tmp_path: Path) -> None:
    with supervising(tmp_path):
        write_state(tmp_path, RUNNING)
        found = Settings.load(tmp_path, {"IOC_DATABASE_URL": "postgresql://elsewhere", "IOC_PORT": "9001"})
    assert (found.database_url, found.redis_url, found.port) == ("postgresql://elsewhere", "redis://running", 9001)


def test_what_a_killed_supervisor_left_behind_counts_for_nothing(tmp_path: Path) -> None:
    write_state(tmp_path, RUNNING)
    with pytest.raises(NothingRunsError, match=f"nothing runs in {tmp_path}: start `ioc up` or set IOC_DATABASE_URL"):
        _ = Settings.load(tmp_path, {}).database_url


def test_an_unknown_redis_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingRunsError, match="set IOC_REDIS_URL"):
        _ = Settings.load(tmp_path, {"IOC_DATABASE_URL": "postgresql://x"}).redis_url


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://from-a-file\n")
    found = Settings.load(tmp_path, {"IOC_DATABASE_URL_FILE": str(tmp_path / "url")})
    assert found.database_url == "postgresql://from-a-file"


def test_a_secret_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="IOC_REDIS_URL_FILE names /nowhere, which can't be read"):
        Settings.load(tmp_path, {"IOC_REDIS_URL_FILE": "/nowhere"})


def test_a_value_and_a_file_for_it_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="both set"):
        Settings.load(tmp_path, {"IOC_KAFKA": "x:9092", "IOC_KAFKA_FILE": "y"})


@pytest.mark.parametrize("wrong", ["0", "65536", "eight", "-1", "80 50", "٨٠"])
def test_a_port_must_be_a_port(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingError, match="IOC_PORT must be a whole number from 1 to 65535"):
        Settings.load(tmp_path, {"IOC_PORT": wrong})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: Setting) -> None:
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text()
    assert f"| `{setting.name}` |" in page
    assert (f"`{setting.name}_FILE`" in page) == setting.in_file


def test_no_other_variable_is_read() -> None:
    """The names in the code and the names in the list are the same."""
    source = (Path(__file__).parent.parent / "ioc").rglob("*.py")
    text = "".join(file.read_text() for file in source)
    used = {word for word in text.replace("`", '"').split('"') if word.startswith("IOC_") and word.isidentifier()}
    assert used <= {setting.name for setting in SETTINGS}


def test_two_supervisors_in_one_home_are_refused(tmp_path: Path) -> None:
    with supervising(tmp_path), pytest.raises(IocError, match=r"runs in .* already"), supervising(tmp_path):
        pass
    assert not is_supervised(tmp_path)


def test_addresses_with_passwords_are_for_the_owner_only(tmp_path: Path) -> None:
    write_state(tmp_path, RUNNING)
    assert (tmp_path / "services.json").stat().st_mode & 0o777 == 0o600
    assert read_state(tmp_path) == RUNNING


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"unknown": 1}', '{"services": 3}'])
def test_a_broken_state_is_no_state(tmp_path: Path, broken: str) -> None:
    (tmp_path / "services.json").write_text(broken)
    assert read_state(tmp_path) == State()
