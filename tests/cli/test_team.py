"""Teams from the shell: two leads and their members, over a folder and over a WebDAV server."""

import json
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.session.leading import publish
from companion.session.team_card import TeamCard
from tests.cli.conftest import Made
from tests.cli.desks import PASSPHRASE, Desk, Said, shell, tree
from tests.session.team_desks import Team

CANARY = "金丝雀在第七排靠窗唱歌"


class Homes:
    """Homes under one folder, each command a process of its own."""

    def __init__(self, around: Path) -> None:
        self.around = around
        (around / "pw").write_text(PASSPHRASE, "utf-8")

    def say(self, home: str, *argv: str) -> Said:
        way = ("--passphrase-file", self.around / "pw", "--json")
        return shell("--home", self.around / home, *argv, *way)

    def at(self, home: str, *argv: str) -> Said:
        said = self.say(home, *argv)
        assert (said.code, said.err) == (0, ""), (argv, said)
        return said

    def new(self, home: str) -> None:
        store = str(self.around / f"{home}-store")
        self.at(home, "profile", "new", "--store", store, "--name", home)

    def titles(self, home: str) -> set[tuple[str, str]]:
        rows = self.at(home, "phrases", "list").document["phrases"]
        return {(row.get("team", ""), row["title"]) for row in rows}


def a_trip(homes: Homes, place: str, *who: str) -> None:
    """A lead publishes over a place and a member reads it, at two desks."""
    homes.new("lead")
    homes.at("lead", "phrases", "add", "--title", "退款", "--body", CANARY, "--set", "售后")
    homes.at("lead", "phrases", "add", "--title", "私事", "--body", "只给自己", "--set", "私人")
    card = homes.at("lead", "team", "new", "--store", place, "--name", "一组", *who).document[
        "card"
    ]
    (homes.around / "card").write_text(card, "utf-8")
    report = homes.at("lead", "team", "publish", "--set", "售后").document
    assert (report["version"], report["phrases"]) == (2, 1)

    homes.new("member")
    followed = homes.at("member", "team", "follow", str(homes.around / "card"), *who).document
    assert (followed["name"], followed["version"], followed["phrases"]) == ("一组", 2, 1)
    (hit,) = homes.at("member", "phrases", "find", "tk").document["hits"]
    assert (hit["body"], hit["team"], hit["set"]) == (CANARY, "一组", "一组 · 售后")
    homes.at("member", "sync")

    homes.at("lead", "phrases", "add", "--title", "换货", "--body", "换", "--set", "售后")
    homes.at("lead", "team", "publish")
    homes.at("member", "sync")
    assert homes.titles("member") == {("一组", "退款"), ("一组", "换货")}
    quiet = homes.at("member", "sync").document
    assert (quiet["pulled"], quiet["pushed"], quiet["requests"]) == (0, 0, 1)
    assert "teams" not in quiet
    # At another desk of the member the team is there with the sign-in, nobody is asked again.
    store = str(homes.around / "member-store")
    homes.at("member-b", "sign-in", "--store", store)
    assert homes.titles("member-b") == {("一组", "退款"), ("一组", "换货")}
    # What is shared is in no pack of the member's, and nowhere readable.
    homes.at("lead", "sync")
    for folder in ("member", "member-b", "member-store", "lead", "lead-store"):
        kept = tree(homes.around / folder)
        assert not any(CANARY.encode() in (data or b"") for data in kept.values())
    left = homes.at("member", "sign-out").document
    assert (left["traces"], left["kept_sealed"]) == ([], False)
    assert not any(tree(homes.around / "member").values())


def test_over_a_folder(tmp_path: Path) -> None:
    homes = Homes(tmp_path)
    a_trip(homes, str(tmp_path / "team"))
    for data in tree(tmp_path / "team").values():
        assert CANARY.encode() not in (data or b"")


@pytest.mark.skipif(sys.platform != "linux", reason="the server is Debian's")
def test_over_webdav(tmp_path: Path) -> None:
    from tests.contracts.servers.addresses import on_wsgidav

    place, login = on_wsgidav(tmp_path / "served")
    (tmp_path / "store-pw").write_text(login.password, "utf-8")
    homes = Homes(tmp_path)
    a_trip(homes, place, "--store-password-file", str(tmp_path / "store-pw"))
    for folder in ("lead", "lead-store", "member-b", "member-store"):
        kept = tree(tmp_path / folder)
        assert not any(login.password.encode() in (data or b"") for data in kept.values())


def test_two_teams_do_not_mix(tmp_path: Path) -> None:
    homes = Homes(tmp_path)
    for lead in ("one", "two"):
        homes.new(lead)
        homes.at(lead, "phrases", "add", "--title", f"话术{lead}", "--body", lead, "--set", "s")
        made = homes.at(
            lead, "team", "new", "--store", str(tmp_path / f"{lead}-team"), "--name", lead
        )
        (tmp_path / f"{lead}-card").write_text(made.document["card"], "utf-8")
        homes.at(lead, "team", "publish", "--set", "s")
    homes.at("one", "team", "follow", str(tmp_path / "two-card"))
    assert homes.titles("one") == {("", "话术one"), ("two", "话术two")}
    # One lead's pack in the other's place is refused, and the last good version serves.
    (theirs,) = (tmp_path / "one-team").glob("*.team")
    (mine,) = (tmp_path / "two-team").glob("*.team")
    mine.unlink()
    (tmp_path / "two-team" / theirs.name).write_bytes(theirs.read_bytes())
    said = homes.at("one", "sync").document
    assert said["teams"] == {"two": "team_sealed_otherwise"}
    assert homes.titles("one") == {("", "话术one"), ("two", "话术two")}
    wrong = homes.say("two", "team", "leave", "one")
    assert (wrong.code, wrong.error["error"]) == (1, "nothing_found")
    homes.at("one", "team", "leave", "two")
    assert homes.titles("one") == {("", "话术one")}
    assert [row["name"] for row in homes.at("one", "team", "list").document["teams"]] == ["one"]


