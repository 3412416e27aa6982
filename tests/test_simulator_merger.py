"""The district of 2024 beyond its end: what is still open when units merge goes on with their heirs."""

from datetime import timedelta

import msgspec

from ingest.registration import Source
from ingest.simulator.life import Life
from ingest.simulator.record import sync_record
from ingest.simulator.shops import agencies
from ingest.sources.onestop_sync import translate
from ioc.services.simulated import _units
from ioc.simulated_district import district as _district
from tests.simulated import EIGHT, FIFTEEN, MERGED, huyen, last_months_of_the_huyen, merger


def _outlasting() -> list[Life]:
    return [life for life in last_months_of_the_huyen() if life.steps[-1].at >= MERGED]


def test_some_tens_of_applications_outlast_their_units() -> None:
    assert 20 < len(_outlasting()) < 90
    assert len({life.filing.shop.unit for life in _outlasting()}) > 6


def test_their_records_name_the_heir_since_the_merger_and_the_old_unit_before() -> None:
    for life in _outlasting():
        old = life.shop_at(MERGED - timedelta(seconds=1))
        heirs = {shop.agency for shop in merger().heirs[old.unit]}
        before = [sync_record(life, step.at)["DonViXuLy"] for step in life.steps if step.at < MERGED]
        assert set(before) <= {life.filing.shop.agency, old.agency}
        assert life.shop_at(MERGED + timedelta(days=20)).agency in heirs
        late = [step.at for step in life.steps if step.at > MERGED + timedelta(days=20)]
        assert {sync_record(life, at)["DonViXuLy"] for at in late} <= heirs


def test_some_shops_say_the_old_name_for_some_days() -> None:
    late = [life for life in _outlasting() for move in life.moves if move.inherited and move.at > MERGED]
    assert 0 < len(late) < len(_outlasting()) / 2


def test_a_divided_unit_leaves_its_applications_to_each_of_its_heirs() -> None:
    heirs = {
        life.shop_at(MERGED + timedelta(days=20)).unit
        for life in _outlasting()
        if life.filing.shop.unit == "03979" and life.moves
    }
    assert heirs <= {"03980", "03979"}


def test_no_life_is_longer_than_the_profile_says() -> None:
    longest = max(life.sendings[-1].at - life.filing.at for life in last_months_of_the_huyen())
    assert longest < timedelta(days=huyen().profile.longest_life_days)


def test_by_the_recorded_lineage_every_old_unit_has_heirs_that_its_source_is_registered_for() -> None:
    district = _district("2024", 7)
    assert district.merger is not None
    assert district.merger.at == MERGED
    assert district.merger.heirs.keys() == {shop.unit for shop in district.shops}
    registered = agencies(_units("2024"))
    for shop in (*district.shops, *(heir for heirs in district.merger.heirs.values() for heir in heirs)):
        assert registered[shop.agency] == shop.unit


def test_the_door_takes_what_is_sent_before_and_after_under_one_registration() -> None:
    source = Source("simulated", "onestop-sync", agencies(FIFTEEN.keys() | EIGHT.keys()))
    for life in _outlasting():
        states = [sync_record(life, step.at) for step in life.steps]
        body = {"service": "DongBoHoSoMC", "MaDinhDanhDV": life.filing.shop.agency, "data": states}
        found = translate(msgspec.json.encode(body), source)
        assert not found.refusals
