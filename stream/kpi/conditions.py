"""The filters of a formula: `received[channel='online']`. Each is checked against the sum that it stands on."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from stream.kpi.quality import Gauge
from stream.kpi.register import CONDITIONS
from stream.kpi.terms import AUTHORITIES, CHANNELS, KINDS, Count, Input, NoSuchTraitError, Term, traits_of

_Of = TypeVar("_Of")


class FilterError(ValueError):
    """A filter does not fit the sum that it stands on; the sentence says why."""

    retriable = False


def filtered(found: Input, key: str, value: str) -> Input:
    """A sum or a count with one more filter. Raises `FilterError`."""
    if isinstance(found, Gauge):
        raise FilterError(f"{found} is of samples of lines: it has no filters")
    return _count(found, key, value) if isinstance(found, Count) else _term(found, key, value)


def _term(term: Term, key: str, value: str) -> Term:
    match key:
        case "channel" | "field" | "level" | "kind" if key not in term.dimensions:
            raise FilterError(_without(term, key))
        case "kind":
            _once(term.channel, key)
            return term._replace(channel=_named(KINDS, key, value))
        case "channel":
            _once(term.channel, key)
            return term._replace(channel=_named(CHANNELS, key, value))
        case "field":
            _once(term.field, key)
            return term._replace(field=value)
        case "level":
            _once(term.level, key)
            return term._replace(level=_named(AUTHORITIES, key, value))
        case "trait":
            _once(term.trait, key)
            return term._replace(trait=_trait(term.name, value))
        case "at":
            _once(term.at, key)
            if not term.is_level:
                raise FilterError(f"at='start' is of levels, and {term.name} is a flow: it is counted over the window")
            if value != "start":
                raise FilterError(f"at may be 'start', not {value!r}: a level stands at the window's end by itself")
            return term._replace(at="start")
        case _:
            raise FilterError(f"unknown filter {key!r}; there are channel, field, level, kind, trait and at")


def _without(term: Term, key: str) -> str:
    """Why a filter can't stand on a sum."""
    if key == "kind":
        return f"{term.name} is not of certificates: it has no kind"
    if not term.dimensions:
        return f"{term.name} is not of applications: it has no {key}"
    return f"{term.name} has no {key}: what it counts differs by {' and '.join(sorted(term.dimensions))}"


def _count(count: Count, key: str, value: str) -> Count:
    if key in CONDITIONS:
        _once(dict(count.where).get(key), key)
        _named(CONDITIONS[key], key, value)
        return count._replace(where=tuple(sorted([*count.where, (key, value)])))
    if key in {"channel", "trait"} and not count.is_used:
        raise FilterError(f"{key} is of received applications: only procedures_used has it")
    setters: Mapping[str, Callable[[], Count]] = {
        "channel": lambda: count._replace(channel=_named(CHANNELS, key, value)),
        "field": lambda: count._replace(field=value),
        "level": lambda: count._replace(level=_named(AUTHORITIES, key, value)),
        "trait": lambda: count._replace(trait=_trait("received", value)),
    }
    if key not in setters:
        known = ", ".join([*CONDITIONS, *setters])
        raise FilterError(f"unknown filter {key!r}; there are {known}")
    _once(getattr(count, key), key)
    return setters[key]()


def _named(known: Mapping[str, _Of], key: str, value: str) -> _Of:
    if value not in known:
        raise FilterError(f"unknown {key} {value!r}; there are {', '.join(known)}")
    return known[value]


def _once(given: object, key: str) -> None:
    if given is not None:
        raise FilterError(f"{key} is given twice: a filter stands once")


def _trait(name: str, value: str) -> str:
    try:
        traits_of(name, value)
    except NoSuchTraitError as error:
        raise FilterError(str(error)) from None
    return value
