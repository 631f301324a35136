"""Following a team: the newest good pack and no older one, on every desk of the agent."""

import hashlib
import shutil
from pathlib import Path

import pytest

from companion.errors import NewerFormat, NothingFound, StoreMissing, StoreTaken
from companion.phrases.entries import entries_of
from companion.profile.team import seal, version_in
from companion.session.leading import new_team, publish, rotate
from companion.session.team_card import TeamCard
from companion.team_errors import (
    TeamNotLed,
    TeamPackDamaged,
    TeamPackTwice,
    TeamPlaceEmpty,
    TeamRolledBack,
    TeamSealedOtherwise,
)
from tests.session.team_desks import NOBODY, Desk, Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


@pytest.fixture
def member(team: Team, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "member")
    desk.teams.follow(team.card, NOBODY)
    return desk


def test_a_member_reads_what_the_lead_publishes(team: Team, member: Desk) -> None:
    assert member.bodies() == ["1"]
    team.publish("2")
    told = member.told
    # One look and one object; with nothing new the look alone.
    assert (member.requests(), member.bodies(), member.told) == (2, ["2"], told + 1)
    assert (member.requests(), member.told) == (1, told + 1)
    assert member.teams.troubles == {}
    # The lead's own phrases are not shown to him twice, and one object lies in the place.
    assert team.lead.bodies() == []
    assert list(map(version_in, team.names())) == [3]


def test_the_last_good_version_serves_offline_and_after_a_restart(team: Team, member: Desk) -> None:
    shutil.rmtree(team.folder)
    member.again()
    assert member.bodies() == ["1"]
    assert isinstance(member.trouble(), StoreMissing)
    team.folder.mkdir()
    assert isinstance(member.trouble(), TeamPlaceEmpty)
    assert member.bodies() == ["1"]


def test_what_is_kept_on_the_desk_is_sealed(team: Team, member: Desk) -> None:
    team.publish("金丝雀在第七排靠窗唱歌")
    member.teams.update()
    files = [path for path in member.home.rglob("*") if path.is_file()]
    assert files
    assert all("金丝雀".encode() not in path.read_bytes() for path in files)
    for path in files:
        path.write_bytes(path.read_bytes()[:-1])
    member.again()
    assert member.bodies() == []
    member.teams.update()
    assert member.bodies() == ["金丝雀在第七排靠窗唱歌"]


def test_an_older_version_is_refused_and_said_on_every_desk(
    team: Team, member: Desk, tmp_path: Path
) -> None:
    kept = team.keep()
    team.publish("2")
    member.teams.update()
    team.put_back(kept)
    fresh = Desk(tmp_path / "fresh", member)
    fresh.absorb(member)
    for desk, bodies in ((member, ["2"]), (fresh, [])):
        trouble = desk.trouble()
        assert isinstance(trouble, TeamRolledBack)
        assert trouble.facts == {"found": 2, "seen": 3}
        assert desk.bodies() == bodies
        assert desk.teams.unsaid() == [trouble]
        assert desk.teams.unsaid() == []
    # Leaving does not make it forgotten, nor does a new card of the same team.
    member.teams.leave(team.card.keys.team)
    with pytest.raises(TeamRolledBack):
        member.teams.follow(team.card, NOBODY)
    # The lead heals it by publishing.
    team.publish("3")
    assert (fresh.trouble(), fresh.bodies()) == (None, ["3"])


def test_what_two_desks_saw_is_the_higher_of_both(team: Team, member: Desk, tmp_path: Path) -> None:
    kept = team.keep()
    other = Desk(tmp_path / "other", member)
    other.absorb(member)
    team.publish("2")
    member.teams.update()
    # The other desk writes last, having seen less.
    for _ in range(9):
        other.profile.set_option("theme", "dark")
        other.profile.set_option("theme", "light")
    id = team.card.keys.team
    other.teams.write(id, seen=(2, "f" * 64))
    for one, two in ((member, other), (other, member)):
        one.absorb(two)
    assert member.teams.record(id).seen == other.teams.record(id).seen
    assert other.teams.record(id).seen[0] == 3
    team.put_back(kept)
    assert isinstance(other.trouble(), TeamRolledBack)


def test_two_packs_of_one_version_are_said_on_every_desk(
    team: Team, member: Desk, tmp_path: Path
) -> None:
    """Somebody who has the signing key shows one desk this and another desk that."""
    before = team.keep()
    thief = Desk(tmp_path / "thief", team.lead)
    thief.absorb(team.lead)
    other = Desk(tmp_path / "other", member)
    other.absorb(member)
    team.publish("2")
    member.teams.update()
    honest = team.keep()
    team.put_back(before)
    thief.profile.change(team.phrase, body="gift cards please")
    publish(thief.teams, team.card.keys.team, ["售后"])
    forged = team.keep()
    other.teams.update()
    assert (member.bodies(), other.bodies()) == (["2"], ["gift cards please"])

    def exchange_and_look() -> list[bool]:
        said = []
        for desk, shown in ((member, honest), (other, forged)):
            team.put_back(shown)
            said.append(isinstance(desk.trouble(), TeamPackTwice))
        member.absorb(other)
        other.absorb(member)
        return said

    member.absorb(other)
    other.absorb(member)
    # The one whose pack is not the one that counts as seen notices, and the other hears of it.
    assert sorted(exchange_and_look()) in ([False, True], [True, True])
    assert exchange_and_look() == [True, True]
    # Side by side in the place it is seen at once, also by one who had neither.
    team.put_back(honest | forged)
    newcomer = Desk(tmp_path / "newcomer")
    with pytest.raises(TeamPackTwice):
        newcomer.teams.follow(team.card, NOBODY)
    assert newcomer.teams.followed() == {}
    team.publish("3")
    assert [(desk.trouble(), desk.bodies()) for desk in (member, other)] == [(None, ["3"])] * 2


