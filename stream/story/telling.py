"""A story told in sentences, in both languages: what it is about, each step of the due date, each chapter."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from stream.core.application import Application
from stream.core.moment import Moment, moment_of
from stream.story.chapters import Chapter
from stream.story.due import DueStep
from stream.story.idle import idle_days
from stream.story.naming import measure_said, moment_said, unit_said
from stream.story.plain import PLAIN, plain_head
from stream.story.reading import Story
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


def head(story: Story) -> Iterator[Said]:
    """What the story is about and as of when it is told."""
    as_of = clock(moment_of(story.as_of))
    if story.known_at is None:
        yield say("head.as_of", as_of=as_of)
    else:
        yield say("head.as_of_known", as_of=as_of, known_at=clock(moment_of(story.known_at)))
    if story.kind in PLAIN:
        yield from plain_head(story)
    elif (application := story.judged.application).channel:
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


def told_step(story: Story, step: DueStep) -> ToldStep:
    """A step of the due date."""
    calendar = story.judged.rules.calendar
    arrival = next((each.arrival for each in story.chapters if each.pos == step.pos and each.event is not None), 0)
    wait = step.wait
    main = say(
        f"step.{step.kind}",
        at=clock(step.at),
        received=clock(step.at),
        due=moment_said(step.due),
        before=moment_said(step.before),
        arrival=arrival,
        procedure=story.procedure or "-",
        term=worktime(step.worked, calendar.working_day),
        worked=worktime(step.worked, calendar.working_day),
        start=moment_said(None if wait is None else wait.start),
        end=moment_said(None if wait is None else wait.end),
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
        if step.before is not None and step.due is not None and (days := _days_off(story, step.before, step.due)):
            sentences.append(say("step.passed", days=joined(days, ", ")))
    return ToldStep(sentences, say(f"rule.{step.kind}"))


def _idle(story: Story, start: Moment, end: Moment) -> Said:
    days = _days_off(story, start, end)
    return say("step.idle", days=joined(days, ", ")) if days else say("step.no_idle")


def _days_off(story: Story, start: Moment, end: Moment) -> list[Said]:
    found = list(idle_days(story.judged.rules.calendar, start, end, story.day_names))
    days = []
    for first, last, name in found[:_MOST_IDLE]:
        why = say("step.weekend") if name is None else plain(name)
        key = "step.one_day" if first == last else "step.some_days"
        days.append(say(key, first=day(first), last=day(last), name=why))
    if len(found) > _MOST_IDLE:
        days.append(say("step.more_days", n=len(found) - _MOST_IDLE))
    return days


def told_readings(story: Story) -> Iterator[Said]:
    """The due date by each set of rules that the case was judged by, where they changed."""
    for known_from, versions, due in ((each.known_from, each.versions, each.due) for each in story.readings):
        yield say(
            "step.reading",
            calendar=versions.calendar,
            procedures=versions.procedures or say("head.no_register"),
            known=_clock(known_from),
            due=moment_said(due),
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
        heading = say("event.heading", at=at, what=what, unit=unit_said(event.unit, chapter.at))
        known = _clock(chapter.known_at)
        sentences = [say("event.known", known=known, source=event.source, type=type_of(event), arrival=chapter.arrival)]
        if chapter.overtaken:
            sentences.append(say("event.overtaken"))
        if said:
            sentences.append(say("event.said", what=joined(list(said))))
    before = None if chapter.before is None else chapter.before.state.due
    after = chapter.after.state.due
    if chapter.before is not None and before != after:
        key = "event.due_moved" if isinstance(chapter.after.state, Application) else "plain.due_moved"
        sentences.append(say(key, before=moment_said(before), after=moment_said(after)))
    postings = [
        say(
            "event.posted", sign="+" if n > 0 else "−", n=entry.amount, what=measure_said(entry.measure),
            at=clock(entry.at), unit=unit_said(entry.unit, entry.at),
        )
        for entry, n in chapter.postings
    ]  # fmt: skip
    return ToldChapter(heading, sentences, postings or [say("event.posted_nothing")])


def _clock(when: datetime) -> str:
    return clock(moment_of(when))
