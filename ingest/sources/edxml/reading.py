"""Bytes to a tree of elements: no document type, no entity, nothing loaded, and bounds on everything that grows.

What is counted in the bytes is counted before a parser sees them: a tree of millions of empty elements takes hundreds
of bytes for each of its four. A namespace is written out for each element that is asked for its name, and passed over
for each one that is signed, so that a long one or many of them would cost hours. Reasons quote nothing of the body: the
name of an element may be a person's.
"""

import re
from typing import Any, Final

from lxml import etree

from ingest.refusal import BODY, Reason, RefusedError
from ingest.sources.edxml.tree import Element

MOST_ELEMENTS: Final = 20_000
MOST_ATTRIBUTES: Final = 20_000
DEEPEST: Final = 64
LONGEST_NAMESPACE: Final = 256
MOST_NAMESPACES: Final = 64
"""Declared around one element; an envelope and its signature have about ten."""

_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_BOM: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_BEFORE_ROOT: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE: Final = ("a document type (DOCTYPE) is not taken", "không nhận khai báo DOCTYPE")
_DEEP: Final = (f"elements nested over {DEEPEST} deep", f"lồng nhau sâu quá {DEEPEST} cấp")
_LONG: Final = (
    f"a namespace of over {LONGEST_NAMESPACE} characters",
    f"không gian tên (namespace) dài quá {LONGEST_NAMESPACE} ký tự",
)
_MANY: Final = (
    f"over {MOST_NAMESPACES} namespaces declared",
    f"khai báo quá {MOST_NAMESPACES} không gian tên (namespace)",
)
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
    _check_tree(root)
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


def _check_tree(root: Element) -> None:
    depth = around = 0
    line = 1
    walk: Any = etree.iterwalk(root, events=("start", "end", "start-ns", "end-ns"))  # the stubs know no namespaces here
    for event, found in walk:
        if event == "start":
            depth, line = depth + 1, found.sourceline or line
        elif event == "end":
            depth -= 1
        elif event == "end-ns":
            around -= 1
        else:
            around += 1
            if len(found[1]) > LONGEST_NAMESPACE:
                raise RefusedError(BODY, _after(line, *_LONG))
        if depth > DEEPEST:
            raise RefusedError(BODY, _after(line, *_DEEP))
        if around > MOST_NAMESPACES:
            raise RefusedError(BODY, _after(line, *_MANY))


def _placed(en: str, vi: str, body: bytes, at: int) -> Reason:
    line = body.count(b"\n", 0, at) + 1
    return _after(line, en, vi)


def _after(line: int, en: str, vi: str) -> Reason:
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
