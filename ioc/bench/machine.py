"""What was measured on: without it a figure means little."""

import os
import platform
from importlib.metadata import version


def machine() -> dict[str, object]:
    """Cores, memory, versions, and how busy the machine was already."""
    import psutil

    return {
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "psycopg": version("psycopg"),
        "load_before": round(os.getloadavg()[0], 2),
    }
