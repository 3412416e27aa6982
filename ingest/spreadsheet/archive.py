"""The parts of a workbook: a zip archive that nobody vouches for. Bombs and surprises are refused by name."""

import errno
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is an error
from typing import Final
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from ingest.refusal import Reason
from ingest.spreadsheet.problems import TableError

LARGEST: Final = 200 << 20
"""Bytes of a file that is a table."""
_LARGEST_PART: Final = 1 << 30  # unpacked; it is read as a stream
_LARGEST_DIRECTORY: Final = 4 << 20
_CHUNK: Final = 1 << 16
_LONGEST_TOKEN: Final = 8 << 20
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"

_NONE: Final = Reason("no workbook of Excel (.xlsx), or not a whole one", "không phải tệp Excel (.xlsx) hoàn chỉnh")
_BOMB: Final = Reason("a workbook that unpacks to too much", "tệp Excel giải nén ra quá lớn")
_XML: Final = Reason("a workbook whose XML can't be read from here on", "nội dung XML của tệp Excel bị hỏng từ đây")
_ODD: Final = Reason(
    "a workbook with a document type or another encoding than UTF-8", "tệp Excel có DOCTYPE hoặc bảng mã khác UTF-8"
)
_LOCKED: Final = Reason("a workbook with a password: save it without one", "tệp Excel có mật khẩu: hãy bỏ mật khẩu")

_BROKEN: Final = (
    BadZipFile, zlib.error, NotImplementedError, EOFError, StructError, UnicodeDecodeError, KeyError, IndexError,
    OverflowError, ValueError,
)  # fmt: skip


def is_whole(path: Path) -> bool:
    """Whether the end of the archive is there: of a file that is still being copied it is not."""
    try:
        return _directory_size(path) is not None
    except TableError:
        return True


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """The archive. Whatever is wrong with it raises `TableError`, also what is found wrong while it is read."""
    if _directory_size(path) is None:
        raise TableError(_NONE)
    try:
        with ZipFile(path) as archive:
            yield archive
    except RuntimeError as error:  # zipfile's own word for a part that is encrypted
        raise TableError(_LOCKED) from error
    except expat.ExpatError as error:
        raise TableError(_XML) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        raise TableError(_NONE) from error
    except TableError:
        raise
    except _BROKEN as error:
        raise TableError(_NONE) from error


def _directory_size(path: Path) -> int | None:
    """Bytes of the list of parts; None where its end is not there. Raises `TableError` for one that is a bomb."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16) - 42))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        return None
    parts = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if directory > _LARGEST_DIRECTORY or parts > 10_000 or tail[max(0, at - 20) : at].startswith(_END_64):
        raise TableError(_BOMB)
    return directory


def has(archive: ZipFile, name: str) -> bool:
    """Whether there is a part of this name."""
    return name in archive.NameToInfo


def chunks(archive: ZipFile, name: str) -> Iterator[bytes]:
    """A part, unpacked as it is asked for. Raises `TableError` for one that is too large or packed strangely."""
    info = archive.getinfo(name)
    if info.file_size > _LARGEST_PART:
        raise TableError(_BOMB)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise TableError(_NONE)
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


class Reader:
    """A stream of XML: `start` and `end` are called with names as they are in the namespace of the first element.

    Raises `TableError` for a document type (entities and their bombs live there), another encoding than UTF-8, and an
    element of many megabytes.
    """

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._first
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.XmlDeclHandler = self._declared
        self._prefix = ""
        self._fed = 0

    def feed(self, chunk: bytes) -> None:
        """Read on."""
        self._parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
        self._fed += len(chunk)
        if self._fed - max(0, self._parser.CurrentByteIndex) > _LONGEST_TOKEN:
            raise TableError(_BOMB)

    def finish(self) -> None:
        """The part is at its end; raises `ExpatError` where the XML is not."""
        self._parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature

    def listen(self, heard: list[str] | None) -> None:
        """Add texts to this list from now on; None: to none."""
        self._parser.CharacterDataHandler = None if heard is None else heard.append

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def _first(self, name: str, attributes: dict[str, str]) -> None:
        """The first element tells the prefix of them all; most workbooks have none, and are read without detour."""
        prefix, colon, _ = name.rpartition(":")
        self._prefix = prefix + colon
        self._parser.StartElementHandler = self._start if colon else self.start
        self._parser.EndElementHandler = self._end if colon else self.end
        self._start(name, attributes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.start(name.removeprefix(self._prefix), attributes)

    def _end(self, name: str) -> None:
        self.end(name.removeprefix(self._prefix))

    def _refuse(self, *_: object) -> None:
        raise TableError(_ODD)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise TableError(_ODD)
