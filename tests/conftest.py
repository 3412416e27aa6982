"""Fixtures for all tests, by theme: one module for each server."""

pytest_plugins = [
    "tests.servers.browser",
    "tests.servers.document_door",
    "tests.servers.door",
    "tests.servers.home",
    "tests.servers.kafka",
    "tests.servers.logs",
    "tests.servers.postgres",
    "tests.servers.stream",
    "tests.servers.valkey",
    "tests.servers.wall",
]
