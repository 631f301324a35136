"""What teams have shared, kept on this desk sealed under the profile key, to serve offline."""

from pathlib import Path

import msgspec

from companion.errors import CompanionError, FileUnwritable
from companion.profile import team as packs
from companion.profile.sealing import ProfileKey
from companion.profile.team import Verified
from companion.whole_file import write_whole


class TeamCopies:
    """One file a team, beside the profile's sealed packs: signing out takes it away with them."""

    def __init__(self, sealed_folder: Path, profile: str, key: ProfileKey) -> None:
        self._folder, self._profile, self._key = sealed_folder / "teams", profile, key

    def get(self, team: str, public: bytes) -> Verified | None:
        """The pack that was kept, verified anew; None where none is or it is no good."""
        try:
            plain = self._key.open(self._file(team).read_bytes(), self._bound_to(team))
        except OSError:
            return None
        if plain is None:
            return None
        try:
            name, signed = msgspec.msgpack.decode(plain, type=tuple[str, bytes])
            return packs.verify(name, signed, public)
        except (CompanionError, msgspec.MsgspecError):
            # What cannot be read is fetched again.
            return None

    def put(self, team: str, pack: Verified) -> None:
        """Keep a pack in the place of the one before. Raises FileUnwritable."""
        file = self._file(team)
        plain = msgspec.msgpack.encode((pack.name, pack.signed))
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_whole(file, self._key.seal(plain, self._bound_to(team)))
        except OSError as error:
            raise FileUnwritable(place=str(file), reason=type(error).__name__) from error

    def drop(self, team: str) -> None:
        """Take the pack of a team off this desk."""
        self._file(team).unlink(missing_ok=True)
        if self._folder.is_dir() and not any(self._folder.iterdir()):
            self._folder.rmdir()

    def _file(self, team: str) -> Path:
        return self._folder / f"{team}.sealed"

    def _bound_to(self, team: str) -> bytes:
        return f"companion team copy {self._profile} {team}".encode()
