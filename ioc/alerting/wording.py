"""Alerts in words: what mail says, in Vietnamese, without anything personal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from babel.numbers import format_decimal, format_percent

from dashboard.alerts.addresses import address_of
from dashboard.alerts.naming import name_of
from dashboard.text import Words, words_in
from stream.alerts.outbox import Delivery
from stream.core.moment import OFFSET, datetime_of, moment_of
from stream.kpi.catalogue import load_catalogue

LISTED: Final = 10
"""Codes of cases in a mail; the link has them all."""


class Wording:
    """Writes alerts; `base` is the address of the dashboard, without a slash at its end."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._words = words_in("vi")

    def link(self, of: Delivery) -> str:
        """Where what the alert is about is seen."""
        return self._base + address_of(str(of.facts["kind"]), str(of.facts["about"]), of.subject)

    def place(self, of: Delivery) -> str:
        """What the alert is about: the name of a unit, the area, a source."""
        return name_of(of.subject, of.at, self._words)

    def subject(self, of: Delivery) -> str:
        """The line that a mail is known by."""
        return self._words[f"alert_mail.subject_{_kind(of)}"].format(
            level=self._words[f"alerts.level_{of.level}"].upper(), title=of.facts["title"]["vi"], place=self.place(of),
            amount=self.amount(of),
        )  # fmt: skip

    def body(self, of: Delivery) -> str:
        """The whole text of a mail about one alert."""
        return "\n".join([*self.lines(of), "", self._words["alert_mail.foot"], f"{self._base}/ops/alerts", ""])

    def digest_subject(self, several: Sequence[Delivery]) -> str:
        """The line of a mail about several."""
        opened = sum(each.kind != "closed" for each in several)
        return self._words["alert_mail.digest"].format(n=len(several), opened=opened, closed=len(several) - opened)

    def digest(self, several: Sequence[Delivery]) -> str:
        """The whole text of a mail about several, the alarms first."""
        order = sorted(several, key=lambda each: (each.kind == "closed", each.level != "alarm", each.opened_at))
        parts = [self._words["alert_mail.digest_head"].format(n=len(several))]
        for each in order:
            parts += ["", f"* {self.subject(each)}", f"  {self._since(each)}", f"  {self.link(each)}"]
        return "\n".join([*parts, "", self._words["alert_mail.foot"], f"{self._base}/ops/alerts", ""])

    def lines(self, of: Delivery) -> list[str]:
        """What is known of an alert, line by line."""
        words = self._words
        told = [
            words[f"alert_mail.{_kind(of)}"],
            "",
            of.facts["title"]["vi"],
            words["alert_mail.place"].format(place=self.place(of)),
        ]
        if (amount := self.amount(of)) and of.kind != "closed":
            told.append(words["alert_mail.amount"].format(amount=amount))
        told.append(self._since(of))
        if of.closed_at is not None and of.kind == "closed":
            told.append(words["alert_mail.until"].format(time=_moment(of.closed_at)))
        if of.cases and of.kind != "closed":
            more = of.number - min(len(of.cases), LISTED)
            codes = ", ".join(of.cases[:LISTED])
            told.append(words["alert_mail.cases"].format(codes=codes))
            if more > 0:
                told.append(words["alert_mail.more"].format(n=more))
        return [*told, "", self.link(of)]

    def amount(self, of: Delivery) -> str:
        """How much it is: cases, or the value of the figure; nothing for a source."""
        match of.facts["kind"]:
            case "cases":
                return self._words["alert_mail.n_cases"].format(n=of.number)
            case "kpi":
                return _value(of)
            case _:
                return ""

    def _since(self, of: Delivery) -> str:
        return self._words["alert_mail.since"].format(time=_moment(of.opened_at))


def words() -> Words:
    """The words of messages."""
    return words_in("vi")


def _kind(of: Delivery) -> str:
    return "withdrawn" if of.kind == "closed" and of.ended_as == "withdrawn" else of.kind


def _value(of: Delivery) -> str:
    kpi = load_catalogue().kpis.get(str(of.facts["about"]))
    if of.value is None or kpi is None:
        return ""
    digits = kpi.definition.digits
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    if kpi.definition.unit == "percent":
        return str(format_percent(of.value, f"{pattern} %", locale="vi"))
    written = format_decimal(of.value, pattern, locale="vi")
    return f"{written} ({kpi.definition.short.vi})"


def _moment(when: datetime) -> str:
    local = datetime_of(moment_of(when) + OFFSET)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
