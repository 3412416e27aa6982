"""Lines that are measured: samples that say the same however often they are told."""

from datetime import UTC, datetime, timedelta
from random import Random

import psycopg

from ingest.contracts.conference import Sample
from ingest.log.protocol import Entry
from tests.building.conference import samples

TABLES = ("quality_endpoint", "quality_sample", "quality_minute", "quality_hour", "quality_day")
NOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=2)


def sample(seconds: float, loss: float | None = 0.5, rtt: float | None = 40, jitter: float | None = 5) -> Sample:
    """A sample so many seconds after noon."""
    return Sample(at=NOON + timedelta(seconds=seconds), loss=loss, rtt=rtt, jitter=jitter, bitrate=900)


def some_samples(events: int, seed: int = 1) -> list[Entry]:
    """Events of five endpoints, some of one sample and some of many; samples are told in two events now and then.

    What a sample says, and of which unit it is, follows from its moment: told twice, it says the same.
    """
    random = Random(seed)
    found = []
    for number in range(events):
        code = f"line-{random.randrange(5)}"
        first = random.randrange(7_200)
        seconds = range(first, first + random.choice([1, 1, 4, 40]))
        unit = "04033" if code == "line-4" and first >= 2_730 else "03980"  # this one changes hands within a minute
        told = [
            sample(second, Random(f"{code}/{second}").choice([None, 0.0, 0.4, 2.0, 3.5]), second % 350, second % 37)
            for second in seconds
            if unit == "04033" or code != "line-4" or second < 2_730
        ]
        found.append(samples(f"event-{seed}-{number}", code, told, unit))
    return found


def forget(stream: psycopg.Connection) -> None:
    """As if nothing had been told."""
    stream.execute(f"truncate {', '.join(TABLES)}, source_day")
    stream.execute("delete from part_offset")
    stream.execute("truncate ingest.entry")
    stream.execute("update ingest.head set next_pos = 0")
