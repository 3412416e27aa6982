"""Passwords (mật khẩu): which are taken, and how they are kept: argon2id with the parameters of RFC 9106, section 4."""

import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.accounts.errors import WeakPasswordError

SHORTEST: Final = 12
LONGEST: Final = 200
_MOST_ALIKE: Final = 5
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"

# 64 MiB and three passes: the second choice of RFC 9106, for machines that do other work too.
_hasher: Final = PasswordHasher()


def hashed(password: str) -> str:
    """The hash that is kept; some 50 ms of work."""
    return _hasher.hash(_normal(password))


def is_password(kept: str | None, given: str) -> bool:
    """Whether `given` is the password of which `kept` is the hash; None takes as long and is never right."""
    try:
        _hasher.verify(kept or _of_nobody(), _normal(given))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def one_time_password() -> str:
    """A password for the first time: four groups of five letters, 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def check_password(password: str, login: str) -> None:
    """Raises `WeakPasswordError`; length counts and not the kinds of letters (NIST SP 800-63B, 3.1.1.2)."""
    normal = _normal(password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise WeakPasswordError(f"a password has {SHORTEST} to {LONGEST} characters")
    if len(set(normal.lower())) <= _MOST_ALIKE:
        raise WeakPasswordError("the password repeats a few letters")
    if login in normal.lower() and len(normal) - len(login) < SHORTEST // 2:
        raise WeakPasswordError("the password is little more than the login")


def _normal(password: str) -> str:
    # The same letters, whichever way a keyboard composes ệ.
    return unicodedata.normalize("NFKC", password)


@cache
def _of_nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
