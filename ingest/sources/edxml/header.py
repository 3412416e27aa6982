"""`MessageHeader`: what a document says of itself, as far as figures need it."""

from datetime import datetime
from typing import Final, NamedTuple

from ingest.refusal import Reason, RefusedError, shown
from ingest.sources.codes import label
from ingest.sources.edxml.conventions import conventions
from ingest.sources.edxml.issued import Issued, issued, organ
from ingest.sources.edxml.moments import When, when
from ingest.sources.edxml.tree import Element, children, one, value

PLACE: Final = "MessageHeader"


class Header(NamedTuple):
    """What stands in a header. Subject, content, signer and places are not read."""

    issued: Issued
    promulgated: When
    receivers: tuple[str, ...]
    kind: str | None
    priority: int
    secret: bool
    due_at: datetime | None


def read_header(element: Element) -> Header:
    """Raises `RefusedError` by the name of the first element that can't be taken."""
    sender = organ(one(element, f"{PLACE}.From", "from"), f"{PLACE}.From")
    promulgation = one(element, f"{PLACE}.PromulgationInfo", "promulgationinfo")
    document = issued(element, sender, promulgation, PLACE)
    other = one(element, f"{PLACE}.OtherInfo", "otherinfo")
    due = value(element, f"{PLACE}.DueDate", "duedate")
    return Header(
        issued=document,
        promulgated=_promulgated(promulgation, document),
        receivers=receivers(element, PLACE),
        kind=_kind(element),
        priority=_priority(value(other, f"{PLACE}.OtherInfo.Priority", "priority")),
        secret=_is_secret(element) or (other is not None and _is_secret(other)),
        due_at=when(due, f"{PLACE}.DueDate").end() if due else None,
    )


def receivers(element: Element, place: str) -> tuple[str, ...]:
    """What stands as the organ of each `To`, each once: who is registered is told by it, and nobody else is kept."""
    named = (
        value(holder, f"{place}.To[{number}].OrganId", "organid")
        for number, holder in enumerate(children(element, "to"))
    )
    return tuple(dict.fromkeys(organ for organ in named if organ is not None))


def _promulgated(promulgation: Element | None, document: Issued) -> When:
    written = value(promulgation, f"{PLACE}.PromulgationDate", "promulgationdate", "date")
    return when(written, f"{PLACE}.PromulgationDate") if written else When(document.day, None)


def _kind(element: Element) -> str | None:
    holder = one(element, f"{PLACE}.DocumentType", "documenttype")
    place = f"{PLACE}.DocumentType.TypeName"
    return label(value(holder, place, "typename"), place)


def _priority(written: str | None) -> int:
    if written is None:
        return 0
    if written.isascii() and written.isdigit() and len(written) == 1:
        return int(written)
    known = conventions().priorities.get(written.casefold())
    if known is None:
        said = shown(written)
        raise RefusedError(f"{PLACE}.OtherInfo.Priority", Reason(f"unknown code {said}", f"mã không xác định {said}"))
    return known


def _is_secret(holder: Element) -> bool:
    levels = (value(holder, f"{PLACE}.{name}", name) for name in conventions().secret_elements)
    return any(level is not None and level.casefold() not in conventions().not_secret for level in levels)
