"""Threads for what the wall itself needs: visitors whose questions take long can't keep all of them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

_THREADS: Final = ThreadPoolExecutor(16, thread_name_prefix="wall")
"""One for each scene, the list of displays and the build, all of which may wait for the database; the rest are spare.

`asyncio.to_thread` has as few as six on a small machine, for all questions of all visitors together.
"""


async def in_wall_thread(call: Callable[[], T]) -> T:
    """What `call` answers, from a thread where nothing waits that a visitor asked for."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, call)
