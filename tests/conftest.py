"""Fixtures for all tests, by theme: one module for each server."""

from hypothesis import settings

# How long an example takes says more of the machine than of the code: speeds are measured by `ioc bench`.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

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
    "tests.servers.centre",
    "tests.servers.district",
    "tests.servers.displays",  # after what it imports
]
