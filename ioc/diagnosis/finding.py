"""What a look at one thing found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["ok", "absent", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`absent` is not there and not needed now; `broken` is needed and makes `ioc doctor` fail.

    `todo` says what to do; `facts` are the same things for programs.
    """

    topic: str
    state: State
    what: str
    todo: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
