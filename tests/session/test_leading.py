"""Leading a team: what is published, what is left out and said, and being killed at it."""

from pathlib import Path

import pytest

from companion.errors import InputInvalid, NothingFound, StoreUnreachable
from companion.profile.team import version_in
from companion.profile.team_content import TeamPack
from companion.session.leading import LeftOut, new_team, publish
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.team_errors import TeamPackDamaged, TeamPlaceEmpty
from companion.wiring.seats import open_store
from tests.session.team_desks import NOBODY, Desk, Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def shared(team: Team) -> TeamPack:
    """What a newcomer reads."""
    return Desk(team.folder.with_name("newcomer")).teams.follow(team.card, NOBODY)


def test_only_what_was_chosen_is_published(team: Team) -> None:
    profile, id = team.lead.profile, team.card.keys.team
    private = profile.add("set", title="私人")
    profile.add("phrase", title="密", body="密", parent=private)
    profile.add("phrase", title="无组", body="无组")
    profile.add("reflection", next_words="只给自己看")
    tools = profile.add("folder", title="工具")
    profile.add("bookmark", title="后台", url="https://orders.example/", parent=tools)
    profile.add("bookmark", title="别的", url="https://other.example/")
    report = publish(team.lead.teams, id, ["售后"], ["工具"], {"ship_urge": ["让您等了{天数}天"]})
    assert (report.phrases, report.bookmarks, report.openings, report.left_out) == (1, 1, 1, [])
    pack = shared(team)
    assert [phrase.title for phrase in pack.phrases()] == ["退款"]
    assert [mark.url for mark in pack.bookmarks()] == ["https://orders.example/"]
    assert [(one.situation, one.language) for one in pack.openings] == [("ship_urge", "zh")]
    # What is not said is as last time, with the texts of now; an empty name means none.
    profile.change(team.phrase, body="新")
    again = publish(team.lead.teams, id)
    assert (again.version, again.phrases, again.bookmarks, again.openings) == (4, 1, 1, 1)
    assert shared(team).phrases()[0].body == "新"
    none = publish(team.lead.teams, id, [""], [""], {})
    assert (none.phrases, none.bookmarks, none.openings) == (0, 0, 0)


def test_what_no_pack_may_hold_is_left_out_or_cleaned_and_said(team: Team) -> None:
    profile, group = team.lead.profile, team.group
    profile.change(team.phrase, title="退\n款", body="\n马上\u200b退\r\n好吗\u202e\n")
    profile.add("phrase", title="脚本", body="<script>x</script>", parent=group)
    profile.add("phrase", title="长", body="x" * 10_001, parent=group)
    profile.add("phrase", title="空", body="", parent=group)
    tools = profile.add("folder", title="工具")
    for url in ("javascript:alert(1)", "file:///c:/tool.pdf", "https://x.example/"):
        profile.add("bookmark", title=url[:5], url=url, parent=tools)
    report = publish(team.lead.teams, team.card.keys.team, ["售后"], ["工具"])
    assert (report.phrases, report.bookmarks, report.cleaned) == (1, 1, 1)
    assert report.left_out == [
        LeftOut("脚本", "active"),
        LeftOut("长", "form"),
        LeftOut("空", "form"),
        LeftOut("javas", "active"),
        LeftOut("file:", "active"),
    ]
    (phrase,) = shared(team).phrases()
    assert (phrase.title, phrase.body) == ("退 款", "马上退\n好吗")


def test_what_is_named_must_be_there(team: Team) -> None:
    id, before = team.card.keys.team, team.names()
    for said in (
        {"sets": ["没有"]},
        {"folders": ["没有"]},
        {"openings": {"no_such_situation": ["好"]}},
    ):
        with pytest.raises(NothingFound):
            publish(team.lead.teams, id, **said)
    team.lead.profile.change(team.group, title="改了名")
    with pytest.raises(NothingFound):
        publish(team.lead.teams, id)
    assert team.names() == before
    with pytest.raises(InputInvalid):
        new_team(team.lead.teams, f"folder://{team.folder}-2", "x" * 81, NOBODY)
    assert not Path(f"{team.folder}-2").exists()


