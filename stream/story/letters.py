"""What a story knows of letters of apology, and what a letter needs to know of a story."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ingest.contracts.onestop import ApologySent, ApplicationRecorded
from stream.story.reading import Story, letters_of


class Told(NamedTuple):
    """A letter that was sent, as its sender told; `by` is the login of who marked it, where that was said."""

    sent_at: datetime
    number: str | None
    new_date: datetime | None
    reason: str | None
    by: str | None


def told_letters(story: Story) -> Sequence[Told]:
    """The letters that the log knows, by their own time."""
    events = [chapter.event for chapter in letters_of(story)]
    data = [event.data for event in events if event is not None and isinstance(event.data, ApologySent)]
    return [Told(each.sent_at, each.number, each.new_date, each.reason, each.by) for each in data]


def procedure_name(story: Story) -> str | None:
    """The procedure's name as the source last wrote it; None where it never did."""
    events = [chapter.event for chapter in story.chapters if chapter.event is not None]
    data = [event.data for event in events if isinstance(event.data, ApplicationRecorded)]
    return next((each.procedure_name for each in reversed(data) if each.procedure_name), None)
