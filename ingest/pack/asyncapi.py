"""The AsyncAPI 3.0 document of the door: every address, what it takes, and what it answers.

It is made from the register of event types, so that it can't fall behind it. Schemas are referred to as files beside
it (`schemas/…`), examples as they lie in `examples/`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from ingest.contracts import registry
from ingest.pack.messages import Example, examples

VERSION: Final = "1.0.0"
_BEARER: Final = [{"$ref": "#/components/securitySchemes/token"}]
_ANSWER: Final[Mapping[str, Any]] = {
    "name": "answer",
    "title": "What the door answers",
    "contentType": "application/json",
    "payload": {
        "type": "object",
        "required": ["error_code", "message"],
        "properties": {
            "error_code": {
                "type": "integer",
                "minimum": 0,
                "maximum": 9,
                "description": "0: all is durable; docs: door.md",
            },
            "message": {"type": "string"},
            "accepted": {"type": "integer", "minimum": 0},
            "refused": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["index", "field", "reason", "reason_vi"],
                    "properties": {
                        "index": {"type": ["integer", "null"]},
                        "field": {"type": "string"},
                        "reason": {"type": "string"},
                        "reason_vi": {"type": "string"},
                    },
                },
            },
        },
    },
}
_BODIES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "onestopSync": (
        "/v1/onestop/sync", "application/json", "The national sync body DongBoHoSoMC: whole-state records",
        "onestop-sync.json",
    ),
    "edxml": (
        "/v1/documents/edxml", "application/xml", "edXML of QCVN 102:2016/BTTTT: a document, or a status message",
        "edxml.xml",
    ),
    "bigbluebutton": (
        "/v1/conference/bigbluebutton", "application/x-www-form-urlencoded",
        "A webhook of BigBlueButton, with ?source=ID and its checksum", "bigbluebutton.txt",
    ),
}  # fmt: skip
"""Bodies that are not events: address, media type, what it is, and the file of its example."""


def asyncapi() -> dict[str, Any]:
    """The document as JSON values."""
    made = list(examples())
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Trung tâm điều hành thông minh Mộc Châu: cửa tiếp nhận / the door of the operations centre",
            "version": VERSION,
            "description": "What a source may send. A body is answered when it is durable; sending again is harmless.",
        },
        "defaultContentType": "application/json",
        "servers": {"door": {"host": "localhost:8070", "protocol": "http", "security": _BEARER}},
        "channels": {"events": _events_channel(made), **{name: _body_channel(name) for name in _BODIES}},
        "operations": {name: operation for channel in ("events", *_BODIES) for name, operation in _operation(channel)},
        "components": {
            "messages": {_name(example): _message(example) for example in made},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "`ioc source add` shows it once"}
            },
        },
    }


def _events_channel(made: list[Example]) -> dict[str, Any]:
    messages = {_name(example): {"$ref": f"#/components/messages/{_name(example)}"} for example in made}
    return {
        "address": "/v1/events",
        "title": "CloudEvents 1.0 in JSON: one, or an array of them",
        "messages": {**messages, "answer": _ANSWER},
    }


def _body_channel(name: str) -> dict[str, Any]:
    address, media_type, title, example = _BODIES[name]
    body = {
        "name": name,
        "title": title,
        "contentType": media_type,
        "payload": {"type": "object" if media_type == "application/json" else "string"},
        "description": f"An example lies in examples/{example}",
    }
    return {"address": address, "title": title, "messages": {"body": body, "answer": _ANSWER}}


def _operation(channel: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The door receives; it replies with one shape."""
    here = f"#/channels/{channel}"
    sent = [_name(example) for example in examples()] if channel == "events" else ["body"]
    yield (
        f"send{channel[0].upper()}{channel[1:]}",
        {
            "action": "receive",
            "channel": {"$ref": here},
            "bindings": {"http": {"method": "POST", "bindingVersion": "0.3.0"}},
            "messages": [{"$ref": f"{here}/messages/{name}"} for name in sent],
            "reply": {"channel": {"$ref": here}, "messages": [{"$ref": f"{here}/messages/answer"}]},
        },
    )


def _message(example: Example) -> dict[str, Any]:
    name, schema = _name(example), registry.dataschema(example.event_type, example.version)
    return {
        "name": name,
        "title": (example.data.__doc__ or name).strip().partition("\n")[0],
        "contentType": "application/cloudevents+json",
        "payload": {
            "allOf": [
                {"$ref": "schemas/envelope.1.json"},
                {
                    "properties": {
                        "type": {"const": example.event_type},
                        "dataschema": {"const": schema},
                        "data": {"$ref": f"schemas/{name}.{example.version}.json"},
                    }
                },
            ]
        },
        "examples": [{"name": name, "payload": msgspec.json.decode(example.event)}],
    }


def _name(example: Example) -> str:
    return example.event_type.removeprefix("vn.ioc.")
