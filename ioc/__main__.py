"""The command line `ioc`: exit status 0 done, 1 failed, 2 called wrongly; results on stdout, all else on stderr."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from ioc.sentence import sentence

# Where each command lives and its line in the help: the help of `ioc` imports none of them.
_COMMANDS = {
    "alert": ("ioc.commands.alert:alert", "Check rules of alerts, list alerts, be silent, send."),
    "bench": ("ioc.commands.bench:bench", "Measure on this machine; one JSON document each."),
    "calendar": ("ioc.commands.calendar:calendar", "Check and adopt working calendars, reckon with them."),
    "case": ("ioc.commands.case:case", "Tell a case's whole story, list applications."),
    "dashboard": ("ioc.commands.dashboard:dashboard", "Serve the wall."),
    "database": ("ioc.commands.database:database", "Migrate the database."),
    "account": ("ioc.commands.account:account", "Add, change and disable people who sign in."),
    "display": ("ioc.commands.display:display", "List, approve and revoke wall displays, keep one alive."),
    "doctor": ("ioc.commands.doctor:doctor", "Say what runs, what is missing and what to do."),
    "geo": ("ioc.commands.geo:geo", "Units, boundaries and the schematic."),
    "index": ("ioc.commands.index:index", "Show the service-quality index, take in official scores."),
    "ingest": ("ioc.commands.ingest:ingest", "Serve the door, take in files, check what would be understood."),
    "keys": ("ioc.commands.keys:keys", "Make, replace and publish the keys of seals."),
    "kpi": ("ioc.commands.kpi:kpi", "List and show key figures."),
    "procedures": ("ioc.commands.procedures:procedures", "Check and adopt registers of procedures."),
    "receive": ("ioc.commands.receive:receive", "Take sealed snapshots and answer with receipts: for provinces."),
    "report": ("ioc.commands.report:report", "Form II.06a, the cases behind it, what changed it."),
    "simulate": ("ioc.commands.simulate:simulate", "Send the events of a made-up district."),
    "snapshot": ("ioc.commands.snapshot:snapshot", "Make snapshots for the province when due, list and send them."),
    "source": ("ioc.commands.source:source", "Add, list and revoke sources."),
    "stream": ("ioc.commands.stream:stream", "Apply events, rebuild, look into quarantine."),
    "up": ("ioc.commands.up:up", "Run everything in one folder."),
    "verify": ("ioc.commands.verify:verify", "Check sealed snapshots, with the public key alone."),
    "warning": ("ioc.commands.warning:warning", "Learn, measure and list which applications will probably be late."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for: `ioc up` need not load pandas."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, sorted."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in sorted(_COMMANDS.items())])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of data and logs (default: IOC_HOME, else .ioc here).",
)
@click.option("--debug", is_flag=True, help="Show tracebacks and debug logs.")
def cli(home: Path | None, *, debug: bool) -> None:
    """Run and ask the smart operations centre (trung tâm điều hành thông minh) of Mộc Châu."""
    del home  # read by `home_option`
    from ioc.logs import configure_logs

    configure_logs(debug=debug or _debug_asked_for())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: errors are a sentence, a traceback comes with --debug or IOC_DEBUG only."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(_run(given))


def _run(arguments: list[str]) -> int:
    try:
        status = cli.main(arguments, prog_name="ioc", standalone_mode=False)
    except click.ClickException as error:
        error.show(sys.stderr)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        print("ioc: stopped", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output left: `ioc kpi list | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if "--debug" in arguments or _debug_asked_for():
            raise
        print(f"ioc: {sentence(error)}", file=sys.stderr)
        return 1
    return status if isinstance(status, int) else 0


def _debug_asked_for() -> bool:
    return os.environ.get("IOC_DEBUG", "") not in {"", "0"}


if __name__ == "__main__":
    main()
