"""The option `--home`, the same on every command."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from ioc.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

_FOLDER = click.Path(file_okay=False, path_type=Path)


def home_option(command: Callable[Concatenate[Settings, P], R]) -> Callable[P, R]:
    """Give a command the option `--home DIR` and, as its first argument, the `Settings` read for that home.

    Put it directly above the function, below the click decorators::

        @kpi.command("list")
        @click.option("--format", ...)
        @home_option
        def list_kpis(settings: Settings, format: str) -> None: ...

    `ioc --home DIR kpi list` and `ioc kpi list --home DIR` mean the same; the later one rules.
    """

    @click.option("--home", type=_FOLDER, help="The folder of data and logs (default: IOC_HOME, else .ioc here).")
    @wraps(command)
    def with_settings(*args: P.args, **options: P.kwargs) -> R:
        own = options.pop("home", None)
        above = click.get_current_context().find_root().params.get("home")
        home = own if isinstance(own, Path) else above
        return command(Settings.load(home), *args, **options)

    return with_settings