def test_too_much_is_refused_before_anything_is_written(team: Team) -> None:
    rows = [{"title": str(at), "body": "x", "parent": team.group} for at in range(5_001)]
    team.lead.profile.add_many("phrase", rows)
    before = team.names()
    with pytest.raises(InputInvalid):
        publish(team.lead.teams, team.card.keys.team, ["售后"])
    assert team.names() == before


class Killed(BaseException):
    """The process ends here."""


class Failing(FolderStore):
    """A folder at which the process is killed, or the line is lost, at one act."""

    left = 10**9
    error: BaseException = Killed()

    def _act(self) -> None:
        Failing.left -= 1
        if Failing.left == 0:
            raise self.error

    def names(self) -> set[str]:
        self._act()
        return super().names()

    def get(self, name: str) -> bytes:
        self._act()
        return super().get(name)

    def put(self, name: str, data: bytes) -> None:
        self._act()
        super().put(name, data)
        self._act()

    def delete(self, name: str) -> None:
        self._act()
        super().delete(name)


@pytest.mark.parametrize("error", [Killed(), StoreUnreachable(place="x", reason="ETIMEDOUT")])
def test_killed_at_any_act_of_publishing_members_always_have_a_good_version(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def failing(address: str, make: bool, login: Login) -> Store:
        if address == team.card.store:
            return Failing(team.folder)
        return open_store(address, make, login)

    monkeypatch.setattr(team.lead, "_open", failing)
    monkeypatch.setattr(Failing, "error", error)
    team.lead.seat = type(team.lead.seat)(team.lead.home, failing, team.lead.seat.secrets)
    team.lead.again()
    member = Desk(tmp_path / "member")
    member.teams.follow(team.card, NOBODY)
    ended = False
    for act in range(1, 30):
        body = f"第{act}次"
        before = member.bodies()
        monkeypatch.setattr(Failing, "left", act)
        try:
            team.publish(body)
            ended = True
        except (Killed, StoreUnreachable):
            pass
        monkeypatch.setattr(Failing, "left", 10**9)
        assert member.trouble() is None
        assert member.bodies() in (before, [body])
        # The lead's app starts anew, having saved what it had come to or not.
        team.lead.again()
        assert team.lead.trouble() is None
        if ended:
            break
    assert ended
    assert (member.bodies(), len(team.names())) == ([body], 1)


def test_what_was_shared_must_be_known_before_it_is_published_anew(
    team: Team, tmp_path: Path
) -> None:
    for path in team.folder.iterdir():
        path.unlink()
    fresh = Desk(tmp_path / "fresh", team.lead)
    fresh.absorb(team.lead)
    id = team.card.keys.team
    with pytest.raises(TeamPlaceEmpty):
        publish(fresh.teams, id)
    assert team.names() == []
    report = publish(fresh.teams, id, ["售后"], [], {})
    assert [version_in(name) for name in team.names()] == [report.version] == [3]


def test_an_upload_cut_short_costs_nobody_the_version_before(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = Desk(tmp_path / "member")
    member.teams.follow(team.card, NOBODY)
    before = team.names()
    whole = FolderStore.put

    def cut(store: FolderStore, name: str, data: bytes) -> None:
        whole(store, name, data[: len(data) // 2] if name.endswith(".team") else data)

    with monkeypatch.context() as broken:
        broken.setattr(FolderStore, "put", cut)
        with pytest.raises(StoreUnreachable):
            team.publish("2")
    assert set(before) < set(team.names())
    assert isinstance(member.trouble(), TeamPackDamaged)
    newcomer = Desk(tmp_path / "newcomer")
    assert newcomer.teams.follow(team.card, NOBODY).phrases()[0].body == "1"
    team.publish("3")
    assert (member.trouble(), member.bodies(), len(team.names())) == (None, ["3"], 1)
