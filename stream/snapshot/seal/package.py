"""A package: manifest, signature and renderings in one ZIP file, which is the same for the same content.

Everything is stored, not compressed, in a fixed order with a fixed date. So it is read without trust in its own
tables: along the members, one after another, and then packed again from what was read. Only what is the same to the
byte is a package; there is no room for a second file of a name, for one that unfolds to gigabytes, or for anything
behind the end.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from stream.snapshot.seal.errors import PackageError
from stream.snapshot.seal.manifest import MEDIA_TYPES

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
NAMES: Final = (MANIFEST, SIGNATURE, *MEDIA_TYPES)
LARGEST: Final = 128 * 1024 * 1024
"""Bytes of the largest package; that of an area with 30 units has some 3 MB."""

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_READ_WRITE: Final = 0o100644 << 16
_UNIX: Final = 3
_HEADER: Final = struct.Struct("<4s5H3L2H")
"""A member's own header: mark, version, flags, method, time, date, checksum, both sizes, lengths of name and extra."""


@dataclass(frozen=True)
class Package:
    """What a package holds, byte for byte; `files` are the renderings by name."""

    manifest: bytes
    signature: bytes
    files: Mapping[str, bytes]


def pack(manifest: bytes, signature: bytes, files: Mapping[str, bytes]) -> bytes:
    """The package as bytes. Raises `PackageError` where renderings are missing, too many or too large."""
    if set(files) != set(MEDIA_TYPES):
        raise PackageError("package.files", files=", ".join(sorted(files)) or "—", wanted=", ".join(MEDIA_TYPES))
    members = {MANIFEST: manifest, SIGNATURE: signature, **files}
    if sum(len(body) for body in members.values()) > LARGEST:
        raise PackageError("package.large", most=LARGEST)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name in NAMES:
            info = ZipInfo(name, _DATE)
            info.create_system, info.external_attr = _UNIX, _READ_WRITE
            archive.writestr(info, members[name])
    return out.getvalue()


def unpack(body: bytes) -> Package:
    """What the package holds. Raises `PackageError`: for anything but what `pack` made, to the byte."""
    if len(body) > LARGEST:
        raise PackageError("package.large", most=LARGEST)
    members, at = {}, 0
    for name in NAMES:
        members[name] = _member(body, at, name)
        at += _HEADER.size + len(name) + len(members[name])
    package = Package(members[MANIFEST], members[SIGNATURE], {name: members[name] for name in MEDIA_TYPES})
    _check_same(body, pack(package.manifest, package.signature, package.files))
    return package


def _member(body: bytes, at: int, name: str) -> bytes:
    header = body[at : at + _HEADER.size + len(name)]
    if len(header) < _HEADER.size + len(name):
        raise PackageError("package.cut_off", name=name, size=len(body))
    mark, _, _, method, _, _, checksum, packed, size, name_length, extra = _HEADER.unpack_from(header)
    if mark != b"PK\x03\x04" or name_length != len(name) or header[_HEADER.size :] != name.encode():
        raise PackageError("package.other", name=name, at=at)
    if method != ZIP_STORED or packed != size or extra:
        raise PackageError("package.otherwise", name=name)
    start = at + len(header)
    if start + size > len(body):
        raise PackageError("package.cut_off", name=name, size=len(body))
    found = body[start : start + size]
    if zlib.crc32(found) != checksum:
        raise PackageError("package.checksum", name=name)
    return found


def _check_same(body: bytes, again: bytes) -> None:
    if body == again:
        return
    at = next((place for place, (one, other) in enumerate(zip(body, again, strict=False)) if one != other), None)
    if at is not None:
        raise PackageError("package.changed", at=at)
    if len(body) < len(again):
        raise PackageError("package.cut_off", name=NAMES[-1], size=len(body))
    raise PackageError("package.behind", more=len(body) - len(again))
