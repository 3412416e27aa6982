"""The vendor's pack: a valid AsyncAPI document, and examples that the door would take."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from referencing import Registry, Resource

from ingest.contracts import registry
from ingest.contracts.schemas.generate import schemas
from ingest.pack.asyncapi import asyncapi
from ingest.pack.messages import SOURCE, Example, examples
from ingest.pack.write import contents, write_pack
from ingest.sources.cloudevents import take_in
from ioc.commands.ingest_check import check
from ioc.commands.ingest_pack import pack

OFFICIAL = Path(__file__).parent / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0-without-$id.json"
FILES = Registry().with_resources(
    (f"schemas/{name}", Resource.from_contents(schema)) for name, schema in schemas().items()
)


def test_the_document_is_asyncapi() -> None:
    assert [
        error.message for error in jsonschema.Draft7Validator(json.loads(OFFICIAL.read_text())).iter_errors(asyncapi())
    ] == []


def test_the_check_by_the_official_schema_can_fail() -> None:
    broken = {**asyncapi(), "channels": {"events": {"adress": "/v1/events"}}}
    assert not jsonschema.Draft7Validator(json.loads(OFFICIAL.read_text())).is_valid(broken)


def test_every_type_that_a_source_may_send_is_in_it_and_no_other() -> None:
    told = {
        message["payload"]["allOf"][1]["properties"]["type"]["const"]
        for message in asyncapi()["components"]["messages"].values()
    }
    assert told == {event_type for event_type, _ in registry.CLASSES} - registry.NOT_FROM_SOURCES


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.event_type)
def test_every_example_is_taken_by_the_door_and_fits_its_message(example: Example) -> None:
    taken = take_in(example.event, SOURCE)
    assert (len(taken.entries), taken.refusals) == (1, [])
    message = asyncapi()["components"]["messages"][example.event_type.removeprefix("vn.ioc.")]
    jsonschema.Draft202012Validator(message["payload"], registry=FILES).validate(json.loads(example.event))


def test_every_reference_of_the_document_is_a_file_or_a_place_of_the_pack() -> None:
    document, names = asyncapi(), set(contents())
    for reference in _references(document):
        if reference.startswith("#/"):
            found: object = document
            for step in reference[2:].split("/"):
                assert isinstance(found, dict), reference
                assert step in found, reference
                found = found[step]
        else:
            assert reference in names


def test_every_body_has_an_example_in_the_pack() -> None:
    told = [message["description"] for message in _messages(asyncapi()) if "description" in message]
    assert len(told) == 3
    assert {sentence.rsplit(" ", 1)[1] for sentence in told} <= set(contents())


def test_the_examples_of_bodies_and_tables_are_understood(tmp_path: Path) -> None:
    write_pack(tmp_path)
    for kind, name, *options in (
        ("onestop-sync", "onestop-sync.json"),
        ("edxml", "edxml.xml"),
        ("spreadsheet", "spreadsheet.csv", "--mapping", "documents"),
    ):
        asked = [kind, str(tmp_path / "examples" / name), "--agency", "H52.17.18=03980", "--format", "json", *options]
        done = CliRunner().invoke(check, asked)
        assert done.exit_code == 0, done.output
        [found] = json.loads(done.stdout)["files"]
        assert (found["understood"] > 0, found["refused"]) == (True, 0), done.stdout


def test_the_command_writes_the_pack(tmp_path: Path) -> None:
    done = CliRunner().invoke(pack, [str(tmp_path / "new" / "pack")])
    assert done.exit_code == 0, done.output
    written = {
        str(path.relative_to(tmp_path / "new" / "pack")) for path in (tmp_path / "new").rglob("*") if path.is_file()
    }
    assert written == set(contents())


def _messages(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [message for channel in document["channels"].values() for message in channel["messages"].values()]


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [each for value in node.values() for each in _references(value)]
    if isinstance(node, list):
        return [each for value in node for each in _references(value)]
    return []
