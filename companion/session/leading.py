"""Leading a team: making it, publishing what it shares, giving it a new reading key."""

import base64
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
from nacl import utils

from companion.empathy.features import language_of
from companion.empathy.situations import situation
from companion.errors import InputInvalid, NewerFormat, NothingFound, StoreTaken, StoreUnreachable
from companion.profile import team as packs
from companion.profile.profile import Profile
from companion.profile.sealing import KEY_BYTES
from companion.profile.team_content import (
    MOST_BOOKMARKS,
    MOST_OPENINGS,
    MOST_PHRASES,
    TeamBookmark,
    TeamFolder,
    TeamOpening,
    TeamPack,
    TeamPhrase,
    TeamSet,
    Unfit,
    cleaned,
    fitting,
)
from companion.session.team_card import TeamCard, read_team_card
from companion.session.teams import Teams
from companion.sync.store import Login, Store
from companion.team_errors import PACK_ERRORS, TeamNotLed

_T = TypeVar("_T", bound=msgspec.Struct)


@dataclass(frozen=True)
class _Lead:
    """A team with what it takes to publish for it."""

    card: TeamCard
    login: Login
    seed: bytes
    store: Store

    @property
    def id(self) -> str:
        return self.card.keys.team


class LeftOut(msgspec.Struct, frozen=True):
    """Something that was not published, and why (``team.unfit.REASON`` of the catalogues)."""

    title: str
    reason: str


class PublishReport(msgspec.Struct):
    """What was published, in entries; of ``cleaned`` ones hidden characters were taken out."""

    version: int = 0
    phrases: int = 0
    bookmarks: int = 0
    openings: int = 0
    cleaned: int = 0
    left_out: list[LeftOut] = []


def new_team(teams: Teams, address: str, name: str, login: Login) -> TeamCard:
    """Make a team in the place at address, which must be empty; its card.

    Raises InputInvalid where the name does not do, StoreTaken and a store's errors.
    """
    try:
        pack = fitting(TeamPack, version=1, at=int(time.time()), name=cleaned(name))
    except Unfit as error:
        raise InputInvalid(name="--name", allowed="1-80") from error
    seed = utils.random(KEY_BYTES)
    card = TeamCard(pack.name, address, packs.public_of(seed), utils.random(KEY_BYTES))
    store = teams.open(card, login, make=True)
    if store.names():
        raise StoreTaken(place=store.place)
    _put(teams, _Lead(card, login, seed, store), pack)
    return card


def publish(
    teams: Teams,
    id: str,
    sets: Sequence[str] | None = None,
    folders: Sequence[str] | None = None,
    openings: Mapping[str, Sequence[str]] | None = None,
) -> PublishReport:
    """Publish the sets and folders with these titles, and openings by situation.

    None means those of last time, as they stand now. What no pack may hold is left out and told.
    Raises TeamNotLed, NothingFound (kind), InputInvalid where it is too much, a store's errors.
    """
    lead = _led(teams, id)
    last, version = _before(teams, lead, None not in (sets, folders, openings))
    report = PublishReport(version, left_out=[])
    chosen = [group.title for group in last.sets] if sets is None else sets
    places = [folder.title for folder in last.folders] if folders is None else folders
    try:
        pack = fitting(
            TeamPack,
            version=version,
            at=int(time.time()),
            name=lead.card.name,
            sets=_sets(teams.profile, chosen, report),
            folders=_folders(teams.profile, places, report),
            openings=last.openings if openings is None else _openings(openings, report),
        )
    except Unfit as error:
        most = f"{MOST_PHRASES} / {MOST_BOOKMARKS} / {MOST_OPENINGS}"
        raise InputInvalid(name="--set / --bookmarks / --openings", allowed=most) from error
    _put(teams, lead, pack)
    report.phrases, report.bookmarks = len(pack.phrases()), len(pack.bookmarks())
    report.openings = len(pack.openings)
    return report


def rotate(teams: Teams, id: str) -> TeamCard:
    """Seal what is shared under a new reading key; the new card, which every member needs.

    Who has only the old card reads nothing that is published from now on.
    """
    lead = _led(teams, id)
    last, version = _before(teams, lead, False)
    card = msgspec.structs.replace(lead.card, reading=utils.random(KEY_BYTES))
    pack = msgspec.structs.replace(last, version=version, at=int(time.time()))
    _put(teams, replace(lead, card=card), pack)
    return card


