"""How columns and codes of a register are called in its heads and cells, read from `columns.toml` beside this file."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files


def plain(text: str) -> str:
    """The letters and digits of a text without case and accents: "Mã thủ tục" is `mathutuc`."""
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in parted if sign.isalnum())


@dataclass(frozen=True)
class Vocabulary:
    """What may stand in heads and cells. Keys are those of `ingest.contracts.rules.Procedure`."""

    heads: Mapping[str, Sequence[str]]
    """The names of each column, the first one being the program's own."""
    keys: Mapping[str, str]
    """From a plain head to the column; "" for columns that are not read."""
    codes: Mapping[str, Mapping[str, str]]
    """For each kind of code, from plain text to the code."""
    choices: Mapping[str, str]
    """For each kind of code, what can be written: `1 (tỉnh), 2 (huyện), 3 (xã)`."""

    def nearest(self, head: str) -> str | None:
        """The head that this one looks like a slip of."""
        known = {plain(name): name for names in self.heads.values() for name in names}
        found = get_close_matches(plain(head), known, n=1, cutoff=0.75)
        return known[found[0]] if found else None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the program."""
    book = tomllib.loads((files("ingest.rules") / "columns.toml").read_text(encoding="utf-8"))
    heads: dict[str, list[str]] = book["column"]
    keys = {plain(name): "" for name in book["ignored"]}
    keys |= {plain(name): key for key, names in heads.items() for name in names}
    codes = {
        kind: {plain(name): code for code, names in book[kind].items() for name in names}
        for kind in ("level", "online", "term_unit", "yes_no")
    }
    choices = {kind: ", ".join(f"{names[0]} ({names[1]})" for names in book[kind].values()) for kind in codes}
    return Vocabulary(heads, keys, codes, choices)
