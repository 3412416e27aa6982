"""The archive's pages, put on a server: `/archive/` and `/archive/{kind}/{period}`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, get_args, get_type_hints

import msgspec
from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from psycopg import Connection

from dashboard.access.people import Person
from dashboard.archive.acting import acting_router
from dashboard.archive.answering import Answering, Looking, as_json, as_state
from dashboard.archive.asked import FIRST, Kind, Period, PlottedKind, PlottedKpi, PlottedUnit, narrowed
from dashboard.archive.checking import checking_router
from dashboard.archive.comparing import compared
from dashboard.archive.content import beside, content_of, form_of
from dashboard.archive.layout import heading_of, list_frame, snapshot_frame
from dashboard.archive.listing import read_listing
from dashboard.archive.objects import Objects
from dashboard.archive.plans import Plans
from dashboard.archive.standing import digests_of, read_standing
from dashboard.archive.taking import taking_router
from dashboard.archive.trend import Trends
from dashboard.build import build_of_pages
from dashboard.data.answers import FRESH, TIME_ZONE, unit_titles
from dashboard.data.page import page
from dashboard.text import language_named, words_in
from stream.kpi.catalogue import Catalogue
from stream.snapshot.content.document import LateReason, Snapshot
from stream.snapshot.schedule.reading import shipped_schedules
from stream.snapshot.schedule.schedule import Schedules
from stream.snapshot.schedule.wording import late_reason

_LATE: Final[tuple[str, ...]] = get_args(get_type_hints(LateReason)["id"])


class ArchivePages:
    """What was sent to the province, for leaders and administrators; only the latter can ask for anything."""

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        clock: Callable[[], datetime],
        catalogue: Catalogue,
        schedules: Callable[[], Schedules] = shipped_schedules,
        problem: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._answering = Answering(connect, clock, Plans(schedules, problem))
        self._catalogue = catalogue
        self._objects = Objects()
        self._trends = Trends()

    def mount(self, server: FastAPI) -> None:
        """Put the addresses on a server that serves the pages about data, whose assets they share."""
        router = APIRouter(prefix="/archive", include_in_schema=False)
        self._list(router)
        self._snapshot(router)
        for each in (taking_router(self._answering), acting_router(self._answering), checking_router(self._answering)):
            server.include_router(each)  # first: their addresses are longer
        server.include_router(router)

    def close(self) -> None:
        """Close the connection."""
        self._answering.close()

    def _list(self, router: APIRouter) -> None:
        answering = self._answering

        @router.get("")
        async def beside() -> RedirectResponse:
            return RedirectResponse("/archive/")

        @router.get("/")
        async def archive(person: Looking, lang: str | None = None, theme: str | None = None) -> HTMLResponse:
            words = words_in(language_named(lang))
            facts = {**self._facts(person), "kpis": self._kpis()}
            return HTMLResponse(page(list_frame(words, theme, runs=facts["runs"]), words, facts), headers=FRESH)

        @router.get("/state")
        async def state(
            person: Looking, kind: str | None = None, year: str | None = None, state: str | None = None,
            most: int = FIRST,
        ) -> Response:  # fmt: skip
            asked, now = narrowed(kind, year, state, most), answering.clock()
            told = await answering.do(
                lambda connection: read_listing(connection, asked, answering.plans, now, drafts=_runs(person))
            )
            return as_state(now, told)

        @router.get("/trend")
        async def trend(_: Looking, kind: PlottedKind, kpi: PlottedKpi, unit: PlottedUnit | None = None) -> Response:
            read = self._trends.read
            return as_json({"periods": await answering.do(lambda connection: read(connection, kind, kpi, unit))})

    def _snapshot(self, router: APIRouter) -> None:
        answering = self._answering

        @router.get("/{kind}/{period}")
        async def snapshot(
            kind: Kind, period: Period, person: Looking, lang: str | None = None, theme: str | None = None,
            version: int | None = None,
        ) -> HTMLResponse:  # fmt: skip
            words = words_in(language_named(lang))
            heading = heading_of(answering.plans.schedule(kind), (kind, period), words)
            keep = {} if version is None else {"version": str(version)}
            facts = {**self._facts(person), "kind": kind, "period": period}
            return HTMLResponse(page(snapshot_frame(words, theme, heading, keep), words, facts), headers=FRESH)

        @router.get("/{kind}/{period}/state")
        async def state(kind: Kind, period: Period, _: Looking) -> Response:
            versions = await answering.do(lambda connection: read_standing(connection, kind, period))
            if not versions:
                raise HTTPException(404, "no_such_snapshot")
            return as_state(answering.clock(), {"versions": versions})

        @router.get("/{kind}/{period}/content")
        async def content(kind: Kind, period: Period, version: int, person: Looking) -> Response:
            def tell(versions: Mapping[int, Snapshot]) -> dict[str, Any]:
                return content_of(versions, version, lambda unit: self._sees(person, unit))

            return as_json(await self._told((kind, period), version, tell))

        @router.get("/{kind}/{period}/form")
        async def form(kind: Kind, period: Period, version: int, _: Looking, unit: str | None = None) -> Response:
            return as_json(
                await self._told((kind, period), version, lambda versions: {"form": form_of(versions[version], unit)})
            )

        @router.get("/{kind}/{period}/compare")
        async def compare(
            kind: Kind, period: Period, version: int, section: str, _: Looking, unit: str | None = None
        ) -> Response:  # fmt: skip
            def tell(versions: Mapping[int, Snapshot]) -> dict[str, Any]:
                return {"versions": sorted(versions), "rows": compared(versions, section, unit)}

            return as_json(await self._told((kind, period), version, tell))

    async def _told(
        self, which: tuple[str, str], shown: int, tell: Callable[[Mapping[int, Snapshot]], dict[str, Any]]
    ) -> dict[str, Any]:  # fmt: skip
        """What is to be told of the sealed versions of a period, the one that is shown among them, in a thread.

        Raises `HTTPException` (404) where that one is not sealed.
        """

        def read(connection: Connection[Any]) -> dict[str, Any]:
            digests = digests_of(read_standing(connection, *which))
            if shown not in digests:
                raise HTTPException(404, "not_sealed")
            wanted = beside(shown, digests)
            found = self._objects.read(connection, [digests[version] for version in wanted])
            return tell({version: found[digests[version]] for version in wanted})

        return await self._answering.do(read)

    def _sees(self, person: Person, unit: str | None) -> bool:
        units = person.scope.units_on(self._answering.clock().astimezone(TIME_ZONE).date())
        return units is None or (unit is not None and int(unit) in units)

    def _facts(self, person: Person) -> dict[str, Any]:
        plans = self._answering.plans.told()
        units = unit_titles(self._answering.clock())
        whole = person.scope.entries is None
        late = {name: msgspec.to_builtins(late_reason(name).text) for name in _LATE}
        return {
            "build": build_of_pages(), "units": units, "plans": plans, "late": late,
            "runs": _runs(person), "whole": whole,
        }  # fmt: skip

    def _kpis(self) -> list[dict[str, Any]]:
        return [
            {
                "id": kpi.id, "title": {"vi": kpi.definition.title.vi, "en": kpi.definition.title.en},
                "measure": kpi.definition.unit, "digits": kpi.definition.digits,
            }
            for kpi in self._catalogue.kpis.values()
        ]  # fmt: skip


def _runs(person: Person) -> bool:
    return person.may("administer") and person.scope.entries is None
