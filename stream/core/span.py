"""Spans of time, from a moment to another or without end, and what can be done with them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stream.core.moment import Moment


class Span(NamedTuple):
    """From `start` up to but not including `end`; `end` is None while it lasts."""

    start: Moment
    end: Moment | None


def covers(span: Span, moment: Moment) -> bool:
    """Whether the moment lies in the span."""
    return span.start <= moment and (span.end is None or moment < span.end)


def overlap(one: Span, other: Span) -> Span | None:
    """What lies in both, or None when that has no length."""
    start = max(one.start, other.start)
    end = one.end if other.end is None else other.end if one.end is None else min(one.end, other.end)
    return None if end is not None and end <= start else Span(start, end)


def cut(spans: Iterable[Span], frame: Span) -> Iterator[Span]:
    """The parts of the spans that lie in the frame."""
    return (part for span in spans if (part := overlap(span, frame)) is not None)


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same time as disjoint spans that do not touch, in order."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and last.end < span.start):
            merged.append(span)
        elif last.end is not None and (span.end is None or span.end > last.end):
            merged[-1] = Span(last.start, span.end)
    return merged


def without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of the span outside the holes, which are disjoint and in order."""
    start = span.start
    for hole in cut(holes, span):
        if hole.start > start:
            yield Span(start, hole.start)
        if hole.end is None:
            return
        start = hole.end
    if span.end is None or start < span.end:
        yield Span(start, span.end)
