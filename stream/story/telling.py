"""A story told in sentences, in both languages."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from geo.units import all_units
from stream.core.application import Application
from stream.core.ledger import Measure
from stream.core.moment import Moment, date_of, day_of, moment_of
from stream.story.chapters import Chapter
from stream.story.due import DueStep
from stream.story.idle import idle_days
from stream.story.reading import Story, letters_of
from stream.story.saying import said_by, type_of
from stream.story.words import Said, clock, day, joined, plain, say, worktime

_MOST_IDLE: Final = 12
"""So many times off are named in a sentence."""


class ToldStep(NamedTuple):
    """A step of the due date in sentences, and the rule behind it."""

    sentences: Sequence[Said]
    rule: Said


class ToldChapter(NamedTuple):
    """A chapter in sentences; `postings` one for each row of the ledger."""

    heading: Said
    sentences: Sequence[Said]
    postings: Sequence[Said]


def unit_title(unit: int, when: date) -> str | None:
    """The name that the unit bore on that day; None where that is not recorded."""
    code = f"{unit:05}"
    return next((each.title for each in all_units() if each.code == code and each.in_force_on(when)), None)


def unit_said(unit: int, at: Moment) -> Said:
    """A unit by name and code, as it was at that moment."""
    name = unit_title(unit, date_of(day_of(at)))
    code = f"{unit:05}"
    return say("unit.unnamed", code=code) if name is None else say("unit.named", name=name, code=code)


def measure_said(measure: int) -> Said:
    """What a measure counts."""
    return say(f"measure.{Measure(measure).name.lower()}")


def head(story: Story) -> Iterator[Said]:
    """What the story is about and as of when it is told."""
    application = story.judged.application
    as_of = clock(moment_of(story.as_of))
    if story.known_at is None:
        yield say("head.as_of", as_of=as_of)
    else:
        yield say("head.as_of_known", as_of=as_of, known_at=clock(moment_of(story.known_at)))
    if application.channel:
        level = story.judged.rules.of_procedure(application.procedure).level
        yield say(
            "head.procedure",
            procedure=story.procedure or "-",
            field=say("head.no_field") if story.field is None else plain(story.field.title),
            level=say(f"level.{level}"),
            channel=say(f"channel.{application.channel}"),
        )
    procedures = story.versions.procedures
    yield say("head.rules", calendar=story.versions.calendar, procedures=procedures or say("head.no_register"))


def now(story: Story) -> Iterator[Said]:
    """What holds at the moment that the story is told as of."""
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
        yield say(key, unit=unit_said(unit, start), start=clock(start), end=_moment(end))


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


def told_step(story: Story, step: DueStep) -> ToldStep:
    """A step of the due date."""
    calendar = story.judged.rules.calendar
    arrival = next((each.arrival for each in story.chapters if each.pos == step.pos and each.event is not None), 0)
    wait = step.wait
    main = say(
        f"step.{step.kind}",
        at=clock(step.at),
        received=clock(step.at),
        due=_moment(step.due),
        before=_moment(step.before),
        arrival=arrival,
        procedure=story.procedure or "-",
        term=worktime(step.worked, calendar.working_day),
        worked=worktime(step.worked, calendar.working_day),
        start=_moment(None if wait is None else wait.start),
        end=_moment(None if wait is None else wait.end),
    )
    sentences = [main]
    if step.kind == "term" and step.counts_from is not None:
        if step.counts_from != step.at and calendar.cut_off is not None:
            hour = f"{calendar.cut_off // 3600:02}:{calendar.cut_off // 60 % 60:02}"
            sentences.append(say("step.cut_off", cut_off=hour, counts_from=clock(step.counts_from)))
        if step.due is not None:
            sentences.append(_idle(story, step.counts_from, step.due))
    if step.kind == "moved" and wait is not None and wait.end is not None:
        if calendar.measure(wait.start, wait.end) > step.worked:
            sentences.append(say("step.partly"))
        sentences.append(_idle(story, wait.start, wait.end))
    return ToldStep(sentences, say(f"rule.{step.kind}"))


def _idle(story: Story, start: Moment, end: Moment) -> Said:
    found = list(idle_days(story.judged.rules.calendar, start, end, story.day_names))
    days = []
    for first, last, name in found[:_MOST_IDLE]:
        why = say("step.weekend") if name is None else plain(name)
        key = "step.one_day" if first == last else "step.some_days"
        days.append(say(key, first=day(first), last=day(last), name=why))
    if len(found) > _MOST_IDLE:
        days.append(say("step.more_days", n=len(found) - _MOST_IDLE))
    return say("step.idle", days=joined(days, ", ")) if days else say("step.no_idle")


def told_readings(story: Story) -> Iterator[Said]:
    """The due date by each set of rules that the case was judged by, where they changed."""
    for known_from, versions, due in ((each.known_from, each.versions, each.due) for each in story.readings):
        yield say(
            "step.reading",
            calendar=versions.calendar,
            procedures=versions.procedures or say("head.no_register"),
            known=_clock(known_from),
            due=_moment(due),
        )


def told_chapter(chapter: Chapter) -> ToldChapter:
    """A chapter: what was said, when it became known, what it changed."""
    at = clock(chapter.at)
    if chapter.event is None:
        rule = chapter.adopted
        what = plain("") if rule is None else say(f"type.adopted_{rule.kind}", version=rule.version)
        heading, sentences = say("event.adopted", at=at, what=what), []
    else:
        event = chapter.event
        what, said = said_by(event)
        heading = say("event.heading", at=at, what=what, unit=unit_said(event.record.unit, chapter.at))
        known = _clock(chapter.known_at)
        sentences = [say("event.known", known=known, source=event.source, type=type_of(event), arrival=chapter.arrival)]
        if chapter.overtaken:
            sentences.append(say("event.overtaken"))
        if said:
            sentences.append(say("event.said", what=joined(list(said))))
    before = None if chapter.before is None else chapter.before.application.due
    after = chapter.after.application.due
    if chapter.before is not None and before != after:
        sentences.append(say("event.due_moved", before=_moment(before), after=_moment(after)))
    postings = [
        say(
            "event.posted", sign="+" if n > 0 else "−", what=measure_said(entry.measure),
            at=clock(entry.at), unit=unit_said(entry.unit, entry.at),
        )
        for entry, n in chapter.postings
    ]  # fmt: skip
    return ToldChapter(heading, sentences, postings or [say("event.posted_nothing")])


def _moment(moment: Moment | None) -> Said:
    return say("event.none") if moment is None else plain(clock(moment))


def _clock(when: datetime) -> str:
    return clock(moment_of(when))
