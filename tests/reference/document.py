"""The life of a document at an organ, slowly: a second opinion, written from section 4.1 of the handbook alone.

"Incoming done on time (done ≤ due / incoming due in the period); acknowledgement latency (03 − 01)."
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tests.reference.minutes import Minute, day
from tests.reference.working_time import WorkingTime

NEW, RECALL, UPDATE, REPLACE = "new", "recall", "update", "replace"
LIFE: Final = (NEW, "01", "03", "04", "05", UPDATE, REPLACE, RECALL, "16", "15", "06", "02", "13")
"""Everything that can be said, as a life goes; of two that were said in one minute the later one is the newer."""


@dataclass(frozen=True)
class Told:
    """One thing that was said; `number` tells it from the same said again."""

    number: int
    at: Minute
    what: str
    unit: int
    due: Minute | None = None

    @property
    def place(self) -> tuple[Minute, int, Minute, int]:
        """When it was said, and what breaks a tie."""
        return self.at, LIFE.index(self.what), self.due or 0, self.number


class Paper:
    """An incoming document, by all that was said of it."""

    def __init__(self, told: tuple[Told, ...], time: WorkingTime) -> None:
        self.told = sorted({each.number: each for each in told}.values(), key=lambda each: each.place)
        self.time = time

    @property
    def unit(self) -> int:
        """That of whoever spoke of it first, for ever."""
        return self.told[0].unit

    @property
    def arrived(self) -> Minute:
        """Status 01; else the record; else whatever was said first. Nothing is handled before it arrives."""
        steps = [each.place for each in self.told if each.what in {"02", "03", "04", "05", "06", "13", "15", "16"}]
        before = [each for each in self.told if not steps or each.place < steps[0]]
        for what in ("01", NEW):
            for each in before:
                if each.what == what:
                    return each.at
        return self.told[0].at

    @property
    def acknowledged(self) -> Minute | None:
        """The first 03."""
        return next((each.at for each in self.told if each.what == "03"), None)

    @property
    def latency(self) -> int | None:
        """03 − 01, in worked minutes."""
        return None if self.acknowledged is None else self.time.between(self.arrived, self.acknowledged)

    @property
    def done(self) -> Minute | None:
        """The first 06 after work on it was last said to go on."""
        return self._first_after(["06"], ["03", "04", "05"])

    @property
    def closed(self) -> Minute | None:
        """Not done, and refused, taken back or recalled since work on it, or its delivery, was last told of."""
        return (
            None
            if self.done is not None
            else self._first_after(["02", "13", "recalled"], ["03", "04", "05", "01", NEW])
        )

    @property
    def ended(self) -> Minute | None:
        """Done or closed."""
        return self.closed if self.done is None else self.done

    def open(self, at: Minute) -> bool:
        """Arrived and not ended, in that minute."""
        return self.arrived <= at and (self.ended is None or at < self.ended)

    def overdue(self, at: Minute) -> bool:
        """Open on a day after the due date that held in that minute."""
        due = self.due_day(at)
        return self.open(at) and due is not None and day(at) > due

    def due_day(self, at: Minute) -> date | None:
        """The newest due date that was told by that minute, the first one from the arrival on; none after the end."""
        dated = [each for each in self.told if each.due is not None and not self._refused(each)]
        held = dated[:1] + [
            each for each in dated[1:] if each.at <= at and (self.ended is None or each.at <= self.ended)
        ]
        return day(held[-1].due) if held and held[-1].due is not None else None

    @property
    def last_due_day(self) -> date | None:
        """The day that counts: that of the newest date. None where it was closed undone by the end of it."""
        due = self.due_day(self.told[-1].at + 1)
        if due is not None and self.closed is not None and day(self.closed) <= due:
            return None
        return due

    @property
    def on_time(self) -> bool:
        """Done ≤ due, by day."""
        due = self.last_due_day
        return due is not None and self.done is not None and day(self.done) <= due

    def _answer(self, asked: Told) -> Told | None:
        """The newest answer to a demand, as of when it was first given."""
        demands = [each for each in self.told if each.what in {RECALL, UPDATE, REPLACE}]
        found: list[Told] = []
        for each in self.told:
            if each.what in {"15", "16"}:
                before = [demand for demand in demands if demand.place < each.place] or demands[:1]
                if before[-1:] == [asked]:
                    found.append(each)
        first: Told | None = None
        for each in reversed(found):
            if each.what != found[-1].what:
                break
            first = each
        return first

    def _refused(self, asked: Told) -> bool:
        if asked.what not in {UPDATE, REPLACE}:
            return asked.what == RECALL  # which says nothing of the document
        answer = self._answer(asked)
        return answer is not None and answer.what == "16"

    def _recalls(self) -> list[Told]:
        """What was said last of a recall that the organ agreed to: the recall or the answer."""
        found = []
        for each in self.told:
            answer = self._answer(each) if each.what == RECALL else None
            if answer is not None and answer.what == "15":
                found.append(max(each, answer, key=lambda one: one.place))
        return found

    def _first_after(self, ends: list[str], goes_on: list[str]) -> Minute | None:
        last = max((each.place for each in self.told if each.what in goes_on), default=None)
        recalls = self._recalls() if "recalled" in ends else []
        found = [each for each in self.told if each.what in ends or each in recalls]
        return next((each.at for each in found if last is None or each.place > last), None)
