"""In which encoding a CSV is: by its mark, or by what can be told for certain; never by likelihood."""

import codecs
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Final

from ingest.refusal import Reason
from ingest.rules.columns import plain
from ingest.spreadsheet.problems import TableError

_SAMPLE: Final = 1 << 16
_CHUNK: Final = 1 << 20
_NO_TEXT: Final = Reason("no text", "không phải tệp văn bản")
_UNKNOWN: Final = Reason(
    'not UTF-8, and its heads do not tell what else: save it as "CSV UTF-8", or name the encoding in the mapping',
    'không phải UTF-8 và tiêu đề cột không cho biết là bảng mã nào: hãy lưu dạng "CSV UTF-8", '
    "hoặc khai báo encoding trong tệp ánh xạ",
)


def encoding_of(path: Path, heads: Collection[str]) -> str:
    """Python's name of the encoding. Raises `TableError` where it can't be told.

    Windows-1258 (Vietnamese of old Windows) counts as told when heads with accents come out of it letter for letter.
    A file that is UTF-8 but for some of its rows is UTF-8: those rows are refused.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if b"\0" in sample:
        return _utf_16(sample)
    if _is_utf_8(path):
        return "utf-8-sig"
    if _has_head(sample, "cp1258", heads):
        return "cp1258"
    if _has_head(sample, "utf-8", heads):
        return "utf-8-sig"
    raise TableError(_UNKNOWN)


def _utf_16(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of its heads' delimiters and of its line ends is zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    many = len(sample) // 8
    if odd > many and not even:
        return "utf-16-le"
    if even > many and not odd:
        return "utf-16-be"
    raise TableError(_NO_TEXT)


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _has_head(sample: bytes, encoding: str, heads: Collection[str]) -> bool:
    """Whether a head with accents stands there, accents and all; of UTF-8, any head."""
    text = unicodedata.normalize("NFC", sample.decode(encoding, "replace"))
    for line in text.splitlines()[:20]:
        for sign in ",;\t":
            for cell in line.split(sign):
                head = cell.strip().strip('"').strip().casefold()
                if head in heads and (encoding == "utf-8" or plain(head) != "".join(head.split())):
                    return True
    return False
