"""`ioc procedures`: the register of procedures (danh mục thủ tục hành chính)."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings
from ioc.when import MOMENT

if TYPE_CHECKING:
    from rich.table import Table

    from ingest.contracts.rules import Procedure, RegisterAdopted

Format: TypeAlias = Literal["json", "table"]
_format = click.option(
    "--format", "shape", type=click.Choice(["json", "table"]), default="table", help="How to print it (default: table)."
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_version = click.option("--version", help="What to call it (default: after the file and its content).")
_known_at = click.option("--known-at", "known_at", type=MOMENT, help="The register that was in force then.")


@click.group()
def procedures() -> None:
    """Check and adopt registers of procedures, look into the one in force."""


@procedures.command()
@click.argument("file", type=_file)
@_version
@_format
@home_option
def check(settings: Settings, file: Path, version: str | None, shape: Format) -> None:
    """Read a register from CSV or XLSX and say what is wrong with it; nothing is adopted."""
    del settings
    from ioc.procedures_view import register_json, register_table

    found = _read(file, version)
    _print(register_json(found), shape, lambda: register_table(found))


@procedures.command()
@click.argument("file", type=_file, required=False)
@_version
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@_format
@home_option
def adopt(settings: Settings, file: Path | None, version: str | None, *, dry_run: bool, shape: Format) -> None:
    """Bring a register into force (default: the shipped one): open cases are judged anew, closed ones stay."""
    from ingest.rules.register_file import shipped_register
    from ioc.adopting_dialogue import adopt_rules

    if file is None and version is not None:
        raise click.UsageError("--version names a FILE: the shipped register has a name")
    adopt_rules(settings, _read(file, version) if file else shipped_register(), shape=shape, dry_run=dry_run)


@procedures.command()
@_format
@home_option
def versions(settings: Settings, shape: Format) -> None:
    """List the registers that came into force, and since when."""
    from ioc.adopting_dialogue import print_adoptions

    print_adoptions(settings, "procedures", shape=shape)


@procedures.command("list")
@click.option("--field", help="Of this field only, by its code.")
@click.option("--level", type=click.Choice(["province", "district", "commune"]), help="Of this level only.")
@click.option("--online", type=click.Choice(["full", "partial", "none"]), help="Of this online level only.")
@_known_at
@_format
@home_option
def list_procedures(
    settings: Settings, *, field: str | None, level: str | None, online: str | None,
    known_at: datetime | None, shape: Format,
) -> None:  # fmt: skip
    """List the procedures of the register in force."""
    from ioc.procedures_view import procedure_json, procedures_table

    register = _in_force(settings, known_at)
    found = [
        each
        for each in register.procedures
        if field in {None, each.field} and level in {None, each.level.name.lower()} and online in {None, each.online}
    ]
    document = {"version": register.version, "procedures": [procedure_json(each) for each in found]}
    _print(document, shape, lambda: procedures_table(found, register.version))


@procedures.command()
@click.argument("code", metavar="CODE")
@_known_at
@_format
@home_option
def show(settings: Settings, code: str, known_at: datetime | None, shape: Format) -> None:
    """Show what the register in force says of a procedure."""
    from ioc.procedures_view import procedure_json

    register = _in_force(settings, known_at)
    found = next((each for each in register.procedures if each.code == code), None)
    if found is None:
        raise IocError(f"register {register.version} has no procedure {code}{_like(code, register.procedures)}")
    facts = {**procedure_json(found), "register": register.version}
    if shape == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        for name, value in facts.items():
            click.echo(f"{name:21}{'' if value is None else value}")


def _read(file: Path, version: str | None) -> "RegisterAdopted":
    from ingest.rules.register_file import read_register
    from ioc.adopting_dialogue import told

    with told():
        return read_register(file, version)


def _in_force(settings: Settings, known_at: datetime | None) -> "RegisterAdopted":
    from ioc.adopting import read_adoptions
    from stream.rulebook import newest

    found = newest(read_adoptions(settings), "procedures", known_at)
    if found is None:
        raise IocError("no register was adopted yet: `ioc procedures adopt` brings one into force")
    return found.register()


def _like(code: str, register: "Sequence[Procedure]") -> str:
    from difflib import get_close_matches

    near = get_close_matches(code, [each.code for each in register], n=3, cutoff=0.7)
    return f": {', '.join(near)}?" if near else ""


def _print(document: "Mapping[str, object]", shape: Format, table: "Callable[[], Table]") -> None:
    if shape == "json":
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        Console().print(table())
