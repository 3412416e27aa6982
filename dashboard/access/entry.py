"""Whether the house stands open."""

import secrets
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Access: TypeAlias = Literal["open", "enrolled"]


@dataclass(frozen=True, slots=True)
class Entry:
    """`open`: anybody sees what needs no key. `enrolled`: only displays and operators with a session do.

    `secret` signs sessions. Where none is handed in, sessions end with the process: displays prove themselves again.
    """

    access: Access = "open"
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
