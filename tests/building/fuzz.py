"""How hard the adapters are tried: a little in every run, and as often as asked for with IOC_FUZZ=100000."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

INPUTS: Final = int(os.environ.get("IOC_FUZZ", "150"))

fuzzing: Final = settings(
    max_examples=INPUTS,
    deadline=None,
    derandomize=INPUTS <= 1000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""Settings for tests that give an adapter bytes of any kind: `@fuzzing` above `@given`."""
