"""The way from the pages into the event log; which log that is, only `ioc` knows."""

from collections.abc import Callable
from typing import TypeAlias

Tell: TypeAlias = Callable[[str, bytes], None]
"""Appends a record (its key, its bytes) so that it is durable when this returns.

Raises `dashboard.data.operators.UnavailableError` where the log can't take it just now.
"""
