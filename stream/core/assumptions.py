"""What is counted by a working assumption and not by a rule (domain handbook, C).

`stream/assumptions.toml` has them with their source; the worker hands them in with its rules. Without any, nothing is
allowed for.
"""

import msgspec


class OfDocuments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What documents and certificates are counted by.

    Receipt was acknowledged promptly within `acknowledge_days` working days; a certificate expires soon in the last
    `expiring_days` days before it does.
    """

    acknowledge_days: int = 0
    expiring_days: int = 0


class OfMeetings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What meetings are counted by.

    A meeting that begins, or a site that joins, up to `late_minutes` late is on time. A site away for `away_minutes`
    while its meeting is on is an alarm. A meeting whose end nobody tells is on for `unended_hours`, 0 for ever.
    """

    late_minutes: int = 0
    away_minutes: int = 0
    unended_hours: int = 0


class Assumptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, by what they are about."""

    documents: OfDocuments = OfDocuments()
    meetings: OfMeetings = OfMeetings()


NONE_ASSUMED = Assumptions()
