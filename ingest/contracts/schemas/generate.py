"""From the classes of the contract to JSON Schema (draft 2020-12), one document a type and version."""

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope

Schema = dict[str, Any]

FOLDER: Final = Path(__file__).parent
RELEASED: Final = FOLDER / "released"


def schemas() -> Mapping[str, Schema]:
    """The schema of the envelope and of every registered (type, version), by file name."""
    return dict(_all())


def _all() -> Iterator[tuple[str, Schema]]:
    yield "envelope.1.json", _document("urn:ioc:envelope:1", Envelope)
    for (event_type, version), cls in registry.CLASSES.items():
        name = registry.dataschema(event_type, version)
        yield f"{event_type.removeprefix('vn.ioc.')}.{version}.json", _document(name, cls)


def _document(name: str, cls: type[msgspec.Struct]) -> Schema:
    schema: Schema = _tidied(msgspec.json.schema(cls))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **schema}


def _tidied(node: Any) -> Any:
    """The same schema with its descriptions, which are docstrings, freed of the indentation of the code."""
    if isinstance(node, (list, tuple)):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: inspect.cleandoc(value) if key == "description" and isinstance(value, str) else _tidied(value)
        for key, value in node.items()
    }


def text(schema: Schema) -> str:
    """A schema as it is committed."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def read(folder: Path) -> Mapping[str, Schema]:
    """The schemas in a folder, by file name."""
    return {path.name: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def write(folder: Path) -> None:
    """Write every schema into `folder`, and remove those of types that are no more."""
    wanted = schemas()
    for path in folder.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
    for name, schema in wanted.items():
        (folder / name).write_text(text(schema))
