"""What `ioc calendar` and `ioc procedures` have in common: adopt, list, and say what is wrong with a file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from ioc.errors import IocError
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.contracts.registry import Adopted
    from stream.rulebook import Kind

Format: TypeAlias = Literal["json", "table"]


class FileRefusedError(IocError):
    """A file of rules has problems, which were told one a line."""


@contextmanager
def told() -> Iterator[None]:
    """Tell every problem of a file on stderr, one a line, and end with a sentence."""
    from ingest.rules.problems import RulesFileError

    try:
        yield
    except RulesFileError as error:
        for line in error.lines():
            click.echo(f"{error.name}: {line}", err=True)
        count = len(error.problems)
        raise FileRefusedError(
            f"{error.name} is refused whole: {count} problem{'s' * (count > 1)} to correct"
        ) from None


def adopt_rules(settings: Settings, data: "Adopted", *, shape: Format, dry_run: bool) -> None:
    """Say what changes, then append to the log; where all of it is in force already, only say so."""
    from ioc.adopting import adopt, intent
    from ioc.adopting_view import intent_json, intent_text

    wanted = intent(settings, data)
    state = "in force already" if not wanted.waiting else "would be adopted" if dry_run else "adopted"
    if shape == "table":
        click.echo(intent_text(wanted, state))
    if wanted.waiting and not dry_run:
        partitions = adopt(settings, data)
        click.echo(
            f"ioc: in the log, once in each of {partitions} partitions; the worker judges open cases anew", err=True
        )
    if shape == "json":
        click.echo(json.dumps(intent_json(wanted, state), ensure_ascii=False, indent=2))


def print_adoptions(settings: Settings, kind: "Kind", *, shape: Format) -> None:
    """Print what came into force of one kind."""
    from ioc.adopting import read_adoptions
    from ioc.adopting_view import adoption_json, adoptions_table

    found = [each for each in read_adoptions(settings) if each.kind == kind]
    if shape == "json":
        click.echo(json.dumps({"adopted": [adoption_json(each) for each in found]}, ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        Console().print(adoptions_table(found, settings.partitions))
