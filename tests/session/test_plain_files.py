"""Nobody is locked in: everything goes out in clear, when asked for, and comes back whole."""

import base64
import json
from pathlib import Path

import pytest

from companion.errors import FormatBroken, NewerFormat
from companion.profile.records import Record, Stamp
from companion.session import plain_files
from companion.session.session import Session
from companion.session.sitting import create, open_here
from companion.wiring.seats import full_address
from tests.profile.desks import PNG
from tests.session.test_session import PASSPHRASE, a_seat

TRICKY = "# 不是标题\n> 也不是\n\n{称呼}您好,花括号 {{}} 和 emoji 🙂"


def made(folder: Path) -> Session:
    session, _ = create(a_seat(folder / "home"), full_address("far", folder), "林", PASSPHRASE)
    return session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "one").mkdir()
    session = made(tmp_path / "one")
    profile = session.profile
    group = profile.add("set", title="售后")
    phrase = profile.add("phrase", title="退款", body="一", abbr="tk", parent=group)
    profile.change(phrase, body=TRICKY)
    profile.count_use(phrase)
    profile.trash(profile.add("phrase", title="旧的", body="删掉了"))
    folder = profile.add("folder", title="网址")
    profile.add("bookmark", title="工单", url="https://t.example/?a=1&b=2", parent=folder)
    profile.add("reflection", at=1_700_000_000, need="被听见", next_words="我先听您说")
    profile.put("practice:queue", "practice", situation="queue", reviews=[[1_700_000_000, 3]])
    profile.set_option("theme", "dark")
    inner = profile.add("set", title="退换", parent=group)
    full = profile.add("phrase", title="换货", body="换", rich="<b>换</b>", parent=inner)
    profile.change(full, body="换货", rich="<b>换货</b>")
    profile.add("variant", title="口语", body="我帮您换\n# 也不是标题", parent=full)
    profile.add("image", title="图", data=PNG, parent=full)
    profile.set_program(full, "wechat", enter=True)
    profile.add("opening", situation="queue", text="让您等了{20}分钟")
    inside = profile.add("folder", title="内部", parent=folder)
    profile.add("bookmark", title="知识库", url="https://k.example", parent=inside)
    # What a newer version wrote, with what JSON has no words for.
    stamp = Stamp(profile.clock, "newer")
    odd = {"bytes": b"\x00\xff", "by number": {1: "x"}, "float": 1.5, "name": "x"}
    profile.absorb([Record("odd", "hologram", stamp, odd)], profile.clock)
    session.save()
    session.engine.save_everything()
    return session


def state(session: Session) -> dict[str, Record]:
    records = session.profile.everything()[1]
    # Whose a profile is, is not brought back into another one.
    return {record.id: record for record in records if record.id != "option:agent_name"}


def brought_back(data: bytes, folder: Path) -> Session:
    folder.mkdir()
    other = made(folder)
    other.take_in(*plain_files.from_json(data, "file.json"))
    return other


def test_what_was_exported_comes_back_whole_into_another_profile(
    session: Session, tmp_path: Path
) -> None:
    other = brought_back(plain_files.as_json(session.profile), tmp_path / "two")
    assert state(other) == state(session)
    # Also from its disk, and through its store.
    assert state(open_here(other.seat, PASSPHRASE)) == state(session)
    other.sync()
    assert other.sync().requests == 1


def test_coming_back_to_where_it_came_from_changes_nothing_and_loses_nothing(
    session: Session,
) -> None:
    data = plain_files.as_json(session.profile)
    session.profile.change(session.profile.phrases()[0].id, body="later")
    before = state(session)
    session.take_in(*plain_files.from_json(data, "file.json"))
    assert state(session) == before
    assert state(open_here(session.seat, PASSPHRASE)) == before


def test_other_programs_can_read_the_json(session: Session) -> None:
    said = json.loads(plain_files.as_json(session.profile))["readable"]
    assert [row["title"] for row in said["sets"]] == ["售后", "退换"]
    phrases = [(row["title"], row["body"], row["rich"]) for row in said["phrases"]]
    assert phrases == [("退款", TRICKY, ""), ("换货", "换货", "<b>换货</b>")]
    assert base64.b64decode(said["images"][0]["data"]) == PNG
    assert said["variants"][0]["title"] == "口语" and said["openings"][0]["situation"] == "queue"
    assert (said["programs"][0]["program"], said["programs"][0]["enter"]) == ("wechat", True)
    assert said["bookmarks"][0]["url"] == "https://t.example/?a=1&b=2"
    assert said["reflections"][0]["need"] == "被听见"
    assert said["practice"][0]["reviews"] == [[1_700_000_000, 3]]


def test_the_markdown_holds_every_text_and_no_heading_of_theirs(session: Session) -> None:
    text = plain_files.as_markdown(session.profile, lambda name: name)
    (name,) = plain_files.image_files(session.profile)
    for line in (
        "## 售后",
        "### 退款 `tk`",
        "> # 不是标题",
        "> 被听见",
        "> 我先听您说",
        "## 售后 / 退换",
        "#### 口语",
        "> # 也不是标题",
        f"![]({name})",
        "> 让您等了{20}分钟",
    ):
        assert line in text.splitlines()
    assert "网址 / 内部 / 知识库: <https://k.example>" in text
    assert "网址 / 工单: <https://t.example/?a=1&b=2>" in text
    assert "# 不是标题" not in text.splitlines()
    assert "- queue: 2023-11-1" in text
    assert "旧的" not in text


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"format":1,"clock":"x","records":[]}', b'{"format":1,"clock":1}',
     b'{"format":1,"clock":1,"records":[["a"]]}', b'{"format":1,"clock":1,"records":["-"]}',
     b'{"format":1,"clock":1,"records":["eA=="]}', b'{"format":1,"clock":-1,"records":[]}',
     b"\xff"],
)  # fmt: skip
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatBroken):
        plain_files.from_json(data, "file.json")


def test_images_go_out_as_files_whatever_their_identity(session: Session) -> None:
    stamp = Stamp(1, "w")
    strange = Record("../../etc/x", "image", stamp, {"data": b"no image"})
    session.profile.absorb([strange], 1)
    files = plain_files.image_files(session.profile)
    assert sorted(files.values()) == sorted([PNG, b"no image"])
    assert {name.rpartition(".")[2] for name in files} == {"png", "bin"}
    assert not any("/" in name or ".." in name for name in files)


def test_a_newer_file_is_left_alone() -> None:
    with pytest.raises(NewerFormat):
        plain_files.from_json(b'{"format":2}', "file.json")
