"""What a version of rules may be called: it is part of a key in the log and of every passport."""

import re
from typing import Final

from ingest.rules.problems import ProblemError

_SHAPE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,59}")


def check_version(given: object) -> str:
    """The version: 1 to 60 letters, digits, dots, underscores and hyphens, or `ProblemError`."""
    if given is None:
        raise ProblemError('missing: give the version a name, as "moc-chau-2027-1"', "thiếu: hãy đặt tên phiên bản")
    if not isinstance(given, str) or not _SHAPE.fullmatch(given):
        raise ProblemError(
            f"{given!r} can't be a version: use 1 to 60 letters, digits and . _ -",
            f"{given!r} không thể là tên phiên bản: dùng 1 đến 60 chữ cái, chữ số và . _ -",
        )
    return given
