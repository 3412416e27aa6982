"""What is counted of the lists in a sync record: papers, fees, results, databases (handbook 3.2)."""

from typing import Final

from ingest.contracts.onestop import Papers
from ingest.refusal import Reason, RefusedError
from ingest.sources.codes import amount, flag, optional_name
from ingest.sources.onestop_wire import Fee, Paper, ResultPaper, SharedDatabase

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
    if results is None:
        return None
    _limit(len(results), _MOST_PAPERS, "DanhSachGiayToKetQua")
    return sum(1 for result in results if result.file is not None and str(result.file).strip())


def shared_databases(databases: list[SharedDatabase] | None) -> tuple[str, ...]:
    """`DSKetNoiCSDL`: the codes, each once, in order of their letters."""
    if not databases:
        return ()
    codes = (optional_name(one.code, f"DSKetNoiCSDL[{place}].MaCSDL") for place, one in enumerate(databases))
    return tuple(sorted({code for code in codes if code is not None}))


def _limit(count: int, most: int, field: str) -> None:
    if count > most:
        raise RefusedError(field, Reason(f"more than {most}", f"nhiều hơn {most}"))
