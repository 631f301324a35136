"""What was set aside is listed and taken back from the shell: conflicts, trash, earlier texts."""

from pathlib import Path
from typing import Any

import pytest

from companion.session.sitting import open_here
from tests.cli.desks import PASSPHRASE, Desk
from tests.profile.desks import PNG


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Desk, Desk]:
    """Two desks of one agent with one phrase, whose commands have the passphrase."""
    (tmp_path / "pw").write_text(PASSPHRASE, "utf-8")
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    way = ("--passphrase-file", str(tmp_path / "pw"))
    store = str(tmp_path / "store")
    one.json("profile", "new", "--store", store, "--name", "林", *way)
    one.json("phrases", "add", "--title", "退款", "--body", "一", *way)
    one.json("sync", *way)
    two.json("sign-in", "--store", store, *way)
    for desk in (one, two):
        desk.knows["passphrase"] = PASSPHRASE
    return one, two


def phrase(desk: Desk) -> dict[str, Any]:
    (found,) = desk.json("phrases", "list")["phrases"]
    return dict(found)


def rewrite(desk: Desk, body: str) -> None:
    session = open_here(desk.seat(), PASSPHRASE)
    session.profile.change(phrase(desk)["id"], body=body)
    session.save()


@pytest.mark.parametrize("take", [0, 1])
def test_what_two_desks_wrote_is_listed_and_settled(desks: tuple[Desk, Desk], take: int) -> None:
    one, two = desks
    rewrite(one, "在一号桌")
    rewrite(two, "在二号桌")
    for desk in (one, two, one):
        desk.json("sync")
    (row,) = one.json("conflicts", "list")["conflicts"]
    assert (row["title"], row["field"]) == ("退款", "body")
    values = [row["now"], *row["others"]]
    assert set(values) == {"在一号桌", "在二号桌"}
    said = one.json("conflicts", "resolve", row["id"], "body", "--take", str(take))
    assert said["value"] == values[take]
    for desk in (one, two):
        desk.json("sync")
        assert desk.json("conflicts", "list")["conflicts"] == []
        assert phrase(desk)["body"] == values[take]
        assert values[1 - take] in desk.json("phrases", "history", row["id"])["history"]


def test_a_conflict_that_is_not_there_and_a_value_that_is_not_there(
    desks: tuple[Desk, Desk],
) -> None:
    one, two = desks
    id = phrase(one)["id"]
    argv = ("conflicts", "resolve", id, "body", "--take")
    assert one.run(*argv, "1", "--json").error["error"] == "nothing_found"
    rewrite(one, "甲")
    rewrite(two, "乙")
    for desk in (one, two, one):
        desk.json("sync")
    assert one.run(*argv, "2", "--json").error["error"] == "input_invalid"
    assert len(one.json("conflicts", "list")["conflicts"]) == 1


def test_deleted_on_one_desk_and_restored_on_the_other(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    id = phrase(one)["id"]
    assert one.json("phrases", "delete", id) == {"id": id}
    assert one.run("phrases", "delete", id, "--json").error["error"] == "nothing_found"
    for desk in (one, two):
        desk.json("sync")
        assert desk.json("phrases", "list")["phrases"] == []
        assert desk.json("trash", "list")["trash"] == [
            {"id": id, "kind": "phrase", "title": "退款"}
        ]
    assert two.json("trash", "restore", id) == {"id": id}
    assert two.run("trash", "restore", id, "--json").error["error"] == "nothing_found"
    for desk in (two, one):
        desk.json("sync")
        assert phrase(desk)["title"] == "退款"


def test_a_text_is_undone_on_another_desk(desks: tuple[Desk, Desk]) -> None:
    one, two = desks
    id = phrase(one)["id"]
    assert one.run("phrases", "undo", id, "--json").error["error"] == "nothing_found"
    for body in ("二", "三"):
        rewrite(one, body)
    for desk in (one, two):
        desk.json("sync")
    assert two.json("phrases", "history", id)["history"] == ["二", "一"]
    assert two.json("phrases", "undo", id)["body"] == "二"
    for desk in (two, one):
        desk.json("sync")
        assert phrase(desk)["body"] == "二"
    assert one.json("phrases", "history", id)["history"] == ["三", "二", "一"]


@pytest.mark.parametrize("kind", ["variant", "opening"])
def test_other_texts_are_listed_settled_undone_and_restored_too(
    desks: tuple[Desk, Desk], kind: str
) -> None:
    one, two = desks
    field, parent = ("body", phrase(one)["id"]) if kind == "variant" else ("text", "")
    session = open_here(one.seat(), PASSPHRASE)
    id = session.profile.add(kind, parent=parent, **{field: "一"})
    session.save()
    for desk in (one, two):
        desk.json("sync")
    for desk, text in ((one, "在一号桌"), (two, "在二号桌")):
        session = open_here(desk.seat(), PASSPHRASE)
        session.profile.change(id, **{field: text})
        session.save()
    for desk in (one, two, one):
        desk.json("sync")
    (row,) = one.json("conflicts", "list")["conflicts"]
    assert (row["id"], row["kind"], row["field"]) == (id, kind, field)
    assert row["title"].startswith("退款 / " if kind == "variant" else "在")
    one.json("conflicts", "resolve", id, field, "--take", "1")
    assert one.json("phrases", "history", id)["history"][-1] == "一"
    assert one.json("phrases", "undo", id)["body"] != row["others"][0]
    session = open_here(one.seat(), PASSPHRASE)
    session.profile.trash(id)
    session.save()
    for desk in (one, two):
        desk.json("sync")
    (gone,) = two.json("trash", "list")["trash"]
    assert (gone["id"], gone["kind"]) == (id, kind)
    assert two.json("trash", "restore", id) == {"id": id}


def test_a_phrase_is_shown_with_all_its_parts(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    id = phrase(one)["id"]
    session = open_here(one.seat(), PASSPHRASE)
    session.profile.change(id, body="一", rich="<b>一</b>")
    session.profile.add("variant", parent=id, title="口语", body="二")
    session.profile.add("image", parent=id, data=PNG)
    session.profile.set_program(id, "wechat", keys="ctrl+v")
    session.profile.add("opening", situation="queue", text="让您久等")
    session.save()
    said = one.json("phrases", "show", id)
    assert (said["phrase"]["rich"], said["variants"][0]["body"]) == ("<b>一</b>", "二")
    (image,) = said["images"]
    assert (image["media_type"], image["bytes"]) == ("image/png", len(PNG))
    assert said["programs"][0]["keys"] == "ctrl+v"
    assert one.json("phrases", "openings")["openings"][0]["text"] == "让您久等"
    assert "口语" in one.run("phrases", "show", id).out
    assert one.run("phrases", "show", "unknown", "--json").error["error"] == "nothing_found"


def test_for_people_they_are_said_in_words(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    id = phrase(one)["id"]
    for argv in (("conflicts", "list"), ("trash", "list"), ("phrases", "history", id)):
        said = one.run(*argv)
        assert (said.code, said.err) == (0, "")
        assert said.out.strip()
