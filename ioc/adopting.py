"""Bring rules into force: compare with what is, say what changes, append once to each partition of the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from ioc.errors import IocError
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.contracts.registry import Adopted
    from ingest.rules.changes import CalendarChanges, RegisterChanges
    from stream.rulebook import Adoption

    Changes: TypeAlias = CalendarChanges | RegisterChanges


class VersionTakenError(IocError):
    """The version's name was used for other content."""


@dataclass(frozen=True)
class Intent:
    """What adopting would do. `replaces` is the version in force; None before the first register.

    `waiting` are partitions that do not go by these rules yet: empty where nothing is left to do.
    """

    data: "Adopted"
    replaces: str | None
    changes: "Changes"
    waiting: frozenset[int]


def intent(settings: Settings, data: "Adopted") -> Intent:
    """What adopting `data` would do now.

    Raises `VersionTakenError` for a version that was adopted with other content.
    """
    from ingest.contracts.rules import CalendarAdopted
    from ingest.rules.adoption import kind_of
    from ingest.rules.changes import calendar_changes, register_changes
    from stream.rulebook import newest, program_calendar

    adoptions = read_adoptions(settings)
    _check_name(adoptions, data)
    before = newest(adoptions, kind_of(data))
    changes: Changes
    replaces = before.version if before else None
    if isinstance(data, CalendarAdopted):
        in_force = before.calendar() if before else program_calendar()
        changes, replaces = calendar_changes(in_force, data), in_force.version
    else:
        changes = register_changes(before.register() if before else None, data)
    met = frozenset(before.since) if before is not None and content_of(before) == data else frozenset()
    waiting = frozenset(range(settings.partitions)) - met
    return Intent(data, replaces, changes, waiting)


def adopt(settings: Settings, data: "Adopted") -> int:
    """Append `data` to every partition, durable when this returns; answers how many partitions there are."""
    from ingest.rules.adoption import entries_for
    from ioc.wiring import open_log

    log = open_log(settings)
    try:
        entries = entries_for(data, log.partitions, datetime.now(UTC))
        log.append(entries)
    finally:
        log.close()
    return len(entries)


def read_adoptions(settings: Settings) -> "list[Adoption]":
    """Everything that ever came into force."""
    from ioc.wiring import connect
    from stream.rulebook import adopted

    with connect(settings) as connection:
        return list(adopted(connection))


def content_of(adoption: "Adoption") -> "Adopted":
    """The rules of an adoption."""
    return adoption.calendar() if adoption.kind == "calendar" else adoption.register()


def _check_name(adoptions: "Iterable[Adoption]", data: "Adopted") -> None:
    from ingest.rules.adoption import kind_of

    for each in adoptions:
        if each.kind == kind_of(data) and each.version == data.version and content_of(each) != data:
            raise VersionTakenError(
                f"version {data.version} was adopted {each.known_at:%Y-%m-%d} with other content: give it a new version"
            )
