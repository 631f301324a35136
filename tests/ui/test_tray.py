"""The tray's menu offers what can be done, and says how things stand; Qt speaks our language."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from companion.ui.qt_words import speak
from companion.ui.tray import Tray
from companion.ui.words import LANGUAGES, Words

WORDS = Words("zh")
# How a menu says which letter chooses an entry, where no word of it has the letter.
LETTER = re.compile(r"\(&.\)")
LONG = "很长很长的名字" * 20


@pytest.fixture
def tray(qtbot: QtBot) -> Tray:
    return Tray(WORDS)


def offered(tray: Tray) -> list[str]:
    """What can be chosen, in order."""
    shown = [action for action in tray.menu.actions() if action.isVisible() and _can(action)]
    return [LETTER.sub("", action.text()).replace("&", "") for action in shown]


def said(tray: Tray) -> list[str]:
    """What is only to be read."""
    rest = (action for action in tray.menu.actions() if action.isVisible() and not _can(action))
    return [action.text() for action in rest if not action.isSeparator()]


def _can(action: QAction) -> bool:
    return action.isEnabled() and not action.isSeparator()


def test_signed_out_it_offers_signing_in_and_quitting(tray: Tray) -> None:
    assert offered(tray) == [WORDS.say("tray.sign_in"), WORDS.say("tray.quit")]
    assert said(tray) == [WORDS.say("tray.status.closed")]


def test_signed_in_it_offers_everything_but_signing_in(tray: Tray) -> None:
    tray.set_open(True, "林 · 3 条短语\n09:30 已同步")
    names = (
        *("find", "prompt", "reply", "new", "library", "bookmarks", "import", "desk", "practice"),
        "watch",
        *("sync", "card", "lock", "remember", "sign_out", "quit"),
    )
    assert offered(tray) == [WORDS.say(f"tray.{name}") for name in names]
    assert said(tray) == ["林 · 3 条短语", "09:30 已同步"]
    tray.set_open(False, WORDS.say("tray.status.closed"))
    assert said(tray) == [WORDS.say("tray.status.closed")]


def test_while_copied_messages_are_read_it_offers_to_stop_that_and_is_marked(tray: Tray) -> None:
    plain = tray.icon.icon().cacheKey()
    tray.set_open(True, "林", watching=True)
    marked = tray.icon.icon().cacheKey()
    assert WORDS.say("tray.watch_off") in offered(tray) and marked != plain
    tray.set_open(True, "林", watching=True)
    assert tray.icon.icon().cacheKey() == marked
    tray.set_locked("林 · 已锁上")
    assert WORDS.say("tray.watch_off") not in offered(tray)
    assert tray.icon.icon().cacheKey() != marked


def test_locked_it_offers_unlocking_and_quitting(tray: Tray) -> None:
    tray.set_locked("林 · 已锁上")
    assert offered(tray) == [WORDS.say("tray.unlock"), WORDS.say("tray.quit")]
    assert said(tray) == ["林 · 已锁上"]


def test_while_a_sync_takes_long_it_offers_to_stop_it(tray: Tray) -> None:
    tray.set_open(True, "林\n正在同步 3/10", syncing=True)
    assert WORDS.say("tray.stop") in offered(tray)
    assert WORDS.say("tray.sync") not in offered(tray)
    tray.set_open(True, "林\n09:30 已同步")
    assert WORDS.say("tray.stop") not in offered(tray)


def test_while_the_agent_is_leaving_only_waiting_no_longer_is_offered(tray: Tray) -> None:
    tray.set_leaving(WORDS.say("tray.leaving"))
    assert offered(tray) == [WORDS.say("tray.stop_leaving"), WORDS.say("tray.quit")]
    assert said(tray) == [WORDS.say("tray.leaving")]


def test_a_line_too_wide_goes_on_below_where_a_comma_stands(tray: Tray) -> None:
    parts = ["The store is not connected at all", " 3 changes are kept here", " and more words"]
    tray.set_open(True, "林\n" + ",".join(parts))
    assert "".join(said(tray)[1:]).replace(" ", "") == ",".join(parts).replace(" ", "")
    assert len(said(tray)) > 2


def test_the_menu_says_when_it_is_looked_at(tray: Tray) -> None:
    looks: list[int] = []
    tray.looked_at.connect(lambda: looks.append(1))
    tray.menu.aboutToShow.emit()
    assert looks == [1]


def test_a_long_status_is_cut_and_leaves_the_menu_narrow(tray: Tray) -> None:
    tray.set_open(True, LONG)
    (line,) = said(tray)
    assert len(line) < len(LONG)
    assert line[0] == LONG[0] and line[-1] == LONG[-1]
    assert tray.menu.sizeHint().width() < 480


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_has_a_letter_of_its_own_among_those_beside_it(
    qtbot: QtBot, language: str
) -> None:
    tray = Tray(Words(language))
    together = []
    acts: tuple[Callable[[], None], ...] = (
        lambda: tray.set_open(True, ""),
        lambda: tray.set_open(True, "", syncing=True, watching=True),
        lambda: tray.set_open(False, ""),
        lambda: tray.set_leaving(""),
    )
    for act in acts:
        act()
        together.append([action for action in tray.actions.values() if action.isVisible()])
    for shown in together:
        letters = [action.text().partition("&")[2][:1].upper() for action in shown]
        assert all(letters)
        assert len(set(letters)) == len(letters)


def test_a_choice_is_said_by_its_name(tray: Tray) -> None:
    heard: list[str] = []
    tray.chosen.connect(heard.append)
    for action in tray.actions.values():
        action.trigger()
    assert heard == ["sign_in", "quit"]


@pytest.fixture
def translators(qapp: QApplication) -> Iterator[None]:
    """Take back, after the test, whatever it had Qt speak."""
    before = qapp.findChildren(QTranslator)
    yield
    for added in qapp.findChildren(QTranslator):
        if added not in before:
            qapp.removeTranslator(added)


@pytest.mark.usefixtures("translators")
@pytest.mark.parametrize("language", LANGUAGES)
def test_qt_speaks_the_agents_language(qapp: QApplication, language: str) -> None:
    assert speak(qapp, language)
    cancel = QCoreApplication.translate("QPlatformTheme", "Cancel")
    assert cancel == WORDS.say("editor.cancel") if language == "zh" else cancel == "Cancel"


@pytest.mark.usefixtures("translators")
def test_what_qts_own_catalogue_has_no_words_for_is_ours_and_the_rest_stays(
    qapp: QApplication,
) -> None:
    speak(qapp, "zh")
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == "文件类型(&T)："
    assert QCoreApplication.translate("QFileDialog", "of no catalogue") == "of no catalogue"
    speak(qapp, "en")
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == "Files of &type:"


def test_the_keys_that_do_the_same_stand_beside_an_entry(tray: Tray) -> None:
    for keys in ("Ctrl Alt K", "Meta+K"):
        tray.name_keys("lock", keys)
        assert tray.actions["lock"].text().split("  ")[1:] == [keys]
    tray.name_keys("lock", "")
    assert "  " not in tray.actions["lock"].text()


def test_where_there_is_no_tray_a_notice_is_handed_on(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    tray.untold.connect(heard.append)
    for there in (True, False):
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda there=there: there)
        tray.tell("已同步")
        assert heard == ([] if there else ["已同步"])
