"""Pages of the queue asked for as people do: random filters, orders and places, one after the other."""

import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from ioc.bench.events import AGENCIES
from ioc.bench.latency import summary
from ioc.bench.queue_cases import FIELDS, PROCEDURES
from ioc.errors import IocError
from stream.queue.held import STATES
from stream.queue.wanted import KEYS

_COUNT: Final = 100
_WORDS: Final = ("khai sinh", "dang ky", "đất", "Cấp lại bản sao", "Q0012", "1.0001", "xây dựng giấy phép")


def queries(number: int, open_cases: int) -> Iterator[str]:
    """So many addresses, the same ones every time; one in four asks for nothing but an order."""
    dice = Random(3)  # noqa: S311 - repeatable, not secret
    for _ in range(number):
        wanted: dict[str, Any] = {"sort": dice.choice(KEYS), "dir": dice.choice(("asc", "desc")), "count": _COUNT}
        if dice.random() < 0.75:
            filters = {
                "unit": dice.choice(list(AGENCIES.values())), "field": f"G09-LV{dice.randrange(FIELDS):02}",
                "procedure": f"1.{dice.randrange(PROCEDURES):06}", "state": dice.choice(STATES),
                "channel": dice.choice(("online", "direct")), "q": dice.choice(_WORDS), "holder": "none",
            }  # fmt: skip
            wanted |= {name: filters[name] for name in dice.sample(list(filters), dice.choice((1, 1, 2, 3)))}
        else:
            wanted["start"] = dice.randrange(max(open_cases - _COUNT, 1))
        yield urlencode(wanted)


class Asking:
    """Somebody who is signed in at a dashboard."""

    def __init__(self, address: str, token: str) -> None:
        self._client = httpx.Client(
            base_url=address, cookies={"ioc_session": token}, timeout=60, trust_env=False
        )  # fmt: skip

    def page(self, query: str) -> dict[str, Any] | None:
        """A page; None while there is none. Raises `IocError` where it is refused."""
        answer = self._client.get(f"/ops/rows?{query}")
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return None
        if answer.status_code != httpx.codes.OK:
            raise IocError(f"/ops/rows?{query} answered {answer.status_code}: {answer.text[:300]}")
        found: dict[str, Any] = answer.json()
        return found

    def all(self, queries: Sequence[str]) -> dict[str, Any]:
        """How long each took, from asking to the last byte, in ms; and how many rows and bytes there were."""
        taken, rows, size = [], 0, 0
        for query in queries:
            started = time.perf_counter()
            answer = self._client.get(f"/ops/rows?{query}")
            taken.append(1_000 * (time.perf_counter() - started))
            answer.raise_for_status()
            size += len(answer.content)
            rows += len(answer.json()["rows"])
        number = max(len(queries), 1)
        return {"ms": summary(taken), "rows_a_page": round(rows / number), "bytes_a_page": round(size / number)}

    def close(self) -> None:
        """Leave."""
        self._client.close()
