"""A figure broken down: by channel, by field, or by level of authority."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.errors import StreamError
from stream.kpi.definition import Kpi
from stream.kpi.narrowing import Filters, narrowed_kpi
from stream.kpi.terms import AUTHORITIES, CHANNELS
from stream.store.queries import query
from stream.store.register import read_register

Dimension: TypeAlias = Literal["channel", "field", "level"]


class Member(NamedTuple):
    """One of the values of a dimension: what filters call it, its name where it has one, and the KPI of it alone."""

    code: str
    title: str | None
    kpi: Kpi


def members_of(connection: Connection[Any], kpi: Kpi, dimension: Dimension) -> list[Member]:
    """The KPI for each value of a dimension, in the order of its numbers or codes.

    Together they are the whole: every channel and level there is, `unknown` too, and every field that was ever met.
    Raises `NarrowingError` where nothing in the KPI has the dimension.
    """
    match dimension:
        case "channel":
            return [Member(name, None, narrowed_kpi(kpi, Filters(channel=n))) for name, n in CHANNELS.items()]
        case "level":
            return [Member(name, None, narrowed_kpi(kpi, Filters(level=n))) for name, n in AUTHORITIES.items()]
        case "field":
            return [
                Member(code, title, narrowed_kpi(kpi, Filters(field=code)))
                for code, title in read_fields(connection).items()
            ]


class UnknownFieldError(StreamError):
    """No application and no procedure of the register was ever of this field."""


def check_field(connection: Connection[Any], code: str | None) -> None:
    """Raises `UnknownFieldError` for the code of a field that was never met: a slip would read as nothing at all."""
    if code is None or code in read_fields(connection):
        return
    if code not in {procedure.field for procedure in read_register(connection) or ()}:
        raise UnknownFieldError(f"no application or procedure was ever of a field {code}")


def read_fields(connection: Connection[Any]) -> Mapping[str, str | None]:
    """The fields (lĩnh vực) that were ever met, with their names; one statement."""
    return dict(connection.execute(query("read_fields")).fetchall())
