"""Notes of what is done to other programs' files, made before it is done: so that it all comes out.

They hold places and hashes, and no word of the agent's.
"""

import hashlib
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from companion.errors import FileUnreadable, FileUnwritable
from companion.whole_file import drafts, write_whole

_Note = TypeVar("_Note")
_ENDING = ".note"


class Notes(Generic[_Note]):
    """The notes of one kind, each in a file of its own in a folder.

    So two processes lose none of each other's: a note is made and deleted, never written anew.
    """

    def __init__(self, folder: Path, decoder: msgspec.json.Decoder[_Note]) -> None:
        self.folder, self._decoder = folder, decoder

    def notes(self) -> list[_Note]:
        """All that is somewhere still, as far as is known, in the order in which it was noted.

        Raises FileUnreadable: what such a file names could not be taken out.
        """
        return [note for _, note in self._held()]

    def add(self, note: _Note) -> None:
        """Note what is about to be done, on the disk when this returns.

        Raises FileUnreadable where other notes cannot be read, FileUnwritable.
        """
        self._held()
        file = self.folder / f"{time.time_ns():020}-{secrets.token_hex(4)}{_ENDING}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(file, msgspec.json.encode(note))
        except OSError as error:
            raise FileUnwritable(place=str(file), reason=type(error).__name__) from error

    def drop(self, note: _Note) -> None:
        """Forget what is out again. Raises FileUnreadable, FileUnwritable."""
        for file, held in self._held():
            if held == note:
                try:
                    file.unlink(missing_ok=True)
                except OSError as error:
                    reason = type(error).__name__
                    raise FileUnwritable(place=str(file), reason=reason) from error

    def tidy(self) -> None:
        """Delete what a process that was killed in the middle has left beside the notes.

        What cannot be deleted now waits for the next time.
        """
        with suppress(OSError):
            drop_drafts(self.folder)
            if not any(self.folder.iterdir()):
                self.folder.rmdir()

    def _held(self) -> list[tuple[Path, _Note]]:
        try:
            files = sorted(file for file in self.folder.iterdir() if file.suffix == _ENDING)
        except FileNotFoundError:
            return []
        except OSError as error:
            reason = type(error).__name__
            raise FileUnreadable(place=str(self.folder), reason=reason) from error
        found: list[tuple[Path, _Note]] = []
        for file in files:
            try:
                found.append((file, self._decoder.decode(file.read_bytes())))
            except FileNotFoundError:
                # Another process has just dropped it.
                continue
            except (OSError, msgspec.MsgspecError) as error:
                raise FileUnreadable(place=str(file), reason=type(error).__name__) from error
        return found


def drop_drafts(folder: Path) -> None:
    """Delete what writes that were cut off have left in a folder. Raises OSError."""
    with suppress(FileNotFoundError):
        for draft in drafts(folder):
            draft.unlink()


def hashed(data: bytes) -> str:
    """What a file is recognised by."""
    return hashlib.sha256(data).hexdigest()
