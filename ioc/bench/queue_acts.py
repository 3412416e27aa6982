"""How long an act takes: until its author is told what became of it, and until another page shows it."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final

import httpx

from ioc.bench.latency import summary
from ioc.errors import IocError

_PATIENCE: Final = 10.0
"""Seconds; the stream says something at least every five."""


class Watching:
    """The page of somebody else: when its stream first named each case."""

    def __init__(self, address: str, token: str) -> None:
        self._client = httpx.Client(
            base_url=address, cookies={"ioc_session": token}, timeout=_PATIENCE, trust_env=False
        )  # fmt: skip
        self._heard: dict[str, float] = {}
        self._news = threading.Condition()
        self._is_open, self._is_over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._listen, name="watching")
        self._thread.start()
        if not self._is_open.wait(_PATIENCE):
            raise IocError("/feed/ops was not opened")

    def heard(self, case: str, since: float) -> float | None:
        """When the case was named after `since` (seconds of `time.perf_counter`); None where it never was."""
        with self._news:
            self._news.wait_for(lambda: self._heard.get(case, 0.0) > since, _PATIENCE)
            moment = self._heard.get(case, 0.0)
        return moment if moment > since else None

    def close(self) -> None:
        """Listen no more; waits for the next line of the stream."""
        self._is_over.set()
        self._thread.join()
        self._client.close()

    def _listen(self) -> None:
        with self._client.stream("GET", "/feed/ops") as answer:
            for line in answer.iter_lines():
                self._is_open.set()
                if self._is_over.is_set():
                    return
                if line.startswith("data:"):
                    self._take(json.loads(line.removeprefix("data:")))

    def _take(self, told: dict[str, Any]) -> None:
        now = time.perf_counter()
        with self._news:
            self._heard |= {row["case"]: now for row in told.get("rows", ())}
            self._news.notify_all()


@contextmanager
def acting(address: str, tokens: tuple[str, str]) -> Iterator[tuple[httpx.Client, Watching]]:
    """Somebody who acts, and somebody else who looks; each has a session."""
    headers = {"origin": address}
    with (
        httpx.Client(
            base_url=address, cookies={"ioc_session": tokens[0]}, headers=headers, timeout=60, trust_env=False
        ) as client,
        closing(Watching(address, tokens[1])) as watching,
    ):
        yield client, watching


def time_acts(
    client: httpx.Client, watching: Watching, rows: Sequence[dict[str, Any]], number: int
) -> dict[str, Any]:  # fmt: skip
    """Acknowledge so many of the cases, one after the other; times in ms.

    A case that ended meanwhile is passed over. Raises `IocError` where an act is refused for another reason.
    """
    answered: list[float] = []
    shown: list[float] = []
    unseen = 0
    for row in rows:
        if len(answered) == number:
            break
        started = time.perf_counter()
        wanted = {"act": "acknowledge", "case": row["case"], "seen": row["handling"]["version"]}
        answer = client.post("/ops/act", json=wanted)
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY and "case_ended" in answer.text:
            continue
        answered.append(1_000 * (time.perf_counter() - started))
        if answer.status_code != httpx.codes.OK:
            raise IocError(f"the act was answered {answer.status_code}: {answer.text[:300]}")
        moment = watching.heard(row["case"], started)
        if moment is None:
            unseen += 1
        else:
            shown.append(1_000 * (moment - started))
    return {
        "acts": len(answered),
        "answered_ms": summary(answered),
        "seen_elsewhere_ms": summary(shown),
        "unseen": unseen,
    }
