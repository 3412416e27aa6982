"""What is counted of the lists in a sync record: papers, fees, results, databases (handbook 3.2)."""

from typing import Final

from ingest.contracts.onestop import Papers
from ingest.refusal import Reason, RefusedError
from ingest.sources.codes import amount, flag, optional_name
from ingest.sources.conventions import population_database_codes
from ingest.sources.onestop_wire import Fee, Paper, ResultPaper, Scalar, SharedDatabase, Unread

_MOST_PAPERS: Final = 100_000
_MOST_DONG: Final = 10**15


def papers(submitted: list[Paper] | None) -> Papers | None:
    """`TaiLieuNop`: how many there are, and how many digitised, re-used or from the e-store."""
    if submitted is None:
        return None
    _limit(len(submitted), _MOST_PAPERS, "TaiLieuNop")
    digitised = reused = from_store = 0
    for place, paper in enumerate(submitted):
        digitised += flag(paper.digitised, f"TaiLieuNop[{place}].DuocSoHoa") is True
        reused += flag(paper.reused, f"TaiLieuNop[{place}].DuocTaiSuDung") is True
        from_store += flag(paper.from_store, f"TaiLieuNop[{place}].DuocLayTuKhoDMQG") is True
    return Papers(submitted=len(submitted), digitised=digitised, reused=reused, from_store=from_store)


def fee(fees: list[Fee] | None) -> int | None:
    """`DanhSachLePhi`: the sum in đồng; None where the record says nothing about fees."""
    if fees is None:
        return None
    total = sum(amount(one.price, f"DanhSachLePhi[{place}].Gia") or 0 for place, one in enumerate(fees))
    _limit(total, _MOST_DONG, "DanhSachLePhi")
    return total


def electronic_results(results: list[ResultPaper] | None) -> int | None:
    """`DanhSachGiayToKetQua`: how many have a file."""
    return _how_many([result.file for result in results or []], results)


def stored_results(results: list[ResultPaper] | None) -> int | None:
    """`DanhSachGiayToKetQua`: how many have a number in the citizen's e-store (`GiayToId`)."""
    return _how_many([result.store_number for result in results or []], results)


def asks_payment(duties: Unread) -> bool:
    """`DanhSachLePhiBoSung`: a request that names fees is a wait for a financial obligation, not for papers."""
    return isinstance(duties, list) and any(bytes(duty) not in {b"null", b"{}"} for duty in duties)


def shared_databases(databases: list[SharedDatabase] | None) -> tuple[str, ...]:
    """`DSKetNoiCSDL`: the codes, each once, in order of their letters."""
    if not databases:
        return ()
    codes = (optional_name(one.code, f"DSKetNoiCSDL[{place}].MaCSDL") for place, one in enumerate(databases))
    return tuple(sorted({code for code in codes if code is not None}))


def population_database(databases: list[SharedDatabase] | None) -> bool | None:
    """`DSKetNoiCSDL`: whether the population database was asked; None where the record says nothing of databases."""
    if databases is None:
        return None
    return any(code.casefold() in population_database_codes() for code in shared_databases(databases))


def _how_many(values: list[Scalar], results: list[ResultPaper] | None) -> int | None:
    if results is None:
        return None
    _limit(len(results), _MOST_PAPERS, "DanhSachGiayToKetQua")
    return sum(1 for value in values if value is not None and str(value).strip())


def _limit(count: int, most: int, field: str) -> None:
    if count > most:
        raise RefusedError(field, Reason(f"more than {most}", f"nhiều hơn {most}"))
