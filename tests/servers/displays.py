"""A centre that only displays and operators may look into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from tests.building.televisions import Television
from tests.servers.data_page import script_key
from tests.servers.wall import Wall, make_district

SHOWING: Mapping[str, object] = {"name": "Sảnh tầng 1", "scenes": ["overview"], "seconds": 20}


@dataclass
class Centre:
    """The process, and what its operator does."""

    wall: Wall

    @property
    def url(self) -> str:
        return self.wall.url

    def operator(self, path: str, body: object | None = None) -> httpx.Response:
        """What a script with the key asks."""
        headers = {"authorization": f"Bearer {script_key(self.wall)}", "origin": self.url}
        if body is None:
            return httpx.get(self.url + path, headers=headers)
        return httpx.post(self.url + path, headers=headers, json=body)

    def approve(self, code: str, **showing: object) -> int:
        answer = self.operator("/displays/approve", {"code": code, "showing": {**SHOWING, **showing}})
        assert answer.status_code == 200, answer.text
        number: int = answer.json()["id"]
        return number

    def television(self, **showing: object) -> tuple[Television, int]:
        """One that was approved and has a session."""
        made = Television(self.url)
        number = self.approve(made.ask()["code"], **showing)
        assert made.prove(number).status_code == 200
        return made, number

    def listed(self, number: int) -> dict[str, Any]:
        [found] = [
            each for each in self.operator("/displays/state").json()["state"]["displays"] if each["id"] == number
        ]
        return dict(found)


@pytest.fixture(scope="module")
def closed_centre(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Centre]:
    """One for the tests of a module; only enrolled displays and operators see it."""
    wall = Wall(
        tmp_path_factory.mktemp("centre"), make_district(postgres), valkey.url, options=("--access", "enrolled")
    )
    wall.start()
    yield Centre(wall)
    wall.stop()
