"""What vendors mean by values that QCVN 102:2016 does not fix: the tables `[edxml.*]` of `conventions.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Conventions:
    """Names and values in lower case.

    `secret_elements` hold a level of secrecy (độ mật), in `OtherInfo` or `MessageHeader`; `not_secret` are their values
    for an ordinary document. `priorities` are words for `OtherInfo/Priority`, `on_paper` values of `Paper` that say
    that a paper copy goes beside. `person_attributes` (by object identifier) and `person_ids` (beginnings of the UID)
    mark the subject of a certificate as a person.
    """

    secret_elements: tuple[str, ...]
    not_secret: frozenset[str]
    priorities: Mapping[str, int]
    on_paper: frozenset[str]
    person_attributes: frozenset[str]
    person_ids: tuple[str, ...]


@cache
def conventions() -> Conventions:
    """The tables as shipped."""
    book = tomllib.loads((files("ingest.sources") / "conventions.toml").read_text(encoding="utf-8"))["edxml"]
    return Conventions(
        secret_elements=tuple(_lower(book["secret"]["elements"])),
        not_secret=frozenset(_lower(book["secret"]["ordinary"])),
        priorities={word.casefold(): code for word, code in book["priority"]["words"].items()},
        on_paper=frozenset(_lower(book["paper"]["copy"])),
        person_attributes=frozenset(book["certificate"]["person_attributes"]),
        person_ids=tuple(_lower(book["certificate"]["person_ids"])),
    )


def _lower(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]
