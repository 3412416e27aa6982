"""The moments that an event may speak of. Outside lies a slip of a digit, and dates that arithmetic cannot carry."""

from datetime import UTC, datetime
from typing import Final

import msgspec

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def moment_out_of_range(data: msgspec.Struct) -> str | None:
    """The path of the first moment before `EARLIEST` or not before `LATEST`, or None when all are within."""
    for name in data.__struct_fields__:
        value = getattr(data, name)
        if isinstance(value, datetime):
            if not EARLIEST <= value < LATEST:
                return name
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, msgspec.Struct) and (inner := moment_out_of_range(item)):
                    return f"{name}[{index}].{inner}"
    return None
