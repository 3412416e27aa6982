"""What only a meeting has to say: how late it began, who came, who is away, and the minutes that were lost."""

from collections.abc import Iterator

from stream.core.ledger import Measure, OfSite
from stream.core.meeting import Meeting
from stream.core.moment import Moment
from stream.core.presence import gaps
from stream.core.span import Span, covers
from stream.story.reading import Story
from stream.story.words import Said, clock, say

_MINUTES = {
    Measure.LATE_MINUTES: "minutes_late", Measure.AWAY_MINUTES: "minutes_away", Measure.MEETING_MINUTES: "minutes_on"
}  # fmt: skip


def tell_meeting(story: Story) -> Iterator[Said]:
    """As of the moment that the story is told as of."""
    meeting, as_of = story.judged.state, story.standing.as_of
    if not isinstance(meeting, Meeting) or meeting.started is None or meeting.started > as_of:
        return
    yield from _sites(story, as_of)
    for measure, name in _MINUTES.items():
        lost = sum(each.amount for each in story.judged.entries if each.measure == measure and each.at <= as_of)
        if lost:
            yield say(f"plain.{name}", n=lost)
    held = Span(meeting.started, meeting.ended)
    for site in meeting.sites if covers(held, as_of) else ():
        for gap in gaps(site.stays, held):
            if covers(gap, as_of):
                yield say("plain.site_away", site=site.site, at=clock(gap.start))
    longest = story.judged.rules.assumptions.meetings.unended_hours
    if meeting.ended is None and longest and as_of >= meeting.started + longest * 3_600:
        yield say("plain.no_end", hours=longest)


def _sites(story: Story, as_of: Moment) -> Iterator[Said]:
    """The invited sites that are registered for a unit."""
    invited = [each for each in story.judged.entries if each.measure == Measure.SITE_INVITED and each.at <= as_of]
    if invited:
        yield say(
            "plain.sites",
            invited=sum(each.amount for each in invited),
            attended=sum(each.amount for each in invited if each.traits & OfSite.ATTENDED),
            late=sum(each.amount for each in invited if each.traits & OfSite.LATE),
        )
