"""The simulated district as the tests ask for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from itertools import takewhile
from typing import Any

import msgspec

from ingest.registration import Source
from ingest.simulator.calendar import LOCAL
from ingest.simulator.conference.network import Network, network
from ingest.simulator.district import District, Merger
from ingest.simulator.documents.authority import Chain, make_chain
from ingest.simulator.documents.bureau import Bureau
from ingest.simulator.documents.organs import OUTSIDE, Place, organs
from ingest.simulator.documents.signing import ChainSigner
from ingest.simulator.life import Life, Step
from ingest.simulator.parcel import Parcel
from ingest.simulator.plan import plan
from ingest.simulator.profile import HUYEN, TODAY
from ingest.simulator.shops import shops
from ingest.simulator.state import State

EIGHT = {"03979": 2.0, "03980": 4.0, "03982": 3.0, "03985": 1.0, "03997": 1.0, "04000": 0.9, "04033": 1.5, "04045": 0.6}
FIFTEEN = {f"{code:05d}": 1.0 for code in (3979, 3982, 3985, 3988, 3991, 3997, 4000, 4003, 4012, 4015, 4024, 4027)} | {
    "04030": 1.2, "04033": 0.8, "04045": 0.6}  # fmt: skip

PLACES = {unit: Place(weight, f"đơn vị {unit}") for unit, weight in EIGHT.items()}

A_WEDNESDAY = datetime(2026, 6, 17, 11, 0, tzinfo=LOCAL)
HALF_A_YEAR = timedelta(days=182)
MERGED = datetime(2025, 7, 1, tzinfo=LOCAL)


def today(seed: int = 7) -> District:
    return District(TODAY, shops(EIGHT, seed), seed)


def huyen(seed: int = 7) -> District:
    return District(HUYEN, shops(FIFTEEN, seed), seed, merger(seed))


def merger(seed: int = 7) -> Merger:
    """All of the fifteen go on as three of the eight; 03979 was divided between two of them."""
    new = {shop.unit: shop for shop in shops(EIGHT, seed)}
    heirs = {code: [new["04000"]] for code in FIFTEEN} | {"03979": [new["03980"], new["03979"]]}
    return Merger(MERGED, heirs)


def bureau(seed: int = 7) -> Bureau:
    return Bureau(organs(PLACES, seed), seed)


def conferences(seed: int = 7) -> Network:
    return network(PLACES, seed)


@cache
def signer() -> ChainSigner:
    """The keys of all organs, drawn anew for each run of the tests."""
    return ChainSigner.of(chain())


@cache
def chain() -> Chain:
    return make_chain([organ.code for organ in (*bureau().organs, *OUTSIDE)], A_WEDNESDAY)


def documents_source() -> Source:
    own = bureau().organs
    agencies = {organ.code: str(organ.unit) for organ in own}
    levels = {organ.code: int(organ.level) for organ in own}
    return Source("documents.test", "edxml", agencies, levels=levels, streams=("documents",))


def begun(days: int, detailed_days: int | None = None, now: datetime = A_WEDNESDAY) -> State:
    """The state of a run that begins so many days before now; of how many of them it tells in detail, else of all."""
    midnight = now.replace(hour=0, minute=0)
    begin = midnight - timedelta(days=days)
    detailed = begin if detailed_days is None else midnight - timedelta(days=detailed_days)
    return State(profile="today", seed=7, sender="", begin=begin.date(), sent_until=begin, detailed_from=detailed)


def until(parcels: Iterator[Parcel], now: datetime = A_WEDNESDAY) -> list[Parcel]:
    return list(takewhile(lambda parcel: parcel.at <= now, parcels))


def small(district: District) -> District:
    """The same with an eighth of the applications."""
    return replace(district, profile=replace(district.profile, per_working_day=district.profile.per_working_day / 8))


@cache
def half_a_year(seed: int = 7) -> tuple[Life, ...]:
    """All lives that begin in the 182 days before `A_WEDNESDAY`, and on it."""
    first = (A_WEDNESDAY - HALF_A_YEAR).date()
    district = today(seed)
    return tuple(life for number in range(183) for life in plan(district, first + timedelta(days=number)))


@cache
def last_months_of_the_huyen(seed: int = 7) -> tuple[Life, ...]:
    """All lives that begin in the last 120 days of the fifteen units."""
    first = (datetime(2025, 2, 1, tzinfo=LOCAL) - timedelta(days=120)).date()
    return tuple(life for number in range(120) for life in plan(huyen(seed), first + timedelta(days=number)))


def past(life: Life, now: datetime = A_WEDNESDAY) -> Sequence[Step]:
    """The steps that happened by now."""
    return [step for step in life.steps if step.at <= now]


def fingerprint(record: dict[str, Any]) -> str:
    """A record's application and status, and what tells it apart from any other."""
    digest = blake2b(msgspec.json.encode(record), digest_size=8).hexdigest()
    return f"{record['MaHoSo']}/{record['TrangThaiHoSo']}/{digest}"
