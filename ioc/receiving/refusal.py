"""What is refused, and how it is told: by a status, a code, a sentence, and what was found (RFC 9457)."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ioc.errors import IocError
from stream.snapshot.seal.findings import Finding

MEDIA_TYPE = "application/problem+json"


class RefusedError(IocError):
    """A request is refused. `code` is for programs, the sentence for people; `findings` are those of the check."""

    def __init__(self, status: int, code: str, detail: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(detail)
        self.status, self.code, self.findings = status, code, findings

    def body(self) -> bytes:
        """The answer's body."""
        told: dict[str, Any] = {"type": "about:blank", "status": self.status, "code": self.code, "detail": str(self)}
        if self.findings:
            told["findings"] = [
                {"severity": each.severity, "code": each.code, "where": each.where, "text": each.text}
                for each in self.findings
            ]
        return msgspec.json.encode(told)
