"""Elements by their local names: each vendor has a namespace and a prefix of its own, some write another case."""

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from ingest.refusal import Reason, RefusedError

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's public class has a private name

_TWICE = Reason("given twice", "có hai lần")
_MIXED = Reason("not a single value", "không phải một giá trị đơn")


def local(element: Element) -> str:
    """The local name in lower case; empty for comments and instructions."""
    return element.tag.rpartition("}")[2].casefold() if is_element(element) else ""


def is_element(node: Element) -> bool:
    """Whether it is not a comment or an instruction, whose tag is a function."""
    tag: object = node.tag
    return isinstance(tag, str)


def children(parent: Element, *names: str) -> Iterator[Element]:
    """The children of these names, given in lower case."""
    return (child for child in parent if local(child) in names)


def within(top: Element, *names: str) -> Iterator[Element]:
    """Elements of these names at any depth, `top` among them; never inside an attachment."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in names:
            yield element
        if name not in {"attachmentencoded", "attachment"}:
            waiting.extend(reversed(element))


def one(parent: Element | None, place: str, *names: str) -> Element | None:
    """The child of one of these names. Raises `RefusedError` where there are two: none of them is the right one."""
    if parent is None:
        return None
    found = list(children(parent, *names))
    if len(found) > 1:
        raise RefusedError(place, _TWICE)
    return found[0] if found else None


def text(element: Element | None, place: str) -> str | None:
    """What stands in an element, without blanks around it; None for nothing, and for the "N/A" of some vendors.

    A comment in the middle does not end it. Raises `RefusedError` for an element that holds others.
    """
    if element is None:
        return None
    if any(is_element(child) for child in element):
        raise RefusedError(place, _MIXED)
    whole = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    return None if whole in {"", "N/A"} else whole


def value(parent: Element | None, place: str, *names: str) -> str | None:
    """The text of the one child of these names."""
    return text(one(parent, place, *names), place)
