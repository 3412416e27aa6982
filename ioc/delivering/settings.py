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
        """The secret. Raises `DeliveryError` where there is none: it is tried again, since somebody may mend it."""
        if self.file is None:
            found = self.place.environment.get(self.variable or "", "").strip()
            if not found:
                raise DeliveryError(f"the variable {self.variable} has no secret")
            return found
        path = self.place.path(self.file)
        try:
            found = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise DeliveryError(f"the secret in {path} can't be read: {type(error).__name__}") from error
        if not found:
            raise DeliveryError(f"there is no secret in {path}")
        return found
