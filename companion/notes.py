"""Notes of what is done to other programs' files, made before it is done: so that it all comes out.

They hold places and hashes, and no word of the agent's.
"""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from companion.errors import FileUnreadable, FileUnwritable
from companion.whole_file import drafts, write_whole

_Note = TypeVar("_Note")


class Notes(Generic[_Note]):
    """The notes of one kind, in a file of their own; it is there only while there are any."""

    def __init__(self, path: Path, decoder: msgspec.json.Decoder[list[_Note]]) -> None:
        self._path, self._decoder = path, decoder

    def notes(self) -> list[_Note]:
        """All that is somewhere still, as far as is known.

        Raises FileUnreadable: what the file names could not be taken out.
        """
        try:
            return self._decoder.decode(self._path.read_bytes())
        except FileNotFoundError:
            return []
        except (OSError, msgspec.MsgspecError) as error:
            reason = type(error).__name__
            raise FileUnreadable(place=str(self._path), reason=reason) from error

    def add(self, note: _Note) -> None:
        """Note what is about to be done, on the disk when this returns.

        Raises FileUnreadable, FileUnwritable.
        """
        self._keep([*self.notes(), note])

    def drop(self, note: _Note) -> None:
        """Forget what is out again. Raises FileUnreadable, FileUnwritable."""
        self._keep([other for other in self.notes() if other != note])

    def tidy(self) -> None:
        """Delete what a process that was killed in the middle has left beside the notes.

        What cannot be deleted now waits for the next time.
        """
        with suppress(OSError):
            drop_drafts(self._path.parent)

    def _keep(self, notes: list[_Note]) -> None:
        try:
            if notes:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(self._path, msgspec.json.encode(notes))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            reason = type(error).__name__
            raise FileUnwritable(place=str(self._path), reason=reason) from error


def drop_drafts(folder: Path) -> None:
    """Delete what writes that were cut off have left in a folder. Raises OSError."""
    with suppress(FileNotFoundError):
        for draft in drafts(folder):
            draft.unlink()


def hashed(data: bytes) -> str:
    """What a file is recognised by."""
    return hashlib.sha256(data).hexdigest()
