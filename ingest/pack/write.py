"""Write the vendor's pack into a folder: guide, AsyncAPI document, JSON Schemas, examples."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import msgspec

from ingest.contracts.schemas.generate import schemas, text
from ingest.pack.asyncapi import asyncapi
from ingest.pack.messages import examples


def contents() -> Mapping[str, bytes]:
    """Every file of the pack by its path, with `/`."""
    return dict(_contents())


def write_pack(folder: Path) -> list[Path]:
    """Write the pack; files of the same name are replaced, others are left alone. Answers what was written."""
    written = []
    for name, content in contents().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def _contents() -> Iterator[tuple[str, bytes]]:
    here = files("ingest.pack")
    yield "README.md", (here / "GUIDE.md").read_bytes()
    yield "asyncapi.json", msgspec.json.format(msgspec.json.encode(asyncapi()), indent=2) + b"\n"
    for name, schema in schemas().items():
        yield f"schemas/{name}", text(schema).encode()
    for example in examples():
        yield f"examples/events/{example.event_type.removeprefix('vn.ioc.')}.json", example.event + b"\n"
    for file in sorted((here / "examples").iterdir(), key=lambda each: each.name):
        yield f"examples/{file.name}", file.read_bytes()
