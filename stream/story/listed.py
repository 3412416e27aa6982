"""A list of cases as a JSON document. Keys are a contract."""

from datetime import datetime

from stream.core.moment import datetime_of
from stream.report.ii06a import LEVEL_CODES
from stream.story.document import CHANNELS, LOCAL, moment_text, status_document, unit_document
from stream.story.listing import Line, Listed
from stream.story.plain import PLAIN
from stream.story.plain_listing import PlainLine, PlainListed


def list_document(
    listed: Listed | PlainListed, as_of: int, known_at: datetime | None, *, limit: int
) -> dict[str, object]:
    """The lines of a page, how many cases there are in all, and after which code the next page begins."""
    full = len(listed.lines) == limit
    return {
        "as_of": datetime_of(as_of).astimezone(LOCAL).isoformat(),
        "known_at": None if known_at is None else known_at.astimezone(LOCAL).isoformat(),
        "number": listed.number,
        "next_after": listed.lines[-1].code if full and listed.lines else None,
        "cases": [
            plain_line_document(line) if isinstance(line, PlainLine) else line_document(line) for line in listed.lines
        ],
    }


def line_document(line: Line) -> dict[str, object]:
    """One application of a list."""
    held, application = line.standing, line.judged.application
    level = line.judged.rules.of_procedure(application.procedure).level
    return {
        "code": line.code,
        "unit": unit_document(held.unit, held.as_of),
        "field": {"code": line.field.code, "name": line.field.name},
        "procedure": line.procedure,
        "level": LEVEL_CODES[level],
        "channel": CHANNELS.get(application.channel),
        "status": status_document(held.status),
        "received": moment_text(application.received),
        "due": moment_text(held.due),
        "remaining_seconds": held.remaining,
        "paused_since": moment_text(held.paused_since),
        "levels": sorted(held.levels),
    }


def plain_line_document(line: PlainLine) -> dict[str, object]:
    """One case without a clock of its own."""
    held = line.standing
    return {
        "code": line.code,
        "kind": PLAIN[line.kind],
        "unit": unit_document(held.unit, held.as_of),
        "status": status_document(held.status, line.kind),
        "received": moment_text(line.received),
        "due": moment_text(held.due),
        "levels": sorted(held.levels),
    }
