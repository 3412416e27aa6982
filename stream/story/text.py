"""A story as plain text in one language."""

from collections.abc import Iterator, Sequence

from stream.handling.reading import ToldAct
from stream.story.handled import told_acts
from stream.story.holding import now
from stream.story.reading import Story
from stream.story.telling import head, told_chapter, told_readings, told_step
from stream.story.words import Language, say


def story_text(story: Story, language: Language, acts: Sequence[ToldAct] = ()) -> str:
    """The whole story, line by line, with what people did about the case."""
    return "\n".join([*_lines(story, language), *_handled(acts, language)]) + "\n"


def _lines(story: Story, language: Language) -> Iterator[str]:
    yield f"{say(f'kind.{story.kind}').of(language)} {story.code}"
    yield from (said.of(language) for said in head(story))
    yield from _titled("now", language)
    yield from (f"  {said.of(language)}" for said in now(story))
    if story.steps:
        yield from _titled("due", language)
        for number, step in enumerate(story.steps, 1):
            told = told_step(story, step)
            first, *more = (said.of(language) for said in (*told.sentences, told.rule))
            yield f"  {number}. {first}"
            yield from (f"     {each}" for each in more)
        yield from (f"  {said.of(language)}" for said in told_readings(story))
    yield from _titled("story", language)
    for number, chapter in enumerate(story.chapters, 1):
        told_as = told_chapter(chapter)
        yield f"  {number}. {told_as.heading.of(language)}"
        yield from (f"     {said.of(language)}" for said in told_as.sentences)
        yield from (f"     {said.of(language)}" for said in told_as.postings)


def _handled(acts: Sequence[ToldAct], language: Language) -> Iterator[str]:
    if acts:
        yield ""
        yield say("handled.title").of(language)
        yield from (f"  {number}. {said.of(language)}" for number, said in enumerate(told_acts(acts), 1))


def _titled(key: str, language: Language) -> Iterator[str]:
    yield ""
    yield say(f"head.{key}").of(language)
