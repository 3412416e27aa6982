"""The production files say what the README promises. No container engine is needed to check that much."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from ioc.__main__ import cli

DOCKER = Path(__file__).parents[1] / "docker"
COMPOSE: Mapping[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: Mapping[str, Mapping[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
RUNS_ONCE = {"migrate"}
EXACT = re.compile(r"[\w./-]+:\d+\.\d+\.\d+[\w.-]*")
every_service = pytest.mark.parametrize("name", SERVICES)


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
    else:
        yield str(node)


def test_production_has_log_store_hint_and_our_programs() -> None:
    ours = {"migrate", "door", "worker", "dashboard", "warning", "alerts", "snapshots"}
    assert set(SERVICES) == {"kafka", "timescaledb", "redis", *ours}
    assert set(OURS) == ours


@every_service
def test_images_are_exact_versions(name: str) -> None:
    assert EXACT.fullmatch(SERVICES[name]["image"])


def test_base_images_are_exact_versions() -> None:
    bases = re.findall(r"^FROM (\S+)", (DOCKER / "Dockerfile").read_text(), re.MULTILINE)
    assert bases
    assert all(EXACT.fullmatch(base) for base in bases)


def test_the_broker_is_the_version_that_the_tests_run_against() -> None:
    tested = re.search(r"<kafka\.version>(.+)</kafka\.version>", (DOCKER / "kafka" / "pom.xml").read_text())
    assert tested is not None
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{tested[1]}"


@every_service
def test_nobody_is_root_or_can_become_root(name: str) -> None:
    assert SERVICES[name]["user"].split(":")[0] not in {"", "0", "root"}
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]
    assert "privileged" not in SERVICES[name]


def test_the_image_itself_is_not_root_either() -> None:
    text = (DOCKER / "Dockerfile").read_text()
    assert re.findall(r"^USER (\S+)", text, re.MULTILINE)[-1] == OURS["door"]["user"]
    assert "--require-hashes" in text
    assert "HEALTHCHECK" in text


@every_service
def test_programs_cannot_change_themselves(name: str) -> None:
    assert SERVICES[name].get("read_only", False) == (name != "kafka"), "only Kafka writes beside its program"


@every_service
def test_every_service_tells_its_health_and_is_started_again(name: str) -> None:
    service = SERVICES[name]
    if name in RUNS_ONCE:
        assert service["healthcheck"] == {"disable": True}
        assert service["restart"].startswith("on-failure")
    else:
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
        assert service["restart"] == "unless-stopped"


@every_service
def test_every_service_has_limits(name: str) -> None:
    limits = SERVICES[name]["deploy"]["resources"]["limits"]
    assert float(limits["cpus"]) > 0
    assert re.fullmatch(r"\d+[mg]", limits["memory"])


def test_only_the_dashboard_is_published_and_only_on_loopback() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"dashboard": ["127.0.0.1:8050:8050"]}
    assert not any("network_mode" in service for service in SERVICES.values())


def test_only_what_is_seen_and_what_sends_has_a_way_out() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    reach_out = [name for name, service in SERVICES.items() if service["networks"] != ["inside"]]
    assert reach_out == ["dashboard", "alerts", "snapshots"]


def test_secrets_come_from_files_that_git_ignores() -> None:
    root = DOCKER.parent
    assert "docker/secrets/" in (root / ".gitignore").read_text().splitlines()
    assert (root / ".dockerignore").read_text().splitlines()[0] == "*"
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"secrets/{name}"}
    for service in SERVICES.values():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])


@every_service
def test_no_password_stands_in_the_file(name: str) -> None:
    for variable, value in SERVICES[name].get("environment", {}).items():
        secret = re.search(r"PASSWORD|SECRET|TOKEN|_URL", variable)
        assert not secret or value.startswith("/run/secrets/"), f"{variable} has to be a file"
    assert not any(re.search(r"://[^/\s]*:[^/\s]*@", text) for text in strings(SERVICES[name]))


def test_each_secret_is_handed_only_to_who_needs_it() -> None:
    holders = {
        secret: {name for name, service in SERVICES.items() if secret in service.get("secrets", [])}
        for secret in COMPOSE["secrets"]
    }
    assert holders == {
        "postgres_password": {"timescaledb"},
        "redis_conf": {"redis"},
        "database_url": set(OURS),
        "redis_url": set(OURS),
    }


def test_nobody_starts_before_what_it_needs() -> None:
    for name in set(OURS) - RUNS_ONCE:
        assert SERVICES[name]["depends_on"] == {
            "kafka": {"condition": "service_healthy"},
            "timescaledb": {"condition": "service_healthy"},
            "redis": {"condition": "service_healthy"},
            "migrate": {"condition": "service_completed_successfully"},
        }


@pytest.mark.parametrize("name", OURS)
def test_each_command_is_one_that_the_command_line_understands(name: str) -> None:
    words = list(SERVICES[name]["command"])
    command: click.Command = cli
    with click.Context(cli) as context:
        while isinstance(command, click.Group):
            found = command.get_command(context, words.pop(0))
            assert found is not None
            command = found
        command.make_context(name, words, parent=context)  # raises where an option is unknown