def _led(teams: Teams, id: str) -> _Lead:
    team = teams.record(id)
    if not team.seed:
        raise TeamNotLed
    card, login = read_team_card(team.card), Login(team.user, team.password)
    return _Lead(card, login, base64.b64decode(team.seed), teams.open(card, login))


def _before(teams: Teams, lead: _Lead, all_said: bool) -> tuple[TeamPack, int]:
    """What was published last, and the version that comes next.

    A lead may publish over anything that is wrong with the place, except what a newer Companion
    wrote; but what was shared must be known, unless all of it is said anew.
    """
    held = teams.held(lead.id)
    last = held.pack if held else TeamPack(1, 0, lead.card.name)
    try:
        found, trouble = teams.newest(lead.id, lead.card, lead.store)
        last = found.pack
    except PACK_ERRORS:
        trouble = None
        if held is None and not all_said:
            raise
    if isinstance(trouble, NewerFormat):
        raise trouble
    team = teams.record(lead.id)
    return last, max(team.seen[0], team.twice, last.version) + 1


def _put(teams: Teams, lead: _Lead, pack: TeamPack) -> None:
    """Put a pack, read it back, and only then delete those before."""
    store, card = lead.store, lead.card
    before = sorted(filter(packs.version_in, store.names()))
    signed = packs.sign(pack, lead.seed)
    name, sealed = packs.seal(pack.version, signed, card.keys)
    store.put(name, sealed)
    if store.get(name) != sealed:
        raise StoreUnreachable(place=store.place, reason="read back")
    seed = base64.b64encode(lead.seed).decode()
    teams.keep_card(lead.id, card, lead.login, seed=seed)
    teams.accept(lead.id, packs.verify(name, signed, card.public))
    for old in before:
        store.delete(old)


def _sets(profile: Profile, titles: Iterable[str], report: PublishReport) -> tuple[TeamSet, ...]:
    found = []
    for title in dict.fromkeys(filter(None, titles)):
        groups = [group for group in profile.sets() if cleaned(group.title) == cleaned(title)]
        if not groups:
            raise NothingFound(kind="set")
        for group in groups:
            rows = [
                {"id": p.id, "title": p.title, "body": p.body, "abbr": p.abbr, "tags": p.tags}
                for p in profile.phrases()
                if p.parent == group.id
            ]
            phrases = _fitting(TeamPhrase, rows, report)
            found.append(TeamSet(cleaned(title), phrases))
    return tuple(found)


def _folders(
    profile: Profile, titles: Iterable[str], report: PublishReport
) -> tuple[TeamFolder, ...]:
    found = []
    for title in dict.fromkeys(filter(None, titles)):
        folders = [held for held in profile.folders() if cleaned(held.title) == cleaned(title)]
        if not folders:
            raise NothingFound(kind="folder")
        for folder in folders:
            rows = [
                {"id": mark.id, "title": mark.title, "url": mark.url.strip()}
                for mark in profile.bookmarks()
                if mark.parent == folder.id
            ]
            found.append(TeamFolder(cleaned(title), _fitting(TeamBookmark, rows, report)))
    return tuple(found)


def _openings(said: Mapping[str, Sequence[str]], report: PublishReport) -> tuple[TeamOpening, ...]:
    """Raises NothingFound for a situation that there is not."""
    rows: list[dict[str, object]] = []
    for name, texts in said.items():
        for text in texts:
            language = language_of(text)
            known = situation(name, language).id
            rows.append({"situation": known, "language": language, "text": text})
    return _fitting(TeamOpening, rows, report)


def _fitting(
    form: type[_T], rows: Iterable[Mapping[str, object]], report: PublishReport
) -> tuple[_T, ...]:
    """The items that a pack may hold; what was cleaned or left out is noted."""
    found = []
    for row in rows:
        clean = {name: _clean(name, value) for name, value in row.items()}
        try:
            found.append(fitting(form, **clean))
        except Unfit as error:
            title = str(clean.get("title") or clean.get("text") or clean.get("body") or "")
            report.left_out.append(LeftOut(title, error.reason))
            continue
        report.cleaned += clean != dict(row)
    return tuple(found)


def _clean(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return tuple(filter(None, map(cleaned, value)))
    # An address stays as it is: taking something out would make another one of it.
    if name == "url" or not isinstance(value, str):
        return value
    return cleaned(value, lines=name in ("body", "text"))
