"""A package is one ZIP file, the same for the same content, and anything else is refused with a sentence."""

import io
import re
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.snapshot.seal.errors import PackageError
from stream.snapshot.seal.manifest import MEDIA_TYPES, digest_of
from stream.snapshot.seal.package import LARGEST, NAMES, pack, unpack

FILES = {"snapshot.json": b'{"a":1}', "snapshot.xlsx": b"PK" * 40, "snapshot.pdf": b"%PDF-1.7"}
BODY = pack(b'{"manifest":1}', b"s" * 64, FILES)

contents = st.fixed_dictionaries(dict.fromkeys(MEDIA_TYPES, st.binary(max_size=200)))


@given(st.binary(max_size=200), st.binary(max_size=64), contents)
def test_what_was_packed_is_unpacked(manifest: bytes, signature: bytes, files: dict[str, bytes]) -> None:
    package = unpack(pack(manifest, signature, files))
    assert (package.manifest, package.signature, package.files) == (manifest, signature, files)


def test_the_same_content_is_the_same_bytes_whatever_python_packs_it() -> None:
    assert digest_of(BODY) == "ed3372470ac6e485050944b7d5a9629454c7c4a10a8c523650ba9266cb913902"


def test_any_zip_program_can_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(BODY)) as archive:
        assert archive.testzip() is None
        assert tuple(archive.namelist()) == NAMES
        assert archive.read("snapshot.pdf") == FILES["snapshot.pdf"]


@settings(max_examples=150)
@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_no_byte_can_be_another_one(at: int, change: int) -> None:
    body = bytearray(BODY)
    body[at] ^= change
    with pytest.raises(PackageError):
        unpack(bytes(body))


@given(st.integers(0, len(BODY) - 1))
def test_nothing_can_be_cut_off(length: int) -> None:
    with pytest.raises(PackageError):
        unpack(BODY[:length])


@given(st.binary(min_size=1, max_size=50), st.integers(0, len(BODY)))
def test_nothing_can_be_put_in(more: bytes, at: int) -> None:
    with pytest.raises(PackageError):
        unpack(BODY[:at] + more + BODY[at:])


@settings(max_examples=150)
@given(st.binary(max_size=400) | st.binary(max_size=300).map(lambda tail: BODY[:60] + tail))
def test_any_bytes_are_refused_with_a_sentence_and_nothing_worse(body: bytes) -> None:
    with pytest.raises(PackageError) as caught:
        unpack(body)
    assert len(str(caught.value)) > 10


def zipped(change: Callable[[zipfile.ZipFile], None], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        change(archive)
    return out.getvalue()


def _all(archive: zipfile.ZipFile, *, comment: bytes = b"", names: tuple[str, ...] = NAMES) -> None:
    for name in names:
        archive.writestr(name, b"x" * 1000)
    archive.comment = comment


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", r"cut off.* manifest\.json"),
        (b"%PDF-1.7" * 20, "should be manifest.json"),
        (BODY + b"\0", "1 bytes behind its end"),
        (BODY[:-1], "cut off"),
        (BODY[:200], r"ends at byte 200, where snapshot\.json"),
        (zipped(_all), "differs from byte"),
        (zipped(_all, zipfile.ZIP_DEFLATED), "another way"),
        (zipped(lambda archive: _all(archive, names=NAMES[1:])), "should be manifest.json"),
        (zipped(lambda archive: _all(archive, names=(*NAMES, "more"))), "differs from byte"),
        (zipped(lambda archive: _all(archive, names=("../manifest.json", *NAMES[1:]))), "should be manifest.json"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(body: bytes, said: str) -> None:
    with pytest.raises(PackageError, match=said):
        unpack(body)


def test_a_bomb_is_not_unfolded() -> None:
    header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 2**32 - 1, 2**32 - 1, len("manifest.json"), 0)
    with pytest.raises(PackageError, match=r"cut off.* manifest\.json"):
        unpack(header + b"manifest.json" + b"x" * 100)
    with pytest.raises(PackageError, match="more than any"):
        unpack(bytes(LARGEST + 1))


def test_a_file_whose_bytes_are_not_those_of_the_checksum_is_named() -> None:
    at = BODY.index(b"%PDF")
    with pytest.raises(PackageError, match=re.escape("snapshot.pdf")) as caught:
        unpack(BODY[:at] + b"#" + BODY[at + 1 :])
    assert caught.value.name == "snapshot.pdf"


def test_a_package_has_all_files_and_no_others() -> None:
    with pytest.raises(PackageError):
        pack(b"m", b"s", {"snapshot.json": b""})
    with pytest.raises(PackageError):
        pack(b"m", b"s", {**FILES, "snapshot.exe": b""})
