"""What a story says, in Vietnamese and in English: `words.toml` beside this file has every sentence twice."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeAlias

from stream.core.moment import Moment, date_of, day_of, start_of

Language: TypeAlias = Literal["vi", "en"]


class Said(NamedTuple):
    """The same in both languages."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        """In one language."""
        return self.vi if language == "vi" else self.en


Value: TypeAlias = Said | str | int


def say(key: str, **values: Value) -> Said:
    """The sentence of that key with its values. Raises `KeyError` for a key nobody wrote: a bug of ours."""
    vi, en = _words()[key]
    return Said(vi.format_map(_in("vi", values)), en.format_map(_in("en", values)))


def plain(text: str) -> Said:
    """A name or a number, the same in both languages."""
    return Said(text, text)


def joined(parts: list[Said], between: str = "; ") -> Said:
    """Several parts in a row."""
    return Said(between.join(part.vi for part in parts), between.join(part.en for part in parts))


def clock(moment: Moment) -> str:
    """A moment in local time: 09:00 05/01/2026, with seconds only where it has them."""
    seconds = moment - start_of(day_of(moment))
    hour, minute, second = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hour:02}:{minute:02}{f':{second:02}' if second else ''} {day(date_of(day_of(moment)))}"


def day(when: date) -> str:
    """A day as it is written: 05/01/2026."""
    return f"{when:%d/%m/%Y}"


def worktime(seconds: int, working_day: int) -> Said:
    """Working time in days of `working_day` seconds, hours and minutes, begun minutes as whole ones; never negative."""
    minutes = -(-abs(seconds) // 60)
    per_day = max(working_day // 60, 1)
    amounts = {"day": minutes // per_day, "hour": minutes % per_day // 60, "minute": minutes % per_day % 60}
    said = [say(f"time.{unit}{'' if n == 1 else 's'}", n=n) for unit, n in amounts.items() if n]
    return joined(said, " ") if said else say("time.minutes", n=0)


def _in(language: Language, values: Mapping[str, Value]) -> Mapping[str, str]:
    return {name: value.of(language) if isinstance(value, Said) else str(value) for name, value in values.items()}


@cache
def _words() -> Mapping[str, Said]:
    table = tomllib.loads((files("stream.story") / "words.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": Said(**both) for section, keys in table.items() for key, both in keys.items()}
