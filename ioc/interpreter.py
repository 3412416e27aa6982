"""How the interpreter is set for programs that apply events as fast as they can."""

import gc
import sys


def tune_for_throughput() -> None:
    """Call it once, after the imports: it changes the whole process.

    The writer's thread waits for the interpreter's lock once a chunk: hand it over often. What lies in the case
    cache lives long: spare the collector from looking at it again and again.
    """
    sys.setswitchinterval(0.0001)
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
