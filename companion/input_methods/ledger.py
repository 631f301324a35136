"""What is noted of phrases that are put into this desk's input methods, without a word of them."""

import hashlib
import secrets
from pathlib import Path

import msgspec

from companion.notes import Notes


class Note(msgspec.Struct, frozen=True):
    """What was put into one file of an input method; see InputMethod for ``name`` and ``kind``.

    ``before`` is the hash of the file as it was, empty where there was none. ``ours`` are hashes,
    with ``salt``, of the phrases that are ours; ``glued`` says that a line break had to be added to
    what was there.
    """

    name: str
    kind: str
    file: str
    before: str
    salt: str
    ours: frozenset[str]
    glued: bool = False

    def is_ours(self, key: str) -> bool:
        """Whether a phrase is one that was put there."""
        return salted(key, self.salt) in self.ours


class Ledger(Notes[Note]):
    """Everything that is in some input method still."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, msgspec.json.Decoder(Note))


def new_salt() -> str:
    """Makes the hashes of one note say nothing about those of another."""
    return secrets.token_hex(16)


def salted(key: str, salt: str) -> str:
    """The hash of a phrase."""
    return hashlib.sha256(f"{salt}{key}".encode("utf-8", "surrogatepass")).hexdigest()
