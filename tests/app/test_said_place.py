"""What may be said for a place: a card's file as well, or a folder in which cards lie."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.app import said_place
from companion.app.said_place import may_wait
from companion.session.card import Card
from companion.session.card_files import file_name, write_card
from companion.session.sitting import create
from companion.ui.sign_in_page import Said
from companion.wiring.seats import full_address
from tests.app.seated import WORDS, Sat
from tests.app.stores import PASSPHRASE, a_seat

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store, in which nobody has put a card."""
    made, _ = create(a_seat(tmp_path / "one"), full_address("share", tmp_path), "林", PASSPHRASE)
    put(made.card(), tmp_path / "stick")
    return tmp_path / "share"


def put(card: Card, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    write_card(card, folder / file_name(card.agent), ["坐下时选这个文件。"])
    return folder / file_name(card.agent)


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path) -> Iterator[Sat]:
    sat = Sat(qtbot, a_seat(tmp_path / "two"))
    yield sat
    sat.end()


def sit_down(two: Sat, place: str) -> None:
    who = two.window.who
    who.card.setText(place)
    who.passphrase.setText(PASSPHRASE)
    QTest.keyClick(who.passphrase, ENTER)


@pytest.mark.parametrize("form", ["{}", "  '{}' ", "file://{}"])
def test_the_path_of_a_cards_file_is_its_card(
    qtbot: QtBot, two: Sat, store: Path, tmp_path: Path, form: str
) -> None:
    sit_down(two, form.format(tmp_path / "stick" / file_name("林")))
    qtbot.waitUntil(lambda: bool(two.opened))
    assert two.opened[0].status().agent == "林"


def test_a_file_that_is_no_card_is_called_so_and_chosen_anew(
    qtbot: QtBot, two: Sat, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(bytes(9_000))
    sit_down(two, str(tmp_path / "photo.jpg"))
    qtbot.waitUntil(two.window.problem.isVisible)
    assert WORDS.say("error.card_damaged.what") in two.window.problem.text()
    assert two.window.focusWidget() is two.window.who.card


def test_the_cards_in_a_folder_that_is_no_store_are_offered(
    qtbot: QtBot, two: Sat, store: Path, tmp_path: Path
) -> None:
    who, window = two.window.who, two.window
    sit_down(two, str(tmp_path / "stick"))
    qtbot.waitUntil(who.found.isVisible)
    # Nobody's card is used before he has seen whose it is.
    assert two.opened == [] and window.go.isEnabled()
    assert window.notice.text() == WORDS.say("sitting.found.there")
    assert who.found.currentText().startswith("林 · ")
    assert window.focusWidget() is who.passphrase
    QTest.keyClick(who.passphrase, ENTER)
    qtbot.waitUntil(lambda: bool(two.opened))


def test_several_are_chosen_among_and_those_in_a_store_are_nobodys_business(
    qtbot: QtBot, two: Sat, store: Path, tmp_path: Path
) -> None:
    window, who = two.window, two.window.who
    put(Card("w" * 22, "小王", "folder:///w"), tmp_path / "stick")
    who.card.setText(str(tmp_path / "stick"))
    QTest.keyClick(who.card, ENTER)
    qtbot.waitUntil(who.found.isVisible)
    assert window.focusWidget() is who.found and who.found.count() == 3
    window.offer(())
    who.offer(())
    shutil.copy(tmp_path / "stick" / file_name("小王"), store)
    sit_down(two, str(store))
    qtbot.waitUntil(lambda: bool(two.opened))


def test_a_card_and_a_folder_are_chosen_by_keyboard(
    qtbot: QtBot, two: Sat, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, file = two.window.who, str(tmp_path / "stick" / file_name("林"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (file, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(store))
    for downs, place in ((0, file), (1, str(store))):
        who.choose_button.setFocus()
        QTest.keyClick(who.choose_button, SPACE)
        qtbot.waitUntil(who.choose.isVisible)
        for _ in range(downs):
            QTest.keyClick(who.choose, Qt.Key.Key_Down)
        QTest.keyClick(who.choose, ENTER)
        assert who.card.text() == place
        qtbot.waitUntil(lambda: two.window.focusWidget() is who.passphrase)


def test_a_disk_that_does_not_answer_keeps_no_window_waiting(
    two: Sat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(said_place, "_card_at", lambda _: answers.wait(5) or None)
    two.window.who.card.setText(str(tmp_path))
    began = time.monotonic()
    QTest.keyClick(two.window.who.card, ENTER)
    assert time.monotonic() - began < 0.5
    answers.set()


@pytest.mark.parametrize(
    ("place", "waits"),
    [
        ("companion1:abc", False),
        ("webdavs://cloud.example/x", False),
        ("/mnt/share", True),
        ("folder:///mnt/share", True),
    ],
)
def test_only_what_lies_on_a_disk_is_waited_for(tmp_path: Path, place: str, waits: bool) -> None:
    assert may_wait(a_seat(tmp_path), Said(place=place)) is waits
