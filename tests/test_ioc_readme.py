"""The examples of the README are understood by the command line: each option is known, each value can be read."""

import re
import shlex
from pathlib import Path

import click
import pytest

from ioc.__main__ import cli

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
EXAMPLES = [
    example.split("#")[0].strip()
    for section in ("Asking it", "Connecting a system")
    for line in re.findall(
        r"^    (ioc .*)$", README.partition(f"## {section}\n")[2].partition("\n## ")[0], re.MULTILINE
    )
    for example in line.split("&&")
]
FILES = ("message.xml", "bbb.secret", "so-van-ban.xlsx")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 18


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_understood(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drop").mkdir()
    for file in FILES:
        (tmp_path / file).touch()
    command: click.Command = cli
    context: click.Context | None = None
    arguments = shlex.split(example)[1:]
    while isinstance(command, click.Group):
        name, *arguments = arguments
        context = click.Context(command, parent=context, info_name=name)
        found = command.get_command(context, name)
        assert found is not None, name
        command = found
    command.make_context(command.name, arguments, parent=context)
