"""Which agency an application belongs to: `DonViXuLy` where it names one, else `MaDinhDanhDV` (handbook 3.2)."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.refusal import Reason, RefusedError, shown
from ingest.sources.codes import optional_name

FIELD: Final = "MaDinhDanhDV"

# Mã định danh of Decision 20/2020/QĐ-TTg: Hyy[.xx[.xx]] (handbook 3.3).
_AGENCY_CODE: Final = re.compile(r"H\d{2}(\.\d{1,3}){0,2}", re.ASCII)


def responsible(handled_by: str | int | None, sent_by: str | int | None, units: Mapping[str, str]) -> str:
    """The agency code, one of those that the source was registered for.

    `DonViXuLy` is free text with many vendors (the name of an office): only a registered code or something of
    the shape of an agency code counts. The code of an agency that is not registered is refused: to book its
    application on the sender would be a guess. Raises `RefusedError`.
    """
    handler = optional_name(handled_by, "DonViXuLy")
    if handler is not None:
        if handler in units:
            return handler
        if _AGENCY_CODE.fullmatch(handler):
            raise RefusedError("DonViXuLy", _unknown(handler))
    sender = optional_name(sent_by, FIELD)
    if sender is None:
        raise RefusedError(FIELD, Reason("missing", "thiếu trường bắt buộc"))
    if sender not in units:
        raise RefusedError(FIELD, _unknown(sender))
    return sender


def _unknown(agency: str) -> Reason:
    return Reason(
        f"agency {shown(agency)} is not registered for this source",
        f"đơn vị {shown(agency)} chưa được đăng ký cho nguồn này",
    )
