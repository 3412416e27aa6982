"""The statements that make up the history to measure with, one named `.sql` file each."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> bytes:
    """The text of the statement, or of the statements without parameters, of that name."""
    return files(__name__).joinpath(f"{name}.sql").read_bytes()
