"""What `ioc up` starts, and what it leaves to others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ioc.errors import ServiceError
from ioc.services.plan import Plan, Wanted, make_plan
from ioc.services.ports import Ports
from ioc.services.service import Service
from ioc.settings import Settings
from tests.servers.processes import free_port

ELSEWHERE = Settings(Path("/nowhere"), database="postgresql://db/ioc", redis="redis://r/0", port=free_port())


@pytest.fixture
def free() -> Iterator[Ports]:
    with Ports() as ports:
        yield ports


def names(plan: Plan) -> list[str]:
    return [part.name for part in plan.parts]


def needs(plan: Plan, name: str) -> set[str]:
    return next(set(part.needs) for part in plan.parts if part.name == name)


def planned(settings: Settings, free: Ports, wanted: Wanted | None = None) -> Plan:
    return make_plan(settings, wanted or Wanted(), free, lambda _: None)


def test_everything_is_ours_where_nothing_is_named(tmp_path: Path, free: Ports) -> None:
    plan = planned(Settings(tmp_path, port=free_port()), free)
    assert names(plan) == [
        "postgres", "valkey", "migrate", "meaning", "rules", "seals", "door", "worker", "dashboard", "alerts",
        "snapshots", "live", "warning", "source", "simulator", "simulator-documents", "simulator-conference",
        "declared",
    ]  # fmt: skip
    assert needs(plan, "migrate") == {"postgres"}
    assert needs(plan, "door") == {"migrate", "valkey", "seals"}
    assert needs(plan, "dashboard") == {"migrate", "valkey"}
    assert needs(plan, "worker") == {"migrate", "valkey", "meaning"}
    assert needs(plan, "live") == {"worker", "dashboard"}


def test_rules_are_adopted_when_there_is_a_log_and_before_the_simulator_sends(tmp_path: Path, free: Ports) -> None:
    plan = planned(Settings(tmp_path, port=free_port()), free, Wanted(kafka=True))
    assert needs(plan, "rules") == {"migrate", "kafka"}
    assert needs(plan, "source") == {"migrate", "kafka"}
    for name in ("simulator", "simulator-documents", "simulator-conference"):
        assert {"rules", "source", "live"} <= needs(plan, name)


def test_the_district_of_the_past_has_no_documents_and_no_conferences(tmp_path: Path, free: Ports) -> None:
    plan = planned(Settings(tmp_path, port=free_port()), free, Wanted(profile="2024"))
    assert [name for name in names(plan) if name.startswith("simulator")] == ["simulator"]


def test_a_database_and_a_redis_elsewhere_are_not_started(free: Ports) -> None:
    plan = planned(ELSEWHERE, free, Wanted(simulator=False))
    assert names(plan) == [
        "migrate", "meaning", "rules", "door", "worker", "dashboard", "alerts", "snapshots", "live", "warning",
        "declared",
    ]  # fmt: skip
    assert needs(plan, "migrate") == set()
    assert (plan.state.database_url, plan.state.redis_url) == ("postgresql://db/ioc", "redis://r/0")


def test_kafka_is_started_when_asked_for_and_waited_for(tmp_path: Path, free: Ports) -> None:
    plan = planned(Settings(tmp_path, port=free_port()), free, Wanted(kafka=True))
    assert plan.state.kafka == f"127.0.0.1:{plan.state.ports['kafka']}"
    assert {"kafka"} <= needs(plan, "door") & needs(plan, "worker")


def test_a_kafka_elsewhere_is_used_even_when_one_is_asked_for(tmp_path: Path, free: Ports) -> None:
    plan = planned(Settings(tmp_path, kafka="k:9092", port=free_port()), free, Wanted(kafka=True))
    assert plan.state.kafka == "k:9092"
    assert "kafka" not in names(plan)


def test_several_workers_have_names_of_their_own(free: Ports) -> None:
    plan = planned(ELSEWHERE, free, Wanted(workers=2, simulator=False))
    assert names(plan) == [
        "migrate",
        "meaning",
        "rules",
        "door",
        "worker-1",
        "worker-2",
        "dashboard",
        "alerts",
        "snapshots",
        "live",
        "warning",
        "declared",
    ]
    assert needs(plan, "live") == {"worker-1", "worker-2", "dashboard"}


def test_a_taken_wall_port_is_a_sentence(free: Ports) -> None:
    planned(ELSEWHERE, free)
    with pytest.raises(ServiceError, match=f"port {ELSEWHERE.port} is taken: choose another one with --port"):
        planned(ELSEWHERE, free)


def test_the_door_trusts_the_simulated_authority_unless_another_one_is_named(tmp_path: Path, free: Ports) -> None:
    home = Settings(tmp_path, port=free_port())
    simulated = planned(home, free)
    own = planned(replace(home, port=free_port(), certificate_chain=tmp_path / "chain.pem"), free)
    real = planned(replace(home, port=free_port()), free, Wanted(simulator=False))
    assert _door(simulated).environment["IOC_CERTIFICATE_CHAIN"] == str(tmp_path / "simulator" / "authority.pem")
    for plan in (own, real):
        assert "IOC_CERTIFICATE_CHAIN" not in _door(plan).environment
        assert "seals" not in names(plan)


def _door(plan: Plan) -> Service:
    return next(part for part in plan.parts if isinstance(part, Service) and part.name == "door")
