"""Signatures of a message (XML-DSig): whether there are any, and whether they vouch for what was read.

A signature is valid when it was made with a certificate that leads to a trusted authority at the time of signing, by
an algorithm that is not broken (no SHA-1), and when the header in what it signed says what was read: a valid signature
of something else that stands in the same message vouches for nothing.
"""

from datetime import datetime
from typing import Final

from ingest.refusal import RefusedError
from ingest.sources.edxml.chain import UNSIGNED, Certificate, Signed, Trust
from ingest.sources.edxml.header import read_header
from ingest.sources.edxml.messages import Letter, header_of
from ingest.sources.edxml.moments import moment
from ingest.sources.edxml.traces import sent_at
from ingest.sources.edxml.tree import Element, local, within
from ingest.sources.edxml.verifying import verify

MOST_SIGNATURES: Final = 4


def check(scope: Element, letter: Letter, trust: Trust | None) -> Signed:
    """What became of the signatures of a message: one that is valid is enough."""
    found = [element for element in within(scope, "signature", "digitalsignature") if _is_filled(element)]
    if not found:
        return UNSIGNED
    if trust is None:
        return Signed("present")
    vouching = [_vouching(scope, each, letter, trust) for each in found[:MOST_SIGNATURES]]
    valid = tuple(dict.fromkeys(known for known in vouching if known is not None))
    return Signed("valid", valid) if valid else Signed("invalid")


def _is_filled(element: Element) -> bool:
    """Whether there is a value in it: vendors write an empty `Signature`, too."""
    return any(local(child) == "signaturevalue" and (child.text or "").strip() for child in element)


def _vouching(scope: Element, signature: Element, letter: Letter, trust: Trust) -> Certificate | None:
    """The certificate of a signature that vouches for what was read, else None."""
    claimed = _claimed(signature)
    at = claimed or sent_at(letter.traces, letter.header.issued.sender) or letter.header.promulgated.begin()
    verified = verify(scope, signature, trust, at)
    if verified is None:
        return None
    if claimed is not None and not any(_claimed(content) == claimed for content in verified.contents):
        return None  # a time of signing that anybody could have written
    return verified.certificate if any(_says(content, letter) for content in verified.contents) else None


def _says(content: Element, letter: Letter) -> bool:
    """Whether a signed content has the very header that was read."""
    try:
        return read_header(header_of(content)) == letter.header
    except RefusedError:
        return False


def _claimed(element: Element) -> datetime | None:
    """`SigningTime` of XAdES, where there is one that can be read."""
    for found in within(element, "signingtime"):
        try:
            return moment((found.text or "").strip(), "SigningTime")
        except RefusedError:
            return None
    return None
