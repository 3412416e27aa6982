"""A register of procedures (danh mục thủ tục hành chính) as a table, to the event that brings it into force.

One bad row refuses the file: a register is complete or it is not one. `docs/rules.md` describes the columns.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.contracts.rules import Level, Procedure, RegisterAdopted
from ingest.rules.canonical import canonical
from ingest.rules.cells import Cell, choice, code, day, dong, is_empty, label, term, yes_no
from ingest.rules.head import Head, read_head
from ingest.rules.problems import Problem, ProblemError, RulesFileError
from ingest.rules.table import LARGEST, Row, read_rows
from ingest.rules.versions import check_version

# The term and its unit belong together and are read by `_values`.
_READERS: Final[Mapping[str, Callable[[Cell], object]]] = {
    "code": code,
    "name": label,
    "field": code,
    "field_name": label,
    "level": lambda cell: Level(int(choice(cell, "level"))),
    "fee": dong,
    "online": lambda cell: choice(cell, "online"),
    "fee_online": yes_no,
    "population_database": yes_no,
    "certifies_copies": yes_no,
    "publish_by": day,
    "published_on": day,
    "update_by": day,
    "updated_on": day,
    "complete": yes_no,
}
REQUIRED: Final = ("code", "name", "field", "level")


def read_register(path: Path, version: str | None = None) -> RegisterAdopted:
    """The register in a CSV or XLSX file. Raises `RulesFileError` with everything that is wrong, `OSError`.

    Without a `version` it is named after the file and its content: the same content has the same version.
    """
    with path.open("rb") as file:
        return parse_register(file.read(LARGEST + 1), path.name, version)


def shipped_register() -> RegisterAdopted:
    """The register that comes with the program, for the simulator's district."""
    return parse_register((files("ingest.rules") / "shipped" / "procedures.csv").read_bytes(), "procedures.csv")


def parse_register(content: bytes, name: str, version: str | None = None) -> RegisterAdopted:
    """The register in the bytes of a file called `name`. Raises `RulesFileError`."""
    head, rows = read_head(read_rows(content, name), name)
    problems: list[Problem] = []
    procedures = tuple(_procedures(rows, head, problems))
    if not procedures and not problems:
        problems.append(Problem("the file", "no procedure below the head", "không có thủ tục nào dưới dòng tiêu đề"))
    if problems:
        raise RulesFileError(name, problems)
    register = canonical(RegisterAdopted(version="not named yet", procedures=procedures))
    try:
        named = check_version(_named_after(name, register) if version is None else version)
    except ProblemError as error:
        raise RulesFileError(name, [error.at("version")]) from None
    return msgspec.structs.replace(register, version=named)


def _procedures(rows: list[Row], head: Head, problems: list[Problem]) -> Iterator[Procedure]:
    seen: dict[str, int] = {}
    for row in rows:
        before = len(problems)
        values = dict(_values(row, head, problems))
        found = values.get("code")
        if isinstance(found, str) and (first := seen.setdefault(found, row.number)) != row.number:
            told = ProblemError(f"the code stands in row {first} already", f"mã đã có ở dòng {first}")
            problems.append(told.at(head.place(row.number, "code")))
        if len(problems) == before:
            yield Procedure(**values)


def _values(row: Row, head: Head, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """The fields of a procedure, as far as they stand in the row and fit."""
    units: dict[str, str] = {}
    for key, cell in head.cells(row):
        try:
            if is_empty(cell):
                if key in REQUIRED:
                    raise ProblemError("missing", "thiếu, bắt buộc phải có")
                continue
            if key == "term":
                value, unit = term(cell)
                units |= {"term": unit} if unit else {}
                yield key, value
            elif key == "term_unit":
                units[key] = choice(cell, "term_unit")
            else:
                yield key, _READERS[key](cell)
        except ProblemError as error:
            problems.append(error.at(head.place(row.number, key)))
    if len(set(units.values())) > 1:
        told = ProblemError(
            "the term says days, its unit hours, or the other way round", "thời hạn và đơn vị trái nhau"
        )
        problems.append(told.at(head.place(row.number, "term")))
    elif units:
        yield "term_unit", next(iter(units.values()))
    if surplus := head.surplus(row):
        told = ProblemError(f"{surplus} more than the head has columns", f"thừa {surplus} ô bên phải cột cuối")
        problems.append(told.at(head.place(row.number, "")))


def _named_after(name: str, register: RegisterAdopted) -> str:
    stem = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in Path(name).stem).strip("-")[:40]
    digest = blake2b(msgspec.json.encode(register.procedures), digest_size=4).hexdigest()
    return f"{stem or 'procedures'}-{digest}"
