"""An error as one sentence for the person at the command line."""

import re

_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):[^@\s]*@")
_OUTSIDE = {
    "psycopg": "the database can't be used just now",
    "redis": "Redis can't be used just now",
    "kafka": "Kafka can't be used just now",
    "httpx": "the other side can't be reached",
}


def sentence(error: BaseException) -> str:
    """What to show for `error`: our own errors are sentences already, others are put into one.

    Passwords in addresses are blotted out. An error of no known kind is a bug of ours and says so.
    """
    said = _PASSWORD.sub(r"\1:***@", " ".join(str(error).split()))
    if hasattr(error, "retriable") or isinstance(error, OSError):
        text = said or type(error).__name__
        return f"{text} (trying again may help)" if getattr(error, "retriable", None) is True else text
    package = type(error).__module__.split(".")[0]
    if package in _OUTSIDE:
        return f"{_OUTSIDE[package]}: {said}"
    return f"this is a bug: {type(error).__name__}: {said} (`ioc --debug` shows where)"
