"""The ledger of what was lent to this desk's browsers: enough to take it back after any crash."""

import secrets
from contextlib import suppress
from pathlib import Path

import msgspec

from companion.errors import FileUnreadable, FileUnwritable
from companion.notes import Notes, hashed
from companion.whole_file import write_whole


class Loan(msgspec.Struct, frozen=True):
    """One folder of bookmarks in one browser's file, without a word of what is in it.

    ``guids`` are those of the folder (the first) and of all in it. ``before`` and ``after`` are
    the hashes of the file without and with them, empty where there was none; ``copy`` names the
    copy of the file as it was. ``sealed`` gives by name the hashes of the encrypted files beside
    it, and ``moved`` by name the copies of those that had to go. ``count`` is how many bookmarks it
    has, ``owner`` the id of the profile that they are from.
    """

    browser: str
    profile: str
    folder: str
    guids: tuple[str, ...]
    before: str
    after: str
    copy: str
    sealed: dict[str, str]
    moved: dict[str, str]
    count: int = 0
    owner: str = ""


class Ledger(Notes[Loan]):
    """The loans of this desk, in a folder of their own with the copies that belong to them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, msgspec.json.Decoder(Loan))

    def drop(self, note: Loan) -> None:
        """Forget a loan, and drop its copies. Raises FileUnwritable, FileUnreadable."""
        super().drop(note)
        self.tidy()

    def tidy(self) -> None:
        """See Notes; copies without a loan go as well."""
        with suppress(OSError, FileUnreadable):
            in_use = {copy for one in self.notes() for copy in (one.copy, *one.moved.values())}
            for copy in self.folder.glob("*.copy"):
                if copy.name not in in_use:
                    copy.unlink()
        super().tidy()

    def keep(self, data: bytes) -> str:
        """Keep a copy of a file; the name to ask for it. Raises FileUnwritable."""
        name = f"{secrets.token_hex(8)}.copy"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.folder / name, data)
        except OSError as error:
            raise FileUnwritable(place=str(self.folder), reason=type(error).__name__) from error
        return name

    def kept(self, name: str, before: str) -> bytes | None:
        """A copy, None where it is not there or not what it was."""
        with suppress(OSError):
            data = (self.folder / name).read_bytes()
            if name and hashed(data) == before:
                return data
        return None
