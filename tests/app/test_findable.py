"""What the picker can find: phrases, bookmarks and openings, each in the scope of its kind."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.findable import KINDS, entries_for, index_of
from companion.empathy.situations import pack
from companion.phrases.search import Entry, Index
from companion.session.session import Session
from companion.ui.words import LANGUAGES, Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session


@pytest.fixture
def session(tmp_path: Path, server: SlowServer) -> Session:
    made = new_session(tmp_path / "home", server)
    group = made.profile.add("set", title="退款")
    made.profile.add("phrase", title="退款到账", body="一到三个工作日", parent=group)
    made.profile.add("bookmark", title="退款后台", url="https://x.example/refund")
    made.profile.add(
        "opening", situation="refund_real", text="我懂，{称呼:您}想要回这笔钱，我来办。"
    )
    return made


def index_for(session: Session, words: Words) -> Index:
    return index_of(entries_for(session, words), words)


def found(index: Index, query: str) -> list[Entry]:
    return [hit.entry for hit in index.find(query, 500)]


def test_bookmarks_and_openings_are_found_beside_phrases(session: Session) -> None:
    index = index_for(session, Words("zh"))
    index.read_bodies()
    kinds = {entry.kind for entry in found(index, "退")}
    assert kinds == {"phrase", "bookmark", "opening"}
    (own,) = found(index, "要回这笔钱")
    assert own.title == "真要退 — 我懂"
    assert own.body == "我懂，{称呼:您}想要回这笔钱，我来办。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_its_scope_in_each_language(session: Session, language: str) -> None:
    words = Words(language)
    index = index_for(session, words)
    for kind in KINDS[:2]:
        for name in words.say(f"scope.{kind}").split():
            assert {entry.kind for entry in found(index, f"@{name}")} == {kind}
    openings = found(index, f"@{words.say('scope.opening').split()[0]}")
    ours = {text for one in pack(language).situations for text in one.openings.all()}
    assert {entry.body for entry in openings} >= ours
    assert all(entry.title and len(entry.title) < 60 for entry in openings)
    assert len({entry.id for entry in openings}) == len(openings)


def test_uses_of_an_opening_are_counted_and_it_keeps_its_id(session: Session) -> None:
    before = index_for(session, Words("zh"))
    one = found(before, "@共情")[-1]
    assert one not in found(before, "")
    session.profile.count_use(one.id)
    (again,) = (e for e in found(index_for(session, Words("zh")), "") if e.id == one.id)
    assert (again.body, again.uses) == (one.body, 1)


def test_a_team_s_openings_are_in_the_list_of_their_language(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = {"zh refund_real": ["退款的路我陪您走完。"], "en refund_real": ["I am with you."]}
    monkeypatch.setattr(session.teams, "openings", lambda: shared)
    (one,) = found(index_for(session, Words("zh")), "退款的路我陪您")
    assert one.title == "真要退 — 退款的路我陪您走完"
    english = {entry.body for entry in index_for(session, Words("en")).entries}
    assert "I am with you." in english
    assert one.body not in english


def test_bodies_are_read_behind_the_first_index(
    session: Session, make_app: MakeApp, tmp_path: Path, qtbot: QtBot
) -> None:
    app = make_app(tmp_path / "app")
    app._opened(session)
    qtbot.waitUntil(lambda: bool(app.inserting.find("退款到账")))
    # What stands in a body only.
    qtbot.waitUntil(lambda: bool(app.inserting.find("三个工作日")))
    app.closed()