@pytest.fixture
def led(made: Made, tmp_path: Path) -> Desk:
    """A desk that follows a team of another person."""
    team = Team(tmp_path / "led")
    profile = team.lead.profile
    tools = profile.add("folder", title="工具")
    profile.add("bookmark", title="后台", url="https://orders.example/", parent=tools)
    openings = {"ship_urge": ["等了{天数}天,换谁都急"]}
    publish(team.lead.teams, team.card.keys.team, ["售后"], ["工具"], openings)
    made.desk.json("team", "follow", team.card.text())
    return made.desk


def test_a_shared_phrase_is_copied_never_changed(led: Desk) -> None:
    (row,) = led.json("phrases", "list")["phrases"]
    for argv in (("delete", row["id"]), ("history", row["id"]), ("undo", row["id"])):
        said = led.run("phrases", *argv, "--json")
        assert (said.code, json.loads(said.err)["error"]) == (1, "team_read_only")
    copy = led.json("team", "copy", row["id"], "--set", "我的")
    assert (copy["title"], copy["body"], copy["set"]) == ("退款", "1", "我的")
    assert copy["id"] != row["id"]
    led.json("phrases", "delete", copy["id"])
    assert [one["id"] for one in led.json("phrases", "list")["phrases"]] == [row["id"]]
    assert led.run("team", "copy", copy["id"]).code == 1


def test_shared_bookmarks_are_found_and_opened(led: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    (row,) = led.json("bookmarks", "list")["bookmarks"]
    assert (row["url"], row["folder"], row["team"]) == ("https://orders.example/", ["工具"], "一组")
    assert led.json("bookmarks", "find", "ht")["hits"][0]["id"] == row["id"]
    assert led.json("bookmarks", "open", "后台")["url"] == opened[0] == "https://orders.example/"


def test_shared_openings_stand_first_on_the_cards(led: Desk) -> None:
    text = "都买了三天了还没发货,不要了,我要退货!"
    (first, *_) = led.json("team", "prompt", text)["situations"]
    (plain, *_) = led.json("prompt", text)["situations"]
    assert first["id"] == plain["id"] == "ship_urge"
    assert first["openings"] == ["等了3天,换谁都急", *plain["openings"]]
    said = led.run("team", "prompt", "--each-line", "--json", stdin=f"{text}\n")
    assert json.loads(said.out)["situations"][0]["openings"] == first["openings"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_wrong_is_said_in_words(led: Desk, tmp_path: Path, language: str) -> None:
    for path in (tmp_path / "led" / "team").glob("*.team"):
        path.rename(path.with_name(f"{1:012x}{path.name[12:]}"))
    led.language = language
    said = led.run("team", "update")
    assert said.code == 0
    words = ("第 1 版", "第 3 版") if language == "zh" else ("version 1", "version 3")
    assert all(word in said.out for word in words)
    (row,) = led.json("team", "list")["teams"]
    assert (row["name"], row["led"], row["version"], row["phrases"]) == ("一组", False, 3, 1)
    assert all(word in led.run("sync").out for word in words)


def test_only_a_lead_publishes_and_every_member_may_pass_the_card_on(led: Desk) -> None:
    for argv in (["publish", "--set", "x"], ["rotate"], ["publish", "--team", "一组"]):
        said = led.run("team", *argv, "--json")
        assert (said.code, json.loads(said.err)["error"]) == (1, "team_not_led")
    assert led.json("team", "card")["card"].startswith("companion-team1:")
    said = led.run("team", "follow", led.json("profile", "card")["card"], "--json")
    assert (said.code, json.loads(said.err)["error"]) == (1, "team_card_damaged")


def test_openings_that_are_no_openings_are_refused(led: Desk, tmp_path: Path) -> None:
    (tmp_path / "openings.json").write_text('{"ship_urge": "好"}', "utf-8")
    said = led.run("team", "publish", "--openings", "openings.json", "--json")
    assert (said.code, json.loads(said.err)["error"]) == (1, "format_broken")


def test_the_password_of_a_teams_place_is_handed_to_the_running_app(
    led: Desk, tmp_path: Path
) -> None:
    """Only where the place that the card names asks who one is."""
    (tmp_path / "store-pw").write_text("geheim", "utf-8")
    asked: list[dict[str, object]] = []

    def forward(_folder: Path, message: Callable[[], dict[str, object]]) -> dict[str, object]:
        asked.append(message())
        return {"exit": 0, "out": "", "err": ""}

    for store in ("webdavs://lin@host.example/team", "folder:///team"):
        card = TeamCard("一组", store, b"p" * 32, b"r" * 32).text()
        context = led.context()
        context.forward = forward
        argv = ("team", "follow", card, "--store-password-file", "store-pw")
        assert led.run(*argv, context=context).code == 0
    assert [message["secrets"] for message in asked] == [{"store_password": "geheim"}, {}]
