"""Every statement of the archive's pages, one named `.sql` file each; names say their schema."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> bytes:
    """The text of the statement `name`, as psycopg takes it."""
    return files(__name__).joinpath(f"{name}.sql").read_bytes()
