"""The bytes of a survey, whatever it comes in: GeoJSON, GeoPackage, a Shapefile with its companions, or a zip.

What the file says of itself is not believed: the format is told by its first bytes, names inside an archive
are never used as paths, and nothing bigger than `MOST_BYTES` is unpacked. The libraries behind are only
ever given these bytes under names of our own, so that no name can make them open anything else.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from geo.errors import SurveyError

MOST_BYTES = 100 * 1024 * 1024
"""The largest survey that is read, unpacked: the 3,321 communes of the country, finely drawn, are smaller."""

_MOST_MEMBERS = 200
_FORMATS = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GeoPackage", ".shp": "Shapefile"}
_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg")
_NEEDED = (".dbf", ".shx")
_FIRST_BYTES = {"GeoPackage": b"SQLite format 3\0", "Shapefile": b"\x00\x00\x27\x0a"}


@dataclass(frozen=True, slots=True)
class Payload:
    """A survey as bytes: `parts` by suffix, `sha256` of the file as it was given.

    A Shapefile that is not zipped is several files: its `sha256` is of them all, one after the other in the
    order of `parts`.
    """

    format: str
    parts: Mapping[str, bytes]
    sha256: str


def payload_of(path: Path) -> Payload:
    """The survey at a path. Raises `SurveyError` where it is no file, too large, empty or in no known format."""
    suffix = path.suffix.lower()
    if suffix == ".zip":
        data = _bytes(path)
        format_, parts = _unzipped(data, path.name)
        digest = sha256(data)
    else:
        format_ = _format(suffix, path.name)
        parts = {suffix: _bytes(path)}
        if format_ == "Shapefile":
            parts |= {each: _bytes(found) for each in _COMPANIONS if (found := _companion(path, each)) is not None}
        digest = sha256(b"".join(parts.values()))
    _check(format_, parts, path.name)
    return Payload(format_, parts, digest.hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise SurveyError(f"{path} is no file: name a GeoJSON, a GeoPackage, a Shapefile or a zip of one")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise SurveyError(f"{path} can't be read: {error}") from error
    if len(data) > MOST_BYTES:
        raise _too_large(path.name)
    return data


def _companion(path: Path, suffix: str) -> Path | None:
    return next(
        (found for found in (path.with_suffix(suffix), path.with_suffix(suffix.upper())) if found.exists()), None
    )


def _format(suffix: str, name: str) -> str:
    if suffix not in _FORMATS:
        raise SurveyError(f"{name} is no survey: known are {', '.join(_FORMATS)} and .zip of one of these")
    return _FORMATS[suffix]


def _unzipped(data: bytes, name: str) -> tuple[str, dict[str, bytes]]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and not _is_litter(member)]
            if len(members) > _MOST_MEMBERS:
                raise SurveyError(f"{name} holds {len(members)} files: pack the one survey alone")
            main = _main(members, name)
            return _FORMATS[_suffix(main)], _unpacked(archive, _with_companions(main, members), name)
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise SurveyError(f"{name} can't be unpacked: {error}") from error


def _is_litter(member: ZipInfo) -> bool:
    """What macOS adds to every archive."""
    return "__MACOSX" in member.filename or PurePosixPath(member.filename).name.startswith("._")


def _main(members: Iterable[ZipInfo], name: str) -> ZipInfo:
    mains = [member for member in members if _suffix(member) in _FORMATS]
    if len(mains) != 1:
        raise SurveyError(f"{name} holds {len(mains)} surveys: pack exactly one")
    return mains[0]


def _with_companions(main: ZipInfo, members: Iterable[ZipInfo]) -> list[ZipInfo]:
    stem = PurePosixPath(main.filename).with_suffix("")
    found = {_suffix(each): each for each in members if PurePosixPath(each.filename).with_suffix("") == stem}
    return [main, *(found[suffix] for suffix in _COMPANIONS if suffix in found)]


def _unpacked(archive: ZipFile, members: Iterable[ZipInfo], name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = MOST_BYTES
    for member in members:
        with archive.open(member) as file:
            parts[_suffix(member)] = file.read(room + 1)
        room -= len(parts[_suffix(member)])
        if room < 0:
            raise _too_large(name)
    return parts


def _suffix(member: ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _check(format_: str, parts: Mapping[str, bytes], name: str) -> None:
    main = next(iter(parts.values()))
    if not main.strip():
        raise SurveyError(f"{name} is empty")
    if not main.startswith(_FIRST_BYTES.get(format_, b"")):
        raise SurveyError(f"{name} is called a {format_} and is none")
    if format_ == "Shapefile" and (missing := [suffix for suffix in _NEEDED if suffix not in parts]):
        raise SurveyError(f"{name} lacks its companions {' and '.join(missing)}: hand over the whole Shapefile")


def _too_large(name: str) -> SurveyError:
    return SurveyError(f"{name} is larger than {MOST_BYTES // 1024**2} MiB: simplify it or leave other units out")
