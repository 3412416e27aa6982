"""Samples of conference lines to measure with, as a gateway sends them: several of one line an event, or one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from ingest.contracts.conference import QUALITY_SAMPLED, QualitySampled, Sample
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import dataschema
from ingest.log.protocol import Entry
from ioc.bench.events import AGENCIES

SOURCE: Final = "endpoints.bench"
_SCHEMA: Final = dataschema(QUALITY_SAMPLED)
_SPACING: Final = timedelta(microseconds=1)


class Lines:
    """So many endpoints, which are measured in turn; `per_event` samples of one come together."""

    def __init__(self, endpoints: int, per_event: int) -> None:
        units = list(AGENCIES.values())
        self._endpoints = [(f"line-{number:03}", units[number % len(units)]) for number in range(endpoints)]
        self._per_event = per_event
        self._told = 0
        self._random = Random(endpoints)  # noqa: S311 - seeded samples, no secret

    def told_until(self, samples: int, now: datetime) -> Iterator[Entry]:
        """The events with which so many samples have been told since the beginning, from `now` on."""
        first = self._told
        while self._told + self._per_event <= samples:
            endpoint, unit = self._endpoints[self._told // self._per_event % len(self._endpoints)]
            since = now + _SPACING * (self._told - first)
            told = tuple(self._sample(since + _SPACING * place) for place in range(self._per_event))
            data = QualitySampled(endpoint=endpoint, unit=unit, samples=told)
            envelope = Envelope(
                id=f"{endpoint}/{self._told}", source=SOURCE, type=QUALITY_SAMPLED, subject=f"endpoint/{endpoint}",
                time=now, dataschema=_SCHEMA, data=wrap(data),
            )  # fmt: skip
            self._told += self._per_event
            yield Entry(f"endpoint/{endpoint}", encode_envelope(envelope))

    def _sample(self, at: datetime) -> Sample:
        random = self._random
        loss = 0.0 if random.random() < 0.9 else round(random.uniform(0.1, 6), 2)
        return Sample(
            at=at, loss=loss, jitter=round(random.expovariate(1 / 8), 1), rtt=round(random.uniform(8, 90), 1),
            bitrate=round(random.uniform(300, 1800)),
        )  # fmt: skip