def test_the_same_pack_sealed_twice_is_no_second_one(team: Team, member: Desk) -> None:
    held = member.teams.held(team.card.keys.team)
    assert held is not None
    name, sealed = seal(held.pack.version, held.signed, team.card.keys)
    (team.folder / name).write_bytes(sealed)
    assert member.trouble() is None
    assert member.bodies() == ["1"]


def test_broken_packs_are_told_fetched_once_and_hide_nothing(team: Team, member: Desk) -> None:
    team.publish("2")
    for version in (9, 8, 7):
        (team.folder / f"{version:012x}-{'0' * 64}.team").write_bytes(b"junk")
    assert member.requests() == 5
    assert isinstance(member.trouble(), TeamPackDamaged)
    assert (member.bodies(), member.requests()) == (["2"], 1)
    # More than a look will fetch are got past in the end.
    for version in range(20, 30):
        (team.folder / f"{version:012x}-{'0' * 64}.team").write_bytes(b"junk")
    team.lead.again()
    (team.folder / f"{99:012x}-{'0' * 64}.team").write_bytes(b"junk")
    assert member.requests() == 5
    assert (isinstance(member.trouble(), TeamPackDamaged), member.bodies()) == (True, ["2"])
    # Publishing tidies.
    team.publish("3")
    assert (member.trouble(), member.bodies(), len(team.names())) == (None, ["3"], 1)


def test_a_lead_does_not_write_over_a_newer_companion(team: Team) -> None:
    data = b"CPT2 and what nobody knows yet"
    newer = f"{9:012x}-{hashlib.sha256(data).hexdigest()}.team"
    (team.folder / newer).write_bytes(data)
    with pytest.raises(NewerFormat):
        team.publish("2")
    assert newer in team.names()


def test_a_new_reading_key_shuts_out_the_old_card(team: Team, member: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other", member)
    other.absorb(member)
    other.teams.update()
    new = rotate(team.lead.teams, team.card.keys.team)
    assert isinstance(member.trouble(), TeamSealedOtherwise)
    assert member.bodies() == ["1"]
    member.teams.follow(new, NOBODY)
    assert member.trouble() is None
    team.publish("2")
    assert (member.trouble(), member.bodies()) == (None, ["2"])
    # The other desks of the agent have the card by their next sync, and what they kept still opens.
    other.absorb(member)
    other.again()
    assert other.bodies() == ["1"]
    assert (other.trouble(), other.bodies()) == (None, ["2"])


def test_uses_are_counted_and_nothing_else_is_written(team: Team, member: Desk) -> None:
    (entry,) = entries_of(member.profile, member.teams.shared())
    member.profile.take_changes()
    member.profile.count_use(entry.id)
    member.profile.count_use(entry.id)
    _, records = member.profile.take_changes()
    assert [(record.kind, record.plain, record.registers) for record in records] == [
        ("use", {}, {})
    ]
    team.publish("2")
    member.teams.update()
    (entry,) = entries_of(member.profile, member.teams.shared())
    assert (entry.body, entry.uses, entry.set) == ("2", 2, "一组 · 售后")
    assert member.profile.phrases() == []
    assert all(b"\xe9\x80\x80" not in repr(r).encode() for r in member.profile.everything()[1])


def test_leaving_takes_it_all_away(team: Team, member: Desk) -> None:
    member.teams.leave(team.card.keys.team)
    assert (member.bodies(), member.teams.followed()) == ([], {})
    assert not list(member.home.rglob("*.sealed"))
    with pytest.raises(NothingFound):
        member.teams.named("一组")
    assert member.requests() == 0


def test_a_place_with_anything_in_it_is_not_taken(team: Team, member: Desk) -> None:
    with pytest.raises(StoreTaken):
        new_team(member.teams, team.card.store, "二组", NOBODY)
    with pytest.raises(TeamNotLed):
        publish(member.teams, team.card.keys.team, ["售后"])


def test_the_card_of_another_key_is_another_team(team: Team, member: Desk) -> None:
    forged = TeamCard("一组", team.card.store, b"k" * 32, team.card.reading)
    assert forged.keys.team != team.card.keys.team
    with pytest.raises(TeamPackDamaged):
        member.teams.follow(forged, NOBODY)
    assert set(member.teams.followed()) == {team.card.keys.team}
