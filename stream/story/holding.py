"""What holds of a case at a moment, in sentences."""

from collections.abc import Iterator, Sequence

from stream.core.application import Application
from stream.core.moment import Moment
from stream.story.naming import measure_said, moment_said, unit_said
from stream.story.plain import PLAIN, plain_now
from stream.story.reading import Story, letters_of
from stream.story.words import Said, clock, say, worktime


def now(story: Story) -> Iterator[Said]:
    """What holds at the moment that the story is told as of."""
    return plain_now(story) if story.kind in PLAIN else _now(story)


def _now(story: Story) -> Iterator[Said]:
    held, application = story.standing, story.judged.application
    if held.status is None:
        yield say("now.no_status")
    else:
        yield say("now.status", status=say(f"status.{held.status}"), code=held.status)
    if held.unit is not None:
        yield say("now.unit", unit=unit_said(held.unit, held.as_of))
    if application.received is None or application.received > held.as_of:
        yield say("now.not_received")
    else:
        yield say("now.received", received=clock(application.received))
        yield say("now.no_due") if held.due is None else say("now.due", due=clock(held.due))
    yield from _clocks(story)
    if held.ended_as is not None and application.ended is not None:
        yield say("now.ended", ended=clock(application.ended), how=measure_said(held.ended_as))
    if application.returned is not None and application.returned <= held.as_of:
        yield say("now.returned", returned=clock(application.returned))
    yield from stays(story)
    yield from pauses(story)
    for finding in application.findings:
        what = measure_said(finding.measure)
        yield say("now.finding", finding=what, at=clock(finding.at), unit=unit_said(finding.unit, finding.at))
    yield from letters(story)
    yield from by_index(story)


def _clocks(story: Story) -> Iterator[Said]:
    held, working_day = story.standing, story.judged.rules.calendar.working_day
    if held.remaining is not None:
        key = "now.over" if held.remaining < 0 else "now.remaining"
        yield say(key, time=worktime(held.remaining, working_day))
    if held.paused_since is not None:
        yield say("now.stopped", since=clock(held.paused_since))
    for level in ("overdue", "due_soon"):
        if level in held.levels:
            yield say(f"now.{level}")


def stays(story: Story) -> Iterator[Said]:
    """Each unit with the time in which the application was its, where it was in more than one."""
    found = units_of(story.judged.application)
    for start, end, unit in found if len(found) > 1 else ():
        key = "now.last_stay" if end is None else "now.stay"
        yield say(key, unit=unit_said(unit, start), start=clock(start), end=moment_said(end))


def units_of(application: Application) -> Sequence[tuple[Moment, Moment | None, int]]:
    """From when until when it belonged to which unit: None while it does."""
    found: list[tuple[Moment, Moment | None, int]] = []
    for start, end, unit, _ in application.stretches:
        if found and found[-1][2] == unit:
            found[-1] = (found[-1][0], end, unit)
        else:
            found.append((start, end, unit))
    return found


def pauses(story: Story) -> Iterator[Said]:
    """Each time in which the clock stood, with its working time."""
    calendar = story.judged.rules.calendar
    for pause in story.judged.application.pauses:
        if pause.end is None:
            yield say("now.running_pause", start=clock(pause.start))
        else:
            time = worktime(calendar.measure(pause.start, pause.end), calendar.working_day)
            yield say("now.pause", start=clock(pause.start), end=clock(pause.end), time=time)


def letters(story: Story) -> Iterator[Said]:
    """Whether a letter of apology is owed, and whether one was sent."""
    since = story.standing.letter_owed_since
    sent = [chapter.at for chapter in letters_of(story) if chapter.at <= story.standing.as_of]
    if since is None:
        if sent:
            yield say("now.letter_unowed", sent=clock(sent[0]))
    elif sent:
        yield say("now.letter_sent", since=clock(since), sent=clock(sent[0]))
    else:
        yield say("now.letter_owed", since=clock(since))


def by_index(story: Story) -> Iterator[Said]:
    """Whether it is late by the service-quality index, and why (handbook section 5)."""
    held, application = story.standing, story.judged.application
    if not story.steps:
        return
    if held.late_by_index is None:
        yield say("index.not_counted")
    elif held.late_by_index:
        yield _late(story, application)
    elif held.paused_since is not None:
        yield say("index.waiting", since=clock(held.paused_since))
    else:
        yield say("index.in_time")


def _late(story: Story, application: Application) -> Said:
    second, held = application.second_request, story.standing
    if second is not None and second <= held.as_of:
        return say("index.second", since=clock(second))
    if held.ended_as is not None:
        return say("index.ended_late")
    return say("index.overdue" if "overdue" in held.levels else "index.asked_late")
