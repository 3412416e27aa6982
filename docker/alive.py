# ruff: noqa: INP001  # a program of one file, not part of a package
"""Whether this container does its work: exit status 0 or 1.

Given an address, it must answer 200 there. Without one, for a program without a door of its own (the
worker), its database has to answer: a worker that lost it can't apply anything.
"""

import os
import sys
import urllib.request
from pathlib import Path


def main(arguments: list[str]) -> int:
    """The check; its sentence goes to the health log of the container."""
    try:
        if arguments:
            _answers(arguments[0])
        else:
            _database_answers()
    except Exception as error:  # noqa: BLE001  # whatever it is, the container isn't well
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201  # its log is stderr
        return 1
    return 0


def _answers(address: str) -> None:
    if not address.startswith("http://127.0.0.1:"):
        raise ValueError("this check asks only its own container")
    with urllib.request.urlopen(address, timeout=4) as answer:  # noqa: S310  # the scheme was checked above
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")


def _database_answers() -> None:
    import psycopg  # noqa: PLC0415  # the other check shall not pay for it

    url = Path(os.environ["IOC_DATABASE_URL_FILE"]).read_text().strip()
    with psycopg.connect(url, connect_timeout=4) as connection:
        connection.execute("select 1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
