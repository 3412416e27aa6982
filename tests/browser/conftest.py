"""Dashboards that the tests of the pages about data share; each leaves them as it found them."""

from collections.abc import Iterator

import pytest

from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from tests.servers.still_dashboard import StillDashboard, still_dashboard


@pytest.fixture(scope="session")
def still(
    postgres: EmbeddedPostgres, migrated: str, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StillDashboard]:
    """Sources in every state and lines that were measured, on a Tuesday morning."""
    dashboard = still_dashboard(postgres, migrated, valkey.url, tmp_path_factory.mktemp("still"))
    with dashboard.running():
        yield dashboard


@pytest.fixture(scope="session")
def busy(
    postgres: EmbeddedPostgres, migrated: str, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StillDashboard]:
    """One whose tables each test fills as it needs (tests/browser/meetings.py), on the same morning."""
    dashboard = still_dashboard(postgres, migrated, valkey.url, tmp_path_factory.mktemp("busy"))
    with dashboard.running():
        yield dashboard
