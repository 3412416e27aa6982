"""Which keys a receiver trusts: those given, and those that a trusted key endorsed when it was replaced.

When a key is replaced, the old one signs a statement that names the new one. So whoever trusts the old public key can
follow by `keys.json`, however that came. A list given alone is trusted as a whole, since who gives it says so; beside
public keys (PEM) only what these lead to counts. A list never makes a key of it better than its endorsement is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.keys import PublicKey
from stream.snapshot.seal.moments import moment_of
from stream.snapshot.seal.published import ListedKey, PublishedKeys, endorsed, read_published

Trust: TypeAlias = Literal["given", "listed", "endorsed"]
Mistrust: TypeAlias = Literal["not_endorsed", "wrong_endorsement", "endorser_revoked"]


@dataclass(frozen=True)
class TrustedKey:
    """A key that signatures are checked with; `listed` is what a list says of it."""

    key: PublicKey
    trust: Trust
    listed: ListedKey | None = None


@dataclass(frozen=True)
class Keyring:
    """The keys by id: those trusted, and those listed that are not, with the reason."""

    trusted: Mapping[str, TrustedKey]
    refused: Mapping[str, Mistrust]

    @classmethod
    def of(cls, roots: Sequence[PublicKey], book: PublishedKeys | None = None) -> "Keyring":
        """The keys given and what the book lets them lead to; the whole book where no key is given."""
        listed = {each.id: each for each in book.keys} if book else {}
        trusted = {key.id: TrustedKey(key, "given", listed.get(key.id)) for key in roots}
        if not roots:
            heads = [each for each in listed.values() if each.endorsement is None]
            trusted = {each.id: TrustedKey(each.key, "listed", each) for each in heads}
        refused: dict[str, Mistrust] = {}
        for _ in listed:  # a round reaches at least one key further along a line of endorsements
            for each in listed.values():
                if each.id not in trusted and (why := _mistrust(each, trusted)) is not None:
                    refused[each.id] = why
                elif each.id not in trusted:
                    trusted[each.id] = TrustedKey(each.key, "endorsed", each)
        return cls(trusted, {name: why for name, why in refused.items() if name not in trusted})


def _mistrust(each: ListedKey, trusted: Mapping[str, TrustedKey]) -> Mistrust | None:
    """Why the key can't be trusted by its endorsement; None where it can."""
    old = trusted.get(each.endorsement.by) if each.endorsement else None
    if each.endorsement is None or old is None:
        return "not_endorsed"
    said = endorsed(each.endorsement, old.key, each.key)
    if said is None:
        return "wrong_endorsement"
    revoked_at = old.listed.revoked_at if old.listed else None
    if revoked_at is not None and moment_of(said.made_at) >= moment_of(revoked_at):
        return "endorser_revoked"
    return None


def read_keyring(files: Sequence[bytes]) -> Keyring:
    """The ring of key files: public keys (PEM) and at most one list (`keys.json`). Raises `KeyFileError`."""
    roots, books = [], []
    for body in files:
        if body.lstrip()[:1] == b"{":
            books.append(read_published(body))
        else:
            roots.append(PublicKey.from_pem(body))
    if len(books) > 1:
        raise KeyFileError("give one list of keys: the newest")
    return Keyring.of(roots, books[0] if books else None)
