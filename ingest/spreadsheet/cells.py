"""What stands in a cell, before anybody asks what it means."""

from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from ingest.refusal import Reason


class Serial(NamedTuple):
    """A date as Excel keeps it: days since 30 December 1899, with the time of day as a fraction."""

    days: float


class Broken(Enum):
    """A cell that holds nothing that could be used, and why."""

    FORMULA = Reason(
        "a formula without a stored value: open the file in Excel, save it, and send it again",
        "công thức chưa có giá trị: hãy mở tệp bằng Excel, lưu lại rồi gửi lại",
    )
    ERROR = Reason("an error of Excel (#N/A, #REF! …)", "ô báo lỗi của Excel (#N/A, #REF! …)")
    MERGED = Reason(
        "part of merged cells: unmerge them and fill every row, or let the mapping fill the column (merged = [...])",
        "nằm trong ô đã gộp (merge): hãy bỏ gộp và ghi giá trị cho từng dòng, hoặc khai báo merged trong tệp ánh xạ",
    )
    LOST = Reason("refers to a text that the workbook does not have", "trỏ tới văn bản không có trong tệp Excel")
    UNREADABLE = Reason(
        'characters that are not of the file\'s encoding: save it as "CSV UTF-8"',
        'có ký tự không đúng bảng mã của tệp: hãy lưu dạng "CSV UTF-8"',
    )

    @property
    def reason(self) -> Reason:
        """Why, for the sender."""
        return self.value


Cell: TypeAlias = str | int | float | bool | Serial | Broken | None

EARLIEST_SERIAL: Final = 1.0


class Row(NamedTuple):
    """A row with its number as Excel shows it; cells by column from 0, those that hold nothing left out."""

    number: int
    cells: dict[int, Cell]


def letters(column: int) -> str:
    """The name of a column, from 0: A, Z, AA."""
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(65 + left) + name
    return name


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in it."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
