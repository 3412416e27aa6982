"""The values of formulas, put into a workbook beside them.

openpyxl writes a formula without what it comes to, and programs that show a workbook without computing it (previews,
mail, import scripts) show empty cells. So the values are put in, and what tells one run from another is taken out.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_SHEET: Final = "xl/worksheets/sheet1.xml"
_PROPERTIES: Final = "docProps/core.xml"
_FORMULA: Final = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)')
_WRITTEN: Final = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")


def with_values(workbook: bytes, values: Mapping[str, int], written: datetime) -> bytes:
    """The workbook with the value of each formula of its first sheet, dated `written`.

    Raises `ValueError` where a formula has no value or a value no formula.
    """
    moment = f"{written.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as given, ZipFile(made, "w") as taken:
        for name in given.namelist():
            content = given.read(name)
            if name == _SHEET:
                content = _valued(content.decode(), values).encode()
            elif name == _PROPERTIES:
                content = _WRITTEN.sub(rf"\g<1>{moment}", content.decode()).encode()
            taken.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return made.getvalue()


def _valued(sheet: str, values: Mapping[str, int]) -> str:
    met = [found[2] for found in _FORMULA.finditer(sheet)]
    if sheet.count("<f>") != len(met) or sorted(met) != sorted(values):
        raise ValueError("the formulas of the sheet and their values are not the same cells")
    return _FORMULA.sub(lambda found: f"{found[1]}<v>{values[found[2]]}</v>", sheet)
