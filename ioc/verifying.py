"""What `ioc verify` was given: packages, folders of them, unpacked ones; and what is found of each and of all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ioc.errors import IocError
from stream.snapshot.seal.chain import Link, check_chain
from stream.snapshot.seal.checking import Checked, check_package, check_packed
from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.findings import Finding, Findings, findings, found
from stream.snapshot.seal.keyring import Keyring, read_keyring
from stream.snapshot.seal.manifest import MEDIA_TYPES, digest_of, package_name
from stream.snapshot.seal.package import LARGEST, MANIFEST, NAMES, SIGNATURE, Package

_PACKAGE_NAMED: Final = r"[a-z0-9-]+-\d{4}[0-9A-Z-]*-v\d+\.zip"


@dataclass(frozen=True)
class Verified:
    """A package that was given, by the name it was given by, and what was found of it."""

    where: str
    checked: Checked


def given_in(paths: Sequence[Path]) -> list[Path]:
    """The packages meant: files as they are, of a folder all packages in it. Raises `IocError` where there are none."""
    found_paths: list[Path] = []
    for path in paths:
        inside = list(_inside(path))
        if not inside:
            raise IocError(f"{path} holds no package: neither *.zip nor {MANIFEST}")
        found_paths += inside
    return list(dict.fromkeys(found_paths))


def _inside(path: Path) -> Iterator[Path]:
    if path.name == MANIFEST:
        yield path.parent
    elif path.is_dir():
        yield from sorted(each for each in path.rglob("*") if each.suffix.lower() == ".zip" and each.is_file())
        yield from sorted(each.parent for each in path.rglob(MANIFEST) if each.is_file())
    else:
        yield path


def verify(path: Path, keys: Keyring) -> Verified:
    """What is found of the package at that path, a file or an unpacked folder."""
    checked = _folder(path, keys) if path.is_dir() else check_packed(_bytes(path), keys)
    if checked.manifest is not None and not path.is_dir():
        checked = replace(checked, findings=findings([*_name(path, package_name(checked.manifest)), *checked.findings]))
    return Verified(str(path), checked)


def together(verified: Sequence[Verified]) -> Findings:
    """What is found of the chain that the packages make; those whose manifest can't be read are not in it."""
    links = [
        Link(each.where, each.checked.manifest, digest_of(each.checked.package.manifest))
        for each in verified
        if each.checked.manifest is not None and each.checked.package is not None
    ]
    return findings(check_chain(links))


def keys_in(files: Sequence[Path]) -> Keyring:
    """The keys of these files, PEM or keys.json. Raises `IocError`, which names the file."""
    bodies = []
    for file in files:
        body = _bytes(file)
        try:
            read_keyring([body])
        except KeyFileError as error:
            raise IocError(f"{file}: {error}") from error
        bodies.append(body)
    return read_keyring(bodies)


def added(verified: Verified, more: Sequence[Finding]) -> Verified:
    """The same with more findings."""
    checked = verified.checked
    return replace(verified, checked=replace(checked, findings=findings([*checked.findings, *more])))


def _name(path: Path, inside: str) -> Iterator[Finding]:
    """A file that is called like another package than it is was swapped; any other name is its owner's business."""
    if path.name != inside and re.fullmatch(_PACKAGE_NAMED, path.name):
        yield found("package.name", path.name, name=path.name, inside=inside)


def _folder(folder: Path, keys: Keyring) -> Checked:
    bodies = {name: _bytes(folder / name) for name in NAMES if (folder / name).is_file()}
    if missing := [name for name in (MANIFEST, SIGNATURE) if name not in bodies]:
        return Checked(None, None, None, findings(found("package.no_file", name, name=name) for name in missing))
    files = {name: bodies[name] for name in MEDIA_TYPES if name in bodies}
    return check_package(Package(bodies[MANIFEST], bodies[SIGNATURE], files), keys)


def _bytes(file: Path) -> bytes:
    """The file's content: of one that is too large for a package just so much that this is found."""
    try:
        with file.open("rb") as content:
            return content.read(LARGEST + 1)
    except OSError as error:
        raise IocError(f"{file} can't be read: {error.strerror}") from error
