"""What vendors mean by codes that no published list fixes, read from `conventions.toml` beside this file."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def population_database_codes() -> frozenset[str]:
    """The codes (`DSKetNoiCSDL.MaCSDL`) of the national population database, in lower case."""
    book = tomllib.loads((files("ingest.sources") / "conventions.toml").read_text(encoding="utf-8"))
    return frozenset(code.casefold() for code in book["population_database"]["codes"])
