"""Passwords and tokens in files that only their owner can read."""

import os
import secrets
from pathlib import Path


def secret_in(file: Path) -> str:
    """The secret in `file`; 192 random bits are made at first asking."""
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        keep_secret(file, secrets.token_urlsafe(24))
        return file.read_text().strip()


def keep_secret(file: Path, value: str) -> None:
    """Write `value` to `file`, whole or not at all, with mode 600 from the first moment."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(value)
    draft.replace(file)
