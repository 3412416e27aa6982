"""The kind of file, the source and the mapping that a command of `ioc ingest` was called with."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ioc.errors import IocError
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.files import Given, MappingFile
    from ingest.registration import Source
    from ingest.sources.edxml import Trust
    from ingest.sources.kinds import Kind


class KindType(click.ParamType[Any]):
    """A name of the table of kinds, which is read when one is asked for: the help of `ioc` loads no adapter."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Kind":
        """The kind of that name; a wrong call names them all."""
        from ingest.sources.kinds import KINDS

        if value in KINDS:
            return KINDS[value]
        known = "".join(f"\n  {kind.name:<14} {kind.about}" for kind in KINDS.values())
        return self.fail(f"{value!r} is no kind of file. The kinds are:{known}", param, ctx)


mapping_option = click.option(
    "--mapping", metavar="FILE|NAME", help="How it is to be read: a mapping (TOML), or the name of a shipped one."
)


def mapping_asked(kind: "Kind", asked: str | None) -> "MappingFile | None":
    """The mapping that was named, else the kind's own.

    A wrong call names the shipped ones, or what is wrong with the mapping and where.
    """
    from importlib.resources import files

    from ingest.errors import IngestError
    from ingest.files import MappingFile

    if kind.mappings is None:
        if asked is not None:
            raise click.UsageError(f"{kind.name} takes no --mapping")
        return None
    shipped = {Path(each.name).stem: each for each in files(kind.mappings).iterdir() if each.name.endswith(".toml")}
    name = asked or kind.mapping
    if name is None:
        raise click.UsageError(f"{kind.name} needs --mapping: a file, or one of {', '.join(sorted(shipped))}")
    try:
        if name in shipped:
            found = MappingFile(shipped[name].name, shipped[name].read_text(encoding="utf-8"))
        else:
            found = MappingFile(name, Path(name).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(sorted(shipped))
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"can't be read: {error.strerror}"
        raise click.BadParameter(f"{name} {reason}; shipped are {known}", param_hint="--mapping") from None
    if kind.check is not None:
        try:
            kind.check(*found)
        except IngestError as error:
            raise click.BadParameter(str(error), param_hint="--mapping") from None
    return found


def giving(source: "Source", mapping: "MappingFile | None", trust: "Trust | None" = None) -> "Callable[[Path], Given]":
    """What is known of a file of this source: its moment is its last write, and no later than now."""
    from ingest.files import Given

    def given(path: Path) -> Given:
        now = datetime.now(UTC)
        return Given(source, min(datetime.fromtimestamp(path.stat().st_mtime, UTC), now), mapping, trust)

    return given


def registered(settings: Settings, source_id: str, kind: str) -> "Source":
    """The source of this id, which has to be registered and not revoked."""
    from ioc.wiring import open_source_book

    book = open_source_book(settings)
    try:
        found = book.by_id(source_id)
        known = found is not None or any(each.id == source_id for each in book.list())
    finally:
        book.close()
    if found is None:
        state = "is revoked" if known else "is not registered"
        raise IocError(f"source {source_id} {state}: `ioc source add {source_id} --kind {kind} --agency ...`")
    return found
