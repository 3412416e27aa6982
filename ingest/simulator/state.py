"""How far the simulator has sent, kept in a small file: a restart goes on where the last run ended."""

from datetime import date, datetime
from pathlib import Path

import msgspec

from ingest.errors import IngestError


class OtherStateError(IngestError):
    """The state file belongs to another district, or can't be read: going on with it would mix two districts."""


class ExpressTraffic(msgspec.Struct, frozen=True, kw_only=True):
    """Additional traffic: how many records a second, and until when it ran."""

    rate: float
    until: datetime


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Of which district, and how far.

    `sender` is the registration it was sent under: with a new one, the other side may know nothing yet.
    What began before the local day `begin` was never sent; of the rest everything up to `sent_until` was. What is only
    told in detail of the present (documents as edXML, the quality of lines) is so from `detailed_from` on.
    """

    profile: str
    seed: int
    sender: str
    begin: date
    sent_until: datetime
    express: ExpressTraffic | None = None
    detailed_from: datetime | None = None


class StateFile:
    """The file; None as its path keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def load(self, profile: str, seed: int) -> State | None:
        """What was saved last, None where nothing was; raises `OtherStateError`."""
        if self._path is None or not self._path.exists():
            return None
        try:
            state = msgspec.json.decode(self._path.read_bytes(), type=State)
        except msgspec.MsgspecError as error:
            raise OtherStateError(f"{self._path} is not a state of the simulator ({error}): remove it") from error
        if (state.profile, state.seed) != (profile, seed):
            raise OtherStateError(
                f"{self._path} belongs to profile {state.profile} with seed {state.seed}:"
                f" ask for these, or name another state file for profile {profile} with seed {seed}"
            )
        return state

    def save(self, state: State) -> None:
        """Replace the file as a whole: a reader, or a restart after a crash, sees the old one or the new one."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f".{self._path.name}.new")
        draft.write_bytes(msgspec.json.encode(state))
        draft.replace(self._path)
