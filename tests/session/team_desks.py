"""Desks that follow and lead teams, and a team in a folder."""

from pathlib import Path

from companion.desk.recording import RecordingSecrets
from companion.phrases.entries import entries_of
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.session.leading import new_team, publish
from companion.session.seat import Seat
from companion.session.teams import Teams
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.wiring.seats import open_store

NOBODY = Login()


class Desk:
    """A profile open at a desk, without a store of its own: what travels is exchanged by hand."""

    def __init__(self, home: Path, other: "Desk | None" = None) -> None:
        self.home = home
        self.profile: Profile = Profile(other.profile.id if other else home.name.ljust(22, "x"))
        self.key: ProfileKey = other.key if other else ProfileKey.fresh()
        self.opened: list[Store] = []
        self.seat = Seat(home, self._open, RecordingSecrets())
        self.teams = Teams(self.seat, self.profile, self.key)
        self.told = 0
        self.teams.listen(self._tell)
        self.seat.local_store(self.profile.id)

    def _open(self, address: str, make: bool, login: Login) -> Store:
        store = open_store(address, make, login)
        self.opened.append(store)
        return store

    def _tell(self) -> None:
        self.told += 1

    def again(self) -> None:
        """The app is started anew."""
        self.teams = Teams(self.seat, self.profile, self.key)

    def requests(self) -> int:
        """What one look at the teams costs."""
        self.opened.clear()
        self.teams.update()
        return sum(store.requests for store in self.opened)

    def trouble(self) -> object:
        """The one trouble after a look, or None."""
        self.teams.update()
        assert len(self.teams.troubles) <= 1
        return next(iter(self.teams.troubles.values()), None)

    def bodies(self) -> list[str]:
        entries = entries_of(self.profile, self.teams.shared())
        return [entry.body for entry in entries if entry.team]

    def absorb(self, other: "Desk") -> None:
        clock, records = other.profile.everything()
        self.profile.absorb(records, clock)


class Team:
    """A lead, a place and a card."""

    def __init__(self, around: Path) -> None:
        self.lead = Desk(around / "lead")
        self.folder = around / "team"
        self.group = self.lead.profile.add("set", title="售后")
        self.phrase = self.lead.profile.add("phrase", title="退款", body="1", parent=self.group)
        address = self.folder.as_uri().replace("file", "folder", 1)
        self.card = new_team(self.lead.teams, address, "一组", NOBODY)
        self.publish("1")

    def publish(self, body: str) -> None:
        self.lead.profile.change(self.phrase, body=body)
        publish(self.lead.teams, self.card.keys.team, ["售后"])

    def names(self) -> list[str]:
        return sorted(FolderStore(self.folder).names())

    def keep(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}

    def put_back(self, kept: dict[str, bytes]) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for name, data in kept.items():
            (self.folder / name).write_bytes(data)
