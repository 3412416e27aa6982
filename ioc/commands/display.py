"""`ioc display`: wall displays (màn hình), who they are, what they show, and keeping one's browser alive."""

import json
from pathlib import Path
from typing import Any, Literal

import click

from ioc.home import home_option
from ioc.settings import Settings

_SCENES = ["overview", "onestop", "documents", "conference", "map", "health"]
_LANGUAGES, _THEMES = ["vi", "en"], ["dark", "light"]


@click.group()
def display() -> None:
    """List, approve, change and revoke wall displays, and keep one's browser alive."""


@display.command("list")
@click.option("--format", "shape", type=click.Choice(["table", "json"]), default="table", show_default=True)
@home_option
def list_displays(settings: Settings, shape: Literal["table", "json"]) -> None:
    """List all displays: who they are, what they show and how they are. Codes stand on the screens only."""
    from datetime import UTC, datetime

    from dashboard.displays.store import read_displays
    from ioc.display_view import plain, print_table
    from ioc.wiring import connect

    now = datetime.now(UTC)
    with connect(settings, "dashboard") as connection:
        found = read_displays(connection, now)
    if shape == "json":
        click.echo(json.dumps([plain(each, now) for each in found], ensure_ascii=False, indent=2))
    else:
        print_table(found, now)


@display.command()
@click.argument("code", metavar="CODE")
@click.option("--name", required=True, help="What the display is called: where it hangs.")
@click.option("--scene", "scenes", multiple=True, type=click.Choice(_SCENES), help="Shown in turn; repeat it.")
@click.option("--seconds", type=click.IntRange(5, 3600), default=30, show_default=True, help="How long each is shown.")
@click.option("--language", type=click.Choice(_LANGUAGES), default="vi", show_default=True)
@click.option("--theme", type=click.Choice(_THEMES), default="dark", show_default=True)
@home_option
def approve(settings: Settings, /, code: str, **showing: Any) -> None:
    """Approve the display that shows CODE, for what it is to show (default: the overview)."""
    from ioc.displaying import approve as run

    scenes = showing.pop("scenes") or ("overview",)
    number = run(settings, code, {**showing, "scenes": scenes})
    click.echo(json.dumps({"id": number}))
    click.echo(f"ioc: display {number} is approved: it opens the wall within seconds", err=True)


@display.command("set")
@click.argument("number", metavar="ID", type=click.IntRange(1))
@click.option("--name", help="What the display is called.")
@click.option("--scene", "scenes", multiple=True, type=click.Choice(_SCENES), help="Shown in turn; repeat it.")
@click.option("--seconds", type=click.IntRange(5, 3600), help="How long each is shown.")
@click.option("--language", type=click.Choice(_LANGUAGES))
@click.option("--theme", type=click.Choice(_THEMES))
@home_option
def change(settings: Settings, /, number: int, **wanted: Any) -> None:
    """Change what the display ID is called or shows; it follows within seconds."""
    from ioc.displaying import change as run

    given = {name: value for name, value in wanted.items() if value not in {None, ()}}
    if not given:
        raise click.UsageError("nothing to change: give --name, --scene, --seconds, --language or --theme")
    run(settings, number, given)
    click.echo(f"ioc: display {number} is changed", err=True)


@display.command()
@click.argument("number", metavar="ID", type=click.IntRange(1))
@home_option
def revoke(settings: Settings, number: int) -> None:
    """Revoke the display ID: its figures are gone within seconds, and its key opens nothing any more."""
    from ioc.displaying import revoke as run

    run(settings, number)
    click.echo(f"ioc: display {number} is revoked", err=True)


@display.command(context_settings={"ignore_unknown_options": True})
@click.argument("address", metavar="URL")
@click.argument("flags", nargs=-1, type=click.UNPROCESSED, metavar="[-- FLAG...]")
@click.option("--browser", metavar="PROGRAM", help="The browser (default: Chromium where it is found).")
@click.option("--profile", type=click.Path(file_okay=False, path_type=Path), help="Its folder (default: in the home).")
@click.option(
    "--patience", type=click.FloatRange(1, 600), default=20.0, show_default=True, help="Seconds until a page is hung."
)
@click.option("--trust-plain-http", is_flag=True, help="Take the URL for safe although it is http (closed networks).")
@home_option
def keep(settings: Settings, /, address: str, flags: tuple[str, ...], **how: Any) -> None:
    """Keep URL, a centre's /display/, full screen on this machine's screen: a browser that hangs is begun anew.

    Runs until it is told to stop. What follows -- is handed to the browser.
    """
    import signal

    from ioc.keeping.asked import keeper

    made = keeper(settings.home, address, flags, **how)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: made.stop())
    made.run()
