"""What was found, as JSON for programs and as text for people, Vietnamese first."""

from collections.abc import Iterator, Sequence
from typing import Any

from ioc.verifying import Verified
from stream.snapshot.seal.findings import Finding, Findings
from stream.snapshot.seal.keyring import Keyring

_MARKS = {"error": "✗", "warning": "!", "note": "✓"}


def document(verified: Sequence[Verified], chain: Findings, keys: Keyring, *, recomputed: bool) -> dict[str, Any]:
    """The stable JSON document (docs/verify.md)."""
    return {
        "proven": is_proven(verified, chain),
        "recomputed": recomputed,
        "keys": [{"id": name, "trust": each.trust} for name, each in keys.trusted.items()]
        + [{"id": name, "trust": why} for name, why in keys.refused.items()],
        "packages": [_package(each) for each in verified],
        "together": [_finding(each) for each in chain],
    }


def is_proven(verified: Sequence[Verified], chain: Findings) -> bool:
    """Whether nothing at all is wrong."""
    return chain.is_proven and all(each.checked.findings.is_proven for each in verified)


def lines(verified: Sequence[Verified], chain: Findings) -> Iterator[str]:
    """The same, to be read."""
    for each in verified:
        is_good = each.checked.findings.is_proven
        yield _printable(f"{each.where}: {'ĐÚNG · proven' if is_good else 'KHÔNG CHỨNG MINH ĐƯỢC · not proven'}")
        yield from _facts(each)
        yield from _told(each.checked.findings)
    if chain.all:
        yield "Các gói với nhau · together"
        yield from _told(chain)
    is_good = is_proven(verified, chain)
    yield f"KẾT LUẬN: {'ĐÚNG · PROVEN' if is_good else 'KHÔNG CHỨNG MINH ĐƯỢC · NOT PROVEN'}"


def _facts(each: Verified) -> Iterator[str]:
    manifest = each.checked.manifest
    if manifest is not None:
        yield f"  {manifest.kind} {manifest.period}, phiên bản · version {manifest.version}, {manifest.sealed_at}"
        yield f"  số thứ tự trong chuỗi · number in its chain {manifest.number}"
        yield f"  bản kê · manifest {each.checked.digest}"


def _told(found: Findings) -> Iterator[str]:
    for each in found:
        where = f" [{each.where}]" if each.where else ""
        yield _printable(f"  {_MARKS[each.severity]} {each.text.vi}{where}")
        yield _printable(f"    {each.text.en}")


def _printable(line: str) -> str:
    """Without what would move the cursor: names in a package, and its own, may be anybody's."""
    return "".join(each if each.isprintable() else "·" for each in line)


def _package(each: Verified) -> dict[str, Any]:
    manifest = each.checked.manifest
    told = None
    if manifest is not None:
        restates = manifest.restates
        told = {
            "area": manifest.area,
            "kind": manifest.kind,
            "period": manifest.period,
            "version": manifest.version,
            "number": manifest.number,
            "digest": each.checked.digest,
            "previous": manifest.previous,
            "key": manifest.key,
            "sealed_at": manifest.sealed_at,
            "known_at": manifest.known_at,
            "is_partial": manifest.is_partial,
            "late": list(manifest.late),
            "restates": None if restates is None else {"version": restates.version, "digest": restates.digest},
        }
    return {
        "file": each.where,
        "proven": each.checked.findings.is_proven,
        "manifest": told,
        "findings": [_finding(finding) for finding in each.checked.findings],
    }


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "severity": each.severity,
        "code": each.code,
        "where": each.where,
        "vi": each.text.vi,
        "en": each.text.en,
        "facts": each.facts,
    }
