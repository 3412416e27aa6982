"""A warning in one sentence, with the numbers that it comes from: `words.toml` beside this file has the words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from stream.story.words import Language, worktime

_HOUR: Final = 3_600
_MUCH_MORE: Final = 1.25
"""A load is told from a quarter more than usual on; what is usual explains nothing."""


def sentence(facts: Mapping[str, Any], language: Language) -> str:
    """Why the chance is what it is; `facts` are those of `stream.warning.store.Warning`. Made up of nothing else."""
    if facts["level"] == "overdue":
        return _say("said.overdue", language)
    how = "by_share" if "used" in facts else "by_time"
    told = _say(
        f"said.{how}" if facts["longer"] else f"said.none_{how}",
        language,
        like=facts["like"],
        longer=facts["longer"],
        level=_say(f"level.{facts['level']}", language),
        waited=_time(facts, "waited", language),
        remaining=_time(facts, "remaining", language),
        used=_percent(facts.get("used", 0.0), language),
    )
    if facts["usual"] is not None and facts["load"] > _MUCH_MORE * facts["usual"]:
        told += _say("said.load", language, load=facts["load"], usual=facts["usual"])
    plain = facts["like"] > 0 and abs(facts["longer"] / facts["like"] - facts["chance"]) < 0.01
    return told + _say(
        "said.chance" if plain else "said.calibrated", language, chance=_percent(facts["chance"], language)
    )


def _time(facts: Mapping[str, Any], name: str, language: Language) -> str:
    """From a working day on to the hour."""
    seconds: int = facts[name]
    rounded = seconds if seconds < facts["day"] else round(seconds / _HOUR) * _HOUR
    return worktime(rounded, facts["day"]).of(language)


def _percent(share: float, language: Language) -> str:
    """A whole percentage; nothing open is told as impossible or sure."""
    if share < 0.01:
        return _say("share.below", language, n=1)
    if share > 0.99:
        return _say("share.above", language, n=99)
    return _say("share.of", language, n=round(share * 100))


def _say(key: str, language: Language, **values: object) -> str:
    section, _, name = key.partition(".")
    return _words()[section][name][language].format_map(values)


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[Language, str]]]:
    return tomllib.loads((files("stream.warning") / "words.toml").read_text(encoding="utf-8"))
