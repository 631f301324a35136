"""The teams an agent follows: their newest pack fetched, verified, kept sealed, and left."""

from collections.abc import Callable, Collection

from companion.errors import (
    CompanionError,
    InputInvalid,
    NewerFormat,
    NothingFound,
)
from companion.profile.fields import values, view
from companion.profile.profile import Profile
from companion.profile.records import Team
from companion.profile.sealing import ProfileKey
from companion.profile.team import Verified, entry_id
from companion.profile.team_content import TeamPack, TeamPhrase
from companion.session.seat import Seat
from companion.session.team_card import TeamCard, read_team_card
from companion.session.team_copies import TeamCopies
from companion.session.team_finding import Finder, Found
from companion.sync.store import Login, Store
from companion.team_errors import PACK_ERRORS, TeamPackTwice

KIND = "team"


class Teams:
    """The teams of an open profile at this desk. Methods that name a place may block.

    ``troubles`` tells by team why its newest pack was not taken at the last look; the last good
    one serves on.
    """

    def __init__(self, seat: Seat, profile: Profile, key: ProfileKey) -> None:
        self.seat, self.profile = seat, profile
        self.troubles: dict[str, CompanionError] = {}
        self._copies = TeamCopies(seat.sealed_folder(profile.id), profile.id, key)
        self._held: dict[str, Verified] = {}
        self._looked_here: set[str] = set()
        self._finder = Finder()
        self._told: set[tuple[str, str]] = set()
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call listener when what the teams share has changed at this desk."""
        self._listeners.append(listener)

    def followed(self) -> dict[str, Team]:
        """By team id, the teams the agent follows."""
        found = {id: team for id, team in self._records().items() if team.following}
        return dict(sorted(found.items()))

    def record(self, id: str) -> Team:
        """What the profile knows of a team, followed or not."""
        return self._records().get(id, Team(id=record_id(id), following=False))

    def named(self, said: str) -> str:
        """The id of the followed team with this id or name.

        Raises NothingFound (kind), InputInvalid where several teams have the name.
        """
        teams = self.followed().items()
        found = [id for id, team in teams if said in (id, read_team_card(team.card).name)]
        if not found:
            raise NothingFound(kind="team")
        if len(found) > 1:
            raise InputInvalid(name="TEAM", allowed=" ".join(found))
        return found[0]

    def held(self, id: str) -> Verified | None:
        """The newest good pack of a team at this desk."""
        if id not in self._held and id not in self._looked_here:
            self._looked_here.add(id)
            card = self.record(id).card
            kept = self._copies.get(id, read_team_card(card).public) if card else None
            if kept is not None:
                self._held[id] = kept
        return self._held.get(id)

    def shared(self) -> dict[str, TeamPack]:
        """By team id, what is shared with the agent; what he shares himself is his already."""
        found = {id: self.held(id) for id, team in self.followed().items() if not team.seed}
        return {id: held.pack for id, held in found.items() if held is not None}

    def phrase(self, id: str) -> TeamPhrase | None:
        """The shared phrase with this id of an entry, or None."""
        shared = self.shared().items()
        phrases = ((team, phrase) for team, pack in shared for phrase in pack.phrases())
        return next((phrase for team, phrase in phrases if entry_id(team, phrase.id) == id), None)

    def openings(self) -> dict[str, list[str]]:
        """By language and situation (``zh ship_urge``), the openings of all teams."""
        found: dict[str, list[str]] = {}
        for id in self.followed():
            held = self.held(id)
            for opening in held.pack.openings if held else ():
                found.setdefault(f"{opening.language} {opening.situation}", []).append(opening.text)
        return found

    def update(self, skip: Collection[str] = ()) -> set[str]:
        """Look whether the teams have published, except for some; the ids of those looked at.

        With nothing new that is one request a team. Never raises a CompanionError: see troubles.
        """
        ids = self.followed().keys() - set(skip)
        for id in sorted(ids):
            try:
                self._update(id)
                self.troubles.pop(id, None)
            except CompanionError as error:
                self.troubles[id] = error
        for id in self.troubles.keys() - self.followed().keys():
            del self.troubles[id]
        return ids

    def troubled(self) -> dict[str, CompanionError]:
        """The troubles by the team's name, or by its id where its card cannot be read."""
        held = {id: self.held(id) for id in self.troubles}
        return {
            pack.pack.name if (pack := held[id]) else id: error
            for id, error in self.troubles.items()
        }

    def unsaid(self) -> list[CompanionError]:
        """The troubles that were not asked for before and are about a pack, not about the way."""
        new = {(id, str(error)): error for id, error in self.troubles.items()}
        found = [error for key, error in new.items() if key not in self._told]
        self._told |= new.keys()
        return [error for error in found if isinstance(error, (*PACK_ERRORS, NewerFormat))]

    def follow(self, card: TeamCard, login: Login) -> TeamPack:
        """Follow the team of a card, or follow it by a newer card of the same team.

        What was seen of it before still counts. Nothing is written unless its pack is good.
        Raises a store's errors and those of a pack.
        """
        id = card.keys.team
        found, trouble = self.newest(id, card, self.open(card, login))
        self.keep_card(id, card, login)
        self.accept(id, found)
        self._note(id, trouble)
        return found.pack

    def leave(self, id: str) -> None:
        """Follow a team no more; the version seen is remembered, so that nobody can go back."""
        self.write(id, following=False, user="", password="")
        self._copies.drop(id)
        self._held.pop(id, None)
        self.troubles.pop(id, None)
        self._tell()

    def open(self, card: TeamCard, login: Login, *, make: bool = False) -> Store:
        """The place of a team."""
        return self.seat.open_store(card.store, make, login)

    def newest(self, id: str, card: TeamCard, store: Store) -> Found:
        """The newest good pack in the place of a team, as Finder.newest() finds and raises.

        Two different packs of one version are remembered, so that every desk says it until there
        is a newer one.
        """
        team = self.record(id)
        try:
            found, trouble = self._finder.newest(store, card.keys, team.seen, self.held(id))
        except TeamPackTwice as error:
            if team.card:
                self.write(id, twice=error.facts["version"])
            raise
        if team.twice == found.pack.version:
            raise TeamPackTwice(version=team.twice)
        return found, trouble

    def accept(self, id: str, found: Verified) -> None:
        """Take a pack as the newest of a team, and remember that it was seen."""
        before = self.held(id)
        self._held[id] = found
        if found.seen > self.record(id).seen:
            self.write(id, seen=found.seen)
        if before is None or before.name != found.name:
            self._tell()
            self._copies.put(id, found)

    def keep_card(self, id: str, card: TeamCard, login: Login, **more: object) -> None:
        """Follow a team by this card, on every desk of the agent."""
        user, password = login.user, login.password
        self.write(id, card=card.text(), following=True, user=user, password=password, **more)

    def write(self, id: str, **fields: object) -> None:
        """Write to what the profile knows of a team."""
        self.profile.put(record_id(id), KIND, **fields)

    def forget(self) -> None:
        """Hold nothing of what was shared any more, and tell nobody of anything."""
        self._listeners.clear()
        self._held.clear()
        self.troubles.clear()

    def texts(self) -> list[str]:
        """The texts that were shared with this desk, to look for after signing out."""
        return [
            text
            for pack in self.shared().values()
            for phrase in pack.phrases()
            for text in (phrase.title, phrase.body)
        ]

    def _update(self, id: str) -> None:
        team = self.record(id)
        card = read_team_card(team.card)
        found, trouble = self.newest(id, card, self.open(card, Login(team.user, team.password)))
        self.accept(id, found)
        if trouble is not None:
            raise trouble

    def _records(self) -> dict[str, Team]:
        records = self.profile.everything()[1]
        views = [view(record) for record in records if record.kind == KIND and values(record)]
        return {team.id.removeprefix(KIND + ":"): team for team in views if isinstance(team, Team)}

    def _note(self, id: str, trouble: CompanionError | None) -> None:
        self.troubles.pop(id, None)
        if trouble is not None:
            self.troubles[id] = trouble

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def record_id(team: str) -> str:
    """The id of a team's record: two desks that follow the same team write to the same."""
    return f"{KIND}:{team}"
