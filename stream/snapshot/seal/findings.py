"""What a check found, one by one, in plain words of both languages."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from stream.kpi.definition import Bilingual
from stream.snapshot.seal.wording import Severity, words


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found: an `error` (not proven), a `warning` (it holds, but look), or a `note` (looked for, and so).

    `where` is the file, and within it the place; `facts` are what the sentence was made of.
    """

    severity: Severity
    code: str
    where: str
    text: Bilingual
    facts: dict[str, Any] = {}


class Findings(msgspec.Struct, frozen=True):
    """All findings of a check, in the order in which they were looked for."""

    all: tuple[Finding, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether there is no error."""
        return not any(each.severity == "error" for each in self.all)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those because of which it is not proven."""
        return tuple(each for each in self.all if each.severity == "error")

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.all)


def found(code: str, where: str, **facts: Any) -> Finding:
    """The finding of that code (a name in `wording.toml`), with the words for it."""
    said = words().findings[code]
    text = Bilingual(said.vi.format(**facts), said.en.format(**facts))
    return Finding(severity=said.severity, code=code, where=where, text=text, facts=facts)


def findings(parts: Iterable[Finding]) -> Findings:
    """All of them together."""
    return Findings(tuple(parts))
