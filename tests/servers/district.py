"""A small district that was told in January, made once: tests have copies of its database."""

from collections.abc import Iterator

import pytest

from ioc.services.postgres import EmbeddedPostgres
from tests.building.scheduling import a_database, tell_lives


@pytest.fixture(scope="session")
def told(postgres: EmbeddedPostgres, migrated: str) -> Iterator[str]:
    """The name of its database, to make others from."""
    with a_database(postgres, migrated) as name:
        tell_lives(postgres.url(name))
        yield name


@pytest.fixture
def district(postgres: EmbeddedPostgres, told: str) -> Iterator[str]:
    """The address of a district of one's own."""
    with a_database(postgres, told) as name:
        yield postgres.url(name)
