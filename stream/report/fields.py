"""The fields (lĩnh vực) of the rows, by the numbers that the ledger has for them."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection

from stream.report.errors import ReportError
from stream.report.ii06a import Field
from stream.report.sums import rows


def read_fields(connection: Connection[Any]) -> Mapping[int, Field]:
    """Every field that was ever named, by its number."""
    return {number: Field(code, name) for number, code, name in rows(connection, "fields", {})}


def number_of(code: str, fields: Mapping[int, Field]) -> int:
    """The number of the field of that code; raises `ReportError` where none bears it."""
    for number, field in fields.items():
        if field.code == code:
            return number
    raise ReportError(f"no application was ever of a field {code}")
