"""What files would be understood as, for `ioc ingest check` and a dry run: a table for people, JSON for programs."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from ingest.files.given import Given
from ingest.files.portion import Placed
from ingest.files.seen import MOST_REFUSALS, Seen, SeenRecord, see
from ingest.sources.kinds import Kind

_LOCAL: Final = timezone(timedelta(hours=7))  # Việt Nam
_MOST_LINES: Final = 100


def show(kind: Kind, paths: Sequence[Path], given: Callable[[Path], Given], rows: int, shape: str) -> None:
    """Print what each file would be understood as. Exit status 1 where something would be refused."""
    found = [see(path, kind.portions, given(path), rows) for path in paths]
    if shape == "json":
        click.echo(json.dumps({"files": [_json(seen) for seen in found]}, ensure_ascii=False, indent=2))
    else:
        console = Console()
        for seen in found:
            _print(console, seen)
    if any(seen.refused for seen in found):
        raise click.exceptions.Exit(1)


def _json(seen: Seen) -> dict[str, Any]:
    return {
        "file": seen.path.name,
        "understood": seen.understood,
        "refused": seen.refused,
        "passed_over": seen.passed_over,
        "records": [
            {
                "line": record.line,
                "type": record.type,
                "case": record.case,
                "time": record.time.isoformat(),
                "moments": {name: moment.isoformat() for name, moment in record.moments.items()},
                "data": record.data,
            }
            for record in seen.records
        ],
        "refusals": [
            {"line": line, "index": each.index, "field": each.field, "reason": each.reason, "reason_vi": each.reason_vi}
            for line, each in seen.refusals
        ],
        "more_refusals": len(seen.refusals) == MOST_REFUSALS,
    }


def _print(console: Console, seen: Seen) -> None:
    passed_over = f", {seen.passed_over} rows passed over" if seen.passed_over else ""
    console.print(
        f"[bold]{escape(seen.path.name)}[/bold]: {seen.understood} understood, {seen.refused} refused{passed_over}"
    )
    if seen.records:
        table = _table("row", "event", "case", "moments (local time)", "and")
        for record in seen.records:
            table.add_row(*_cells(record))
        console.print(table)
        if (left := seen.understood - len(seen.records)) > 0:
            console.print(f"… {left} more")
    if seen.refusals:
        table = _table("row", "where / ở đâu", "reason / lý do")
        for placed in seen.refusals[:_MOST_LINES]:
            table.add_row(*_refused(placed))
        console.print(table)


def _table(*heads: str) -> Table:
    """A table that breaks long codes instead of cutting them off."""
    return Table(*(Column(head, overflow="fold") for head in heads))


def _cells(record: SeenRecord) -> tuple[str, str, str, str, str]:
    moments = "\n".join(f"{name} {_when(moment)}" for name, moment in record.moments.items())
    dated = {name.partition("[")[0] for name in record.moments}
    left = {name: value for name, value in record.data.items() if name not in dated}
    other = "\n".join(f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in left.items())
    return _place(record.line), record.type.removeprefix("vn.ioc."), escape(record.case), escape(moments), escape(other)


def _refused(placed: Placed) -> tuple[str, str, str]:
    refusal = placed.refusal
    place = _place(placed.line if placed.line is not None else refusal.index)
    return place, escape(refusal.field), escape(f"{refusal.reason_vi}\n{refusal.reason}")


def _place(line: int | None) -> str:
    return "" if line is None else str(line)


def _when(moment: datetime | date) -> str:
    return f"{moment.astimezone(_LOCAL):%d/%m/%Y %H:%M:%S}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"
