"""A source that sends until the door has answered for every event, however often it has to try."""

from collections.abc import Sequence
from itertools import count
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

import httpx

from ingest.log.protocol import Entry

_BATCH = 50
_CONNECTIONS = 3


class Sender:
    """Sends batches over several connections; knows how many events were accepted at least once."""

    def __init__(self, door: str, token: str, entries: Sequence[Entry]) -> None:
        self._door = door
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/cloudevents-batch+json"}
        self._batches: SimpleQueue[bytes] = SimpleQueue()
        for start in range(0, len(entries), _BATCH):
            self._batches.put(b"[" + b",".join(entry.body for entry in entries[start : start + _BATCH]) + b"]")
        self._lock = Lock()
        self._stop = Event()
        self.accepted = 0
        self.tries_again = 0
        self._threads = [Thread(target=self._send_all, name=f"sender-{number}") for number in range(_CONNECTIONS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    @property
    def done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def _send_all(self) -> None:
        with httpx.Client(base_url=self._door, headers=self._headers, timeout=20) as client:
            while not self._stop.is_set():
                try:
                    batch = self._batches.get_nowait()
                except Empty:
                    return
                self._send(client, batch)

    def _send(self, client: httpx.Client, batch: bytes) -> None:
        """Try until accepted. What was accepted without our hearing of it is sent again: a duplicate."""
        for attempt in count():
            if self._stop.wait(min(0.05 * attempt, 1.0)):
                return
            try:
                answer = client.post("/v1/events", content=batch)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 202:
                taken = answer.json()
                assert taken["refused"] == [], taken
                with self._lock:
                    self.accepted += taken["accepted"]
                return
            assert answer is None or answer.status_code == 503, answer.text
            with self._lock:
                self.tries_again += 1
