"""Bytes to a tree of elements: no document type, no entity, nothing loaded, and bounds on everything that grows.

What is counted in the bytes is counted before a parser sees them: a tree of millions of empty elements takes hundreds
of bytes for each of its four. Reasons quote nothing of the body: the name of an element may be a person's.
"""

import re
from typing import Any, Final

from lxml import etree

from ingest.refusal import BODY, Reason, RefusedError
from ingest.sources.edxml.tree import Element

MOST_ELEMENTS: Final = 20_000
MOST_ATTRIBUTES: Final = 20_000
DEEPEST: Final = 64

_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_BEFORE_ROOT: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE: Final = ("a document type (DOCTYPE) is not taken", "không nhận khai báo DOCTYPE")
_DECLARED: Final = re.compile(rb"""<\?xml\b[^>]{0,200}?\bencoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._\-]{1,40})["']""")


def read(body: bytes) -> Element:
    """The root of an XML document. Raises `RefusedError` about the whole body, with the line where there is one."""
    _check_encoding(body)
    _check_size(body)
    _check_prolog(body)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError(BODY, _syntax(error)) from None
    except (etree.LxmlError, ValueError):
        raise RefusedError(BODY, Reason("malformed XML", "XML sai cú pháp")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedError(BODY, Reason(*_DOCTYPE))
    _check_depth(root)
    return root


def _check_encoding(body: bytes) -> None:
    if body.startswith(_UTF_16):
        raise RefusedError(BODY, Reason("UTF-16: send UTF-8", "mã UTF-16: hãy gửi mã UTF-8"))
    if (at := body.find(b"\0")) >= 0:
        raise RefusedError(BODY, _placed("NUL character (UTF-16?)", "ký tự NUL (mã UTF-16?)", body, at))
    declared = _DECLARED.match(body.removeprefix(_BOM)[:300])
    if declared and declared[1].decode("ascii").casefold() not in _UTF_8:
        raise RefusedError(
            BODY, Reason("line 1: declared encoding is not UTF-8", "dòng 1: khai báo mã không phải UTF-8")
        )


def _check_size(body: bytes) -> None:
    # Each element, comment and instruction begins with one of these; most elements end with another.
    if body.count(b"<") > 2 * MOST_ELEMENTS:
        raise RefusedError(BODY, Reason(f"over {MOST_ELEMENTS} elements", f"quá {MOST_ELEMENTS} phần tử"))
    if body.count(b"=") > MOST_ATTRIBUTES:
        raise RefusedError(BODY, Reason(f"over {MOST_ATTRIBUTES} attributes", f"quá {MOST_ATTRIBUTES} thuộc tính"))


def _check_prolog(body: bytes) -> None:
    """Raise `RefusedError` for a document type: it may stand only before the root, between comments."""
    at = len(_BOM) if body.startswith(_BOM) else 0
    while (step := _BEFORE_ROOT.match(body, at)) is not None and step.end() > at:
        at = step.end()
    if body.startswith(b"<!DOCTYPE", at):
        raise RefusedError(BODY, _placed(*_DOCTYPE, body, at))


def _check_depth(root: Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            line = element.sourceline
            raise RefusedError(
                BODY,
                Reason(
                    f"line {line}: elements nested over {DEEPEST} deep", f"dòng {line}: lồng nhau sâu quá {DEEPEST} cấp"
                ),
            )


def _placed(en: str, vi: str, body: bytes, at: int) -> Reason:
    line = body.count(b"\n", 0, at) + 1
    return Reason(f"line {line}: {en}", f"dòng {line}: {vi}")


def _syntax(error: etree.XMLSyntaxError) -> Reason:
    """Line, column, and libxml2's own name of the mistake: its sentence would quote the body."""
    line, column = error.position
    log: Any = error.error_log  # the stubs know nothing of it
    name = log[0].type_name if len(log) else ""
    what = f": {name.removeprefix('ERR_').replace('_', ' ').lower()}" if name else ""
    return Reason(
        f"malformed XML at line {line}, column {column}{what}", f"XML sai cú pháp tại dòng {line}, cột {column}{what}"
    )
