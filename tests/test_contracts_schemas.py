"""The committed JSON Schemas are those of the classes, and no change breaks what was released."""

import copy
from typing import Any

import jsonschema
import msgspec
import pytest

from ingest.contracts import registry
from ingest.contracts.envelope import encode_envelope
from ingest.contracts.schemas.compare import breaking_changes, breaking_release
from ingest.contracts.schemas.generate import FOLDER, RELEASED, Schema, read, schemas, text
from ingest.sources.onestop_sync import translate
from tests.onestop_records import SOURCE, a_body, a_heartbeat, a_progress, a_record

RENEW = "run `make schemas`"


def test_the_committed_schemas_are_those_of_the_classes() -> None:
    committed = {path.name: path.read_text() for path in FOLDER.glob("*.json")}
    assert committed == {name: text(schema) for name, schema in schemas().items()}, RENEW


def test_every_registered_type_has_a_schema_beside_the_envelope() -> None:
    assert len(schemas()) == len(registry.CLASSES) + 1
    assert {schema["$id"] for schema in schemas().values()} == {
        "urn:ioc:envelope:1",
        *(registry.dataschema(event_type, version) for event_type, version in registry.CLASSES),
    }


def test_nothing_released_is_broken() -> None:
    assert read(RELEASED), "nothing was ever released"
    assert breaking_release(read(RELEASED), schemas()) == []


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas()[name])


def test_what_is_sent_and_translated_fits_the_schemas() -> None:
    envelope = translate(a_body(a_record(TaiLieuNop=[{"DuocSoHoa": "1"}])), SOURCE).envelopes[0]
    jsonschema.validate(msgspec.json.decode(encode_envelope(envelope)), schemas()["envelope.1.json"])
    jsonschema.validate(msgspec.json.decode(envelope.data), schemas()["onestop.application.recorded.1.json"])
    jsonschema.validate(a_progress()["data"], schemas()["onestop.application.progressed.1.json"])
    jsonschema.validate(a_heartbeat()["data"], schemas()["source.heartbeat.1.json"])


OLD: Schema = {
    "$ref": "#/$defs/Case",
    "$defs": {
        "Case": {
            "type": "object",
            "properties": {
                "code": {"type": "string", "minLength": 1, "maxLength": 20},
                "status": {"$ref": "#/$defs/Status"},
                "fee": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}], "default": None},
                "steps": {"type": "array", "items": {"$ref": "#/$defs/Step"}, "default": []},
            },
            "required": ["code", "status"],
        },
        "Status": {"enum": [1, 2, 3]},
        "Step": {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]},
    },
}


def changed(path: str, value: Any) -> Schema:
    """`OLD` with the keyword at `path` (below `$defs`) set, or removed for the value ..."""
    schema = copy.deepcopy(OLD)
    *parents, last = path.split(".")
    node: Any = schema["$defs"]
    for parent in parents:
        node = node[int(parent) if parent.isdigit() else parent]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return schema


BREAKING = [
    ("Case.properties.fee", ..., "$.fee: removed"),
    ("Case.properties.code.maxLength", 10, "$.code: maxLength was 20, is 10"),
    ("Case.properties.code.maxLength", 40, "$.code: maxLength was 20, is 40"),
    ("Case.properties.code.pattern", "^H", "$.code: pattern was None, is ^H"),
    ("Case.properties.code.type", "integer", "$.code: string is no longer accepted"),
    ("Case.properties.fee.anyOf.0.minimum", 1, "$.fee: minimum was 0, is 1"),
    ("Case.properties.fee.anyOf", [{"type": "integer", "minimum": 0}], "$.fee: null is no longer accepted"),
    ("Case.properties.fee.default", 0, "$.fee: left out, it means 0, not None"),
    ("Case.properties.code.type", ["string", "null"], "$.code: null is new, no reader expects it"),
    ("Case.required", ["code", "status", "fee"], "$.fee: now required"),
    ("Case.required", ["code"], "$.status: may be missing now"),
    ("Status.enum", [1, 2], "$.status: the value 3 is no longer accepted"),
    ("Status.enum", [1, 2, 3, 4], "$.status: the value 4 is new, no reader expects it"),
    ("Step.required", [], "$.steps[].at: may be missing now"),
    ("Step.properties.at.type", "integer", "$.steps[].at: string is no longer accepted"),
    ("Case.additionalProperties", False, "$: additionalProperties was None, is False"),
]


@pytest.mark.parametrize(("path", "value", "sentence"), BREAKING)
def test_a_breaking_change_is_named(path: str, value: object, sentence: str) -> None:
    assert sentence in breaking_changes(OLD, changed(path, value))


def test_a_new_property_that_is_required_breaks() -> None:
    new = changed("Case.properties.channel", {"type": "integer"})
    new["$defs"]["Case"]["required"].append("channel")
    assert breaking_changes(OLD, new) == ["$.channel: now required"]


HARMLESS = [
    ("Case.properties.note", {"type": "string"}),
    ("Step.properties.by", {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}),
    ("Case.description", "Says it better."),
    ("Case.title", "Case"),
    ("Step.properties.at.examples", ["2024-07-12"]),
    ("Case.required", ["status", "code"]),
    ("Status.enum", [3, 2, 1]),
]


@pytest.mark.parametrize(("path", "value"), HARMLESS)
def test_an_optional_property_or_another_text_breaks_nothing(path: str, value: object) -> None:
    new = changed(path, value)
    assert new != OLD
    assert breaking_changes(OLD, new) == []


def test_removing_what_was_added_breaks() -> None:
    assert breaking_changes(changed("Case.properties.note", {"type": "string"}), OLD) == ["$.note: removed"]


def test_a_definition_may_be_renamed_or_written_in_place() -> None:
    new = changed("Case.properties.status", {"enum": [1, 2, 3]})
    assert breaking_changes(OLD, new) == []


def test_a_schema_that_is_gone_breaks_and_a_new_one_does_not() -> None:
    assert breaking_release({"a.1.json": OLD}, {"b.1.json": OLD}) == ["a.1.json: removed"]
    assert breaking_release({"a.1.json": OLD}, {"a.1.json": OLD, "a.2.json": OLD}) == []
