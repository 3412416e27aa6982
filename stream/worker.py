"""The worker: reads its share of the log and applies it, batch after batch, until told to stop.

Whatever fails, it starts again from the positions that the store holds: nothing is lost and nothing counts
twice. A partition that is mostly poison is halted, loudly, until an operator accepts it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event
from time import monotonic
from typing import Final

import psycopg
import structlog

from ingest.errors import LogUnavailableError
from ingest.log.protocol import EventLog, LogReader, Record
from stream.announce import Announcer
from stream.apply.plan import Plan
from stream.apply.reached import Look, Reached
from stream.apply.session import Connect, Session
from stream.apply.store import Claim
from stream.core.rules import Rules
from stream.errors import FencedError

GROUP: Final = "apply"
BATCH: Final = 5_000

_WAIT: Final = 0.5
_BACKOFF: Final = (0.1, 3.0)
"""Seconds, the first and the longest: the wall has right figures again within 10 s of the database's return."""
_LOOK_AT_HALTED_EVERY: Final = 5.0

_log = structlog.get_logger(__name__)


class Worker:
    """One member of the group that applies. Several, each in a process of its own, share the partitions."""

    def __init__(self, log: EventLog, connect: Connect, rules: Rules, announcer: Announcer) -> None:
        self._log = log
        self._connect = connect
        self._rules = rules
        self._announcer = announcer
        self._owned: set[int] = set()
        self._claims: dict[int, Claim] = {}
        self._session: Session | None = None
        self._looked_at_halted = monotonic()
        self._reached = Reached()

    def run(self, stop: Event, batch: int = BATCH) -> None:
        """Apply until `stop` is set. Raises what trying again can't mend."""
        backoff, longest = _BACKOFF
        reader = self._log.join(GROUP, self._assigned, self._revoked)
        try:
            while not stop.is_set():
                try:
                    self._step(reader, batch)
                    backoff = _BACKOFF[0]
                except (psycopg.OperationalError, FencedError, LogUnavailableError) as error:
                    _log.warning("worker.again", error=str(error).strip(), in_seconds=backoff)
                    self._drop_session()
                    stop.wait(backoff)
                    backoff = min(backoff * 2, longest)
            if self._session is not None:
                self._session.settle()
        finally:
            self._drop_session()
            reader.close()

    def _step(self, reader: LogReader, batch: int) -> None:
        """Poll, plan, and hand over to the writer what the last step planned."""
        if self._session is None:
            self._recover(reader)
        asked = monotonic()
        records = reader.poll(batch, _WAIT)
        session = self._session
        if session is None:  # an assignment failed inside the poll: the positions are not where we want them
            return
        running = [record for record in records if self._runs(record)]
        plan = session.plan(running) if running else None
        reader.commit(session.settle())
        sign = self._reached.settled(Look.of(asked, running))
        if sign is not None and (running or reader.is_in_touch()):  # where the log is away nothing comes either
            session.tell_reached(sign, self._claims.values())
        if plan is not None:
            session.submit(plan, {part: self._claims[part].epoch for part in plan.tallies})
            self._note_halted(plan)
        self._look_at_halted(session, reader)

    def _runs(self, record: Record) -> bool:
        return record.partition in self._claims and self._claims[record.partition].halted is None

    def _assigned(self, parts: Sequence[int]) -> Mapping[int, int]:
        """More partitions: claim them, and plan on from the store."""
        self._owned.update(parts)
        self._reached.begin_anew()
        try:
            session = self._session or self._open_session()
            session.settle()
            claims = session.claim(parts)
            self._claims.update(claims)
            session.restart(self._claims.values())
        except (psycopg.Error, FencedError):
            self._drop_session()
            raise
        _log.info("worker.assigned", partitions=sorted(parts), all=sorted(self._claims))
        self._warn_of_halted()
        return {part: claim.next_pos for part, claim in claims.items()}

    def _revoked(self, parts: Sequence[int]) -> None:
        """Fewer partitions: what is planned is written first, so that the next owner finds it."""
        self._owned.difference_update(parts)
        try:
            if self._session is not None:
                self._session.settle()
        except (psycopg.Error, FencedError) as error:
            _log.warning("worker.unsettled", error=str(error).strip())
            self._drop_session()
        for part in parts:
            self._claims.pop(part, None)
        if self._session is not None:
            self._session.restart(self._claims.values())
        _log.info("worker.revoked", partitions=sorted(parts), left=sorted(self._claims))

    def _recover(self, reader: LogReader) -> None:
        """New connections, a new epoch for what is ours, and back to what is stored."""
        session = self._open_session()
        self._claims = dict(session.claim(sorted(self._owned)))
        session.restart(self._claims.values())
        reader.seek({part: claim.next_pos for part, claim in self._claims.items()})

    def _open_session(self) -> Session:
        self._session = Session(self._connect, self._rules, self._announcer.announce)
        return self._session

    def _drop_session(self) -> None:
        session, self._session = self._session, None
        self._reached.begin_anew()
        if session is not None:
            session.close()

    def _note_halted(self, plan: Plan) -> None:
        for part, tally in plan.tallies.items():
            if tally.halted is not None:
                self._claims[part] = replace(self._claims[part], halted=tally.halted)
                self._warn_of_halted()

    def _warn_of_halted(self) -> None:
        for claim in self._claims.values():
            if claim.halted is not None:
                _log.error("worker.partition_halted", partition=claim.part, reason=claim.halted)

    def _look_at_halted(self, session: Session, reader: LogReader) -> None:
        """Now and then see whether an operator has accepted the poison of a halted partition."""
        halted = [part for part, claim in self._claims.items() if claim.halted is not None]
        if not halted or monotonic() - self._looked_at_halted < _LOOK_AT_HALTED_EVERY:
            return
        self._looked_at_halted = monotonic()
        session.settle()
        claims = session.claim(halted)
        self._claims.update(claims)
        if released := [claim for claim in claims.values() if claim.halted is None]:
            session.restart(self._claims.values())
            reader.seek({claim.part: claim.next_pos for claim in released})
            _log.info("worker.partition_released", partitions=sorted(claim.part for claim in released))
