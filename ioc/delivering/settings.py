"""What every channel's settings have, and secrets: named by file or by variable, never written among the settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from ioc.delivering.channel import DeliveryError

Seconds = Annotated[float, msgspec.Meta(ge=1, le=300)]
Days = Annotated[float, msgspec.Meta(gt=0, le=366)]
Filled = Annotated[str, msgspec.Meta(min_length=1)]


class ChannelSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The keys that every channel has.

    `timeout_seconds` is how long the other side may stay silent; a try takes ten minutes at most.
    """

    give_up_after_days: Days = 7
    timeout_seconds: Seconds = 60

    @property
    def give_up_after(self) -> timedelta:
        """For how long it is tried, from the seal on."""
        return timedelta(days=self.give_up_after_days)


@dataclass(frozen=True, slots=True)
class Place:
    """Where relative paths begin, and which variables there are."""

    home: Path
    environment: Mapping[str, str]

    def path(self, text: str) -> Path:
        """The file or folder that a setting names."""
        return self.home / Path(text).expanduser()


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or a token. It is read whenever it is needed: one that was replaced is used at once."""

    place: Place
    file: str | None = None
    variable: str | None = None

    def __bool__(self) -> bool:
        return self.file is not None or self.variable is not None

    def read(self) -> str:
        """The secret. Raises `DeliveryError` where there is none: it is tried again, since somebody may mend it.

        One of several lines is none: libraries quote what they can't send in their errors, which are kept and shown.
        """
        where, found = self._found()
        if not found:
            raise DeliveryError(f"there is no secret in {where}")
        if not found.isprintable():
            raise DeliveryError(f"the secret in {where} is not one line of letters and digits")
        return found

    def token(self) -> str:
        """The same, as a header takes it. Raises `DeliveryError` for signs that no token has (RFC 6750)."""
        found = self.read()
        if not found.isascii() or " " in found:
            raise DeliveryError(
                f"the secret in {self._found()[0]} is no token: it has spaces or other letters than ASCII"
            )
        return found

    def _found(self) -> tuple[str, str]:
        if self.file is None:
            return f"the variable {self.variable}", self.place.environment.get(self.variable or "", "").strip()
        path = self.place.path(self.file)
        try:
            return str(path), path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise DeliveryError(f"the secret in {path} can't be read: {type(error).__name__}") from error
