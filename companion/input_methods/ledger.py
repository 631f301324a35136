"""What was put into this desk's input methods, noted before it is done: so that it all comes out.

The notes hold places and hashes, and no word of a phrase.
"""

import hashlib
import secrets
from pathlib import Path

import msgspec

from companion.errors import FileUnreadable, FileUnwritable
from companion.whole_file import write_whole


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


class Ledger:
    """The notes, in a file of their own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def notes(self) -> list[Note]:
        """Everything that is in some file still, as far as is known. Raises FileUnreadable."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=list[Note])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.MsgspecError) as error:
            reason = type(error).__name__
            raise FileUnreadable(place=str(self._path), reason=reason) from error

    def add(self, note: Note) -> None:
        """Note what is about to be put. Raises FileUnreadable, FileUnwritable."""
        self._keep([*self.notes(), note])

    def drop(self, note: Note) -> None:
        """Forget what is out again. Raises FileUnreadable, FileUnwritable."""
        self._keep([other for other in self.notes() if other != note])

    def _keep(self, notes: list[Note]) -> None:
        try:
            if notes:
                write_whole(self._path, msgspec.json.encode(notes))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            reason = type(error).__name__
            raise FileUnwritable(place=str(self._path), reason=reason) from error


def new_salt() -> str:
    """Makes the hashes of one note say nothing about those of another."""
    return secrets.token_hex(16)


def salted(key: str, salt: str) -> str:
    """The hash of a phrase."""
    return hashlib.sha256(f"{salt}{key}".encode("utf-8", "surrogatepass")).hexdigest()


def hashed(data: bytes) -> str:
    """The hash of a file."""
    return hashlib.sha256(data).hexdigest()
