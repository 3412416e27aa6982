"""The letter as words: what DOCX and PDF both show, and what is kept, so that a copy years later says the same."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.letters.form import Form, Wording

TIME_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_DOT: Final = "…"


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả, from top to bottom; the addressee is a dotted line.

    `above` and `agency` stand on the left of the head, `state` (quốc hiệu) and `motto` (tiêu ngữ) on the right.
    """

    above: tuple[str, ...]
    agency: str
    state: str
    motto: str
    number: str
    place: str
    title: str
    addressee: str
    body: tuple[str, ...]
    signer: str
    signing: str

    def lines(self) -> tuple[str, ...]:
        """Every line of it in the order in which it is read: row by row of the head, the left one first."""
        head = (*self.above, self.agency, self.state, self.motto, self.number, self.place)
        return (*head, self.title, self.addressee, *self.body, self.signer, self.signing)


@dataclass(frozen=True, slots=True)
class Late:
    """The application that is late: `procedure` is its name, None where nobody told it; `unit` the unit that writes."""

    code: str
    procedure: str | None
    procedure_code: str | None
    received: datetime
    due: datetime
    is_settled: bool
    unit_title: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What the letter adds: its number, why it is late, and the new date."""

    number: str
    reason: str
    new_date: date


def compose(form: Form, late: Late, promise: Promise, today: date) -> Letter:
    """The letter of `today`."""
    words, agency = form.form, form.agency_on(today)
    unit = late.unit_title[:1].lower() + late.unit_title[1:]
    writer = agency.full.format(unit=unit)
    named = {
        "agency": writer, "code": late.code,
        "late": (words.settled if late.is_settled else words.open).format(agency=writer),
        "procedure": late.procedure or words.unnamed.format(code=late.procedure_code or ""),
        "received": date_said(words, local_day(late.received)), "due": moment_said(words, late.due),
        "reason": promise.reason.strip().rstrip(".;, "), "new_date": date_said(words, promise.new_date),
    }  # fmt: skip
    return Letter(
        above=tuple(line.format(unit=unit).upper() for line in agency.above),
        agency=agency.name.upper(),
        state=words.state.upper(),
        motto=words.motto,
        number=words.number.format(number=promise.number),
        place=words.place.format(place=late.unit_name, date=date_said(words, today)),
        title=words.title.upper(),
        addressee=words.addressee.format(dots=_DOT * words.dots),
        body=tuple(sentence.format(**named) for sentence in words.body),
        signer=words.signer.upper(),
        signing=words.signing,
    )


def renumbered(form: Form, letter: Letter, number: str) -> Letter:
    """The same letter under the number that the registry (văn thư) gave it."""
    return msgspec.structs.replace(letter, number=form.form.number.format(number=number))


def date_said(words: Wording, day: date) -> str:
    """A date as documents write it: days below 10 and the months 1 and 2 with a zero (Decree 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return words.date.format(day=day.day, month=month, year=day.year)


def moment_said(words: Wording, when: datetime) -> str:
    """A moment with its hour, in local time."""
    local = when.astimezone(TIME_ZONE)
    return words.moment.format(hour=local.hour, minute=local.minute, date=date_said(words, local.date()))


def local_day(when: datetime) -> date:
    """The local day of a moment."""
    return when.astimezone(TIME_ZONE).date()
