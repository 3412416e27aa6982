"""Every statement that fills and follows the queue, one named `.sql` file each."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> bytes:
    """The text of the statement `name`, as psycopg takes it."""
    return files(__name__).joinpath(f"{name}.sql").read_bytes()
