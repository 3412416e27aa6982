"""The simulated district offers what the shipped register says, and has the proportions of the field (handbook 1)."""

from functools import cache
from typing import Any, cast

from ingest.contracts.onestop import Channel, Status
from ingest.rules.register_file import shipped_register
from ingest.simulator.catalogue import procedures
from ingest.simulator.life import Life
from ingest.simulator.record import sync_record
from ingest.sources.conventions import population_database_codes
from tests.simulated import half_a_year, past


@cache
def _received() -> tuple[Life, ...]:
    return tuple(life for life in half_a_year() if any(step.status is Status.RECEIVED for step in past(life)))


@cache
def _last_records() -> tuple[dict[str, object], ...]:
    """Of every third application the newest record."""
    return tuple(sync_record(life, past(life)[-1].at) for life in _received()[::3])


def _results() -> list[dict[str, str]]:
    return [result for record in _last_records()
            for result in cast("list[dict[str, str]]", record["DanhSachGiayToKetQua"])]  # fmt: skip


def _papers() -> list[dict[str, Any]]:
    return [paper for record in _last_records() for paper in cast("list[dict[str, Any]]", record["TaiLieuNop"])]


def test_the_procedures_are_those_of_the_register_with_its_terms_and_fees() -> None:
    register = {procedure.code: procedure for procedure in shipped_register().procedures}
    assert {procedure.code for procedure in procedures()} == register.keys()
    for procedure in procedures():
        said = register[procedure.code]
        assert (procedure.name, procedure.field, procedure.fee) == (said.name, said.field, said.fee)
        assert procedure.term == (said.term if said.term_unit == "day" else (said.term or 0) / 8)


def test_what_has_no_online_service_is_never_filed_online() -> None:
    online = {procedure.code for procedure in shipped_register().procedures if procedure.online != "none"}
    filed = {life.filing.procedure.code for life in half_a_year() if life.filing.channel is Channel.ONLINE}
    assert filed <= online
    assert 0.4 < len(filed) / len(online) < 0.9  # not everything that is offered is used


def test_over_half_of_all_procedures_are_used_in_half_a_year() -> None:
    used = {life.filing.procedure.code for life in _received()}
    assert 0.5 < len(used) / len(procedures()) < 0.9


def test_about_55_percent_of_those_with_a_fee_are_paid_online_and_nothing_that_cannot_be() -> None:
    with_a_fee = [life for life in _received() if life.filing.procedure.fee]
    paid = [life for life in with_a_fee if sync_record(life, life.filing.at)["DuocThanhToanTrucTuyen"] != "0"]
    assert abs(len(paid) / len(with_a_fee) - 0.55) < 0.02
    assert all(life.filing.procedure.fee_online for life in paid)
    assert all(life.filing.channel is Channel.ONLINE for life in paid)


def test_over_80_percent_are_digitised_and_part_of_their_papers_is_used_again() -> None:
    digitised = [record["HoSoCoThanhPhanSoHoa"] == "1" for record in _last_records()]
    with_reuse = [paper for paper in _papers() if paper["DuocTaiSuDung"] == "1"]
    from_store = [paper for paper in with_reuse if paper["DuocLayTuKhoDMQG"] == "1"]
    assert 0.80 < sum(digitised) / len(digitised) < 0.86
    assert 0.4 < len(with_reuse) / len(_last_records()) < 0.5
    assert 0.5 < len(from_store) / len(with_reuse) < 0.7


def test_most_results_are_electronic_and_two_thirds_lie_in_the_citizens_e_store() -> None:
    electronic = [result for result in _results() if result["DuongDanTepTinKetQua"]]
    stored = [result for result in _results() if result["GiayToId"]]
    assert 0.9 < len(electronic) / len(_results()) < 0.97
    assert 0.6 < len(stored) / len(_results()) < 0.75
    assert all(result["DuongDanTepTinKetQua"] for result in stored)


def test_the_population_database_is_asked_where_the_register_says_so() -> None:
    asking = {procedure.code for procedure in shipped_register().procedures if procedure.population_database}
    asked = [record for record in _last_records() if record["DSKetNoiCSDL"]]
    assert {str(record["MaTTHC"]) for record in asked} <= asking
    assert 0.75 < len(asked) / len(_last_records()) < 0.9
    codes = {
        row["MaCSDL"].casefold() for record in asked for row in cast("list[dict[str, str]]", record["DSKetNoiCSDL"])
    }
    assert codes <= population_database_codes()


def test_about_half_are_settled_on_the_day_of_their_receipt() -> None:
    same_day = 0
    for life in _received():
        receipt = next(step.at for step in life.steps if step.status is Status.RECEIVED)
        same_day += any(step.status is Status.SETTLED and step.at.date() == receipt.date() for step in life.steps)
    assert 0.45 < same_day / len(_received()) < 0.65
