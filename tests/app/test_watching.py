"""Watching the clipboard in the running app: who is read, what is hinted at, how long it stays."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from companion.desk.ports import Content, Target
from companion.profile.slots import new_recovery_code
from companion.session.hinting import MOST
from companion.session.prompting import hide
from companion.ui import watch_hint
from tests.app.lock_scene import CHAT
from tests.app.watched import BROKEN, DARK, LATE, WEIXIN, Watched


def test_off_nothing_is_made_and_nothing_is_heard(off: Watched) -> None:
    off.copy(LATE)
    assert "watching" not in vars(off.scene.app) and off.copies.heard is None
    off.want(True)
    assert "watching" not in vars(off.scene.app) and off.copies.heard is None
    off.want(False, "weixin")
    assert "watching" not in vars(off.scene.app) and off.copies.heard is None


def test_a_message_that_needs_care_is_hinted_at_and_a_click_opens_the_prompt(
    watched: Watched,
) -> None:
    watched.copy(LATE)
    assert watched.hinted() == "催发货"
    assert watched.hint.keys.text() == "Ctrl Alt E" and watched.hint.need.text()
    # What is copied afterwards is not what the hint was about.
    watched.scene.desk.clipboard = Content("别的")
    QTest.mouseClick(watched.hint, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    watched.rest()
    window = watched.scene.app.prompting.window
    assert window.isVisible() and window.text() == LATE and window.cards[0].id == "ship_urge"
    assert watched.hinted() == ""


@pytest.mark.parametrize("text", ["好的，谢谢", "", " \n", "长" * MOST + LATE])
def test_what_needs_none_is_left_alone(watched: Watched, text: str) -> None:
    watched.copy(text)
    assert watched.hinted() == ""


def test_only_the_programs_chosen_are_read(watched: Watched) -> None:
    for where in (CHAT, None, Target(9, "chrome", "微信网页版")):
        watched.copy(LATE, where)
    assert watched.copies.reads == 0 and watched.hinted() == ""
    watched.copy(LATE, Target(9, "weixin.exe", "under Wine"))
    assert watched.hinted() == "催发货"


def test_what_is_put_or_put_back_here_is_not_read(watched: Watched) -> None:
    watched.copy(LATE, ours=True)
    watched.scene.app.inserting.deliveries.busy = True
    watched.copy(LATE)
    watched.scene.app.inserting.deliveries.busy = False
    assert watched.copies.reads == 0 and watched.hinted() == ""


def test_a_reply_that_is_copied_to_be_checked_is_no_message(watched: Watched) -> None:
    app = watched.scene.app
    watched.scene.desk.target = WEIXIN
    watched.scene.desk.focus(WEIXIN)
    watched.scene.desk.selected = LATE
    app.replying.open(watched.scene.session())
    assert app.copying
    watched.copy(LATE)
    assert watched.copies.reads == 0
    watched.scene.qtbot.waitUntil(app.replying.window.isVisible)
    app.replying.put_away()
    assert watched.hinted() == ""
    watched.copy(LATE)
    assert watched.hinted() == "催发货"


def test_what_is_put_here_leaves_the_hint(watched: Watched) -> None:
    watched.copy(LATE)
    watched.copy("一句短语", ours=True)
    assert watched.hinted() == "催发货"


def test_what_opens_a_profile_is_never_judged(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = list[str]()
    monkeypatch.setattr("companion.app.watching.judge", lambda _, text: judged.append(text))
    watched.copy(new_recovery_code())
    assert judged == [] and watched.copies.reads == 1
    watched.copy(LATE)
    assert judged == [LATE]


def test_a_program_that_hands_over_late_is_waited_for_but_not_for_ever(watched: Watched) -> None:
    watched.copies.late = 3
    watched.copy(LATE)
    watched.scene.qtbot.waitUntil(lambda: watched.hinted() == "催发货")
    watched.copies.late = 10_000
    watched.copy(BROKEN)
    watched.scene.qtbot.waitUntil(lambda: not watched.watching._retry.isActive(), timeout=5_000)
    assert watched.hinted() == "" and watched.copies.late > 9_000


def test_it_goes_by_itself_and_at_once_when_something_else_is_copied(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.copy(LATE)
    watched.copy("随便", CHAT)
    assert watched.hinted() == ""
    monkeypatch.setattr(watch_hint, "LASTS_MS", 30)
    watched.copy(LATE)
    watched.scene.qtbot.waitUntil(lambda: watched.hinted() == "")


def test_another_message_takes_its_place(watched: Watched) -> None:
    watched.copy(LATE)
    watched.copy(BROKEN)
    assert watched.hinted() == "质量问题"


def test_a_crisis_stays_until_it_is_seen_to(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_hint, "LASTS_MS", 1)
    watched.copy(DARK)
    name = watched.hinted()
    assert watched.hint.alert.isVisible() and watched.hint.stays
    for text, where in (("随便", CHAT), (LATE, WEIXIN), ("好的", WEIXIN)):
        watched.copy(text, where)
        watched.scene.qtbot.wait(20)
        assert watched.hinted() == name
    # The prompt on other words leaves it; on its own it has done its work.
    watched.scene.desk.clipboard = Content(LATE)
    watched.scene.app.act("prompt")
    assert watched.hinted() == name
    watched.scene.desk.clipboard = Content(DARK)
    watched.scene.app.act("prompt")
    assert watched.hinted() == ""
    watched.copy(DARK)
    watched.hint.away.click()
    assert watched.hinted() == "" and not watched.hint.stays
    watched.copy(LATE)
    watched.scene.qtbot.waitUntil(lambda: watched.hinted() == "")


def test_the_prompt_by_the_hotkey_takes_the_hint_away(watched: Watched) -> None:
    watched.copy(LATE)
    watched.scene.app.act("prompt")
    assert watched.hinted() == ""


def test_what_the_agent_hid_is_not_hinted_at(watched: Watched) -> None:
    hide(watched.scene.session().profile, "ship_urge")
    watched.copy(LATE)
    assert watched.hinted() != "催发货"


@pytest.mark.parametrize("text", [LATE, DARK])
def test_locked_nothing_is_seen_or_heard_and_unlocked_it_goes_on(
    watched: Watched, text: str
) -> None:
    watched.copy(text)
    session = watched.scene.session()
    watched.scene.app.act("lock")
    assert watched.hinted() == "" and watched.copies.heard is None
    watched.scene.rest(session)
    watched.copy(LATE)
    assert watched.hinted() == ""
    watched.scene.unlock()
    watched.rest()
    watched.copy(LATE)
    assert watched.hinted() == "催发货"


def test_a_message_judged_when_the_desk_is_locked_is_not_shown(watched: Watched) -> None:
    session = watched.scene.session()
    watched.scene.desk.target = WEIXIN
    watched.copies.copy(DARK)
    watched.scene.app.act("lock")
    watched.scene.rest(session)
    watched.rest()
    assert watched.hinted() == ""
    assert not any("profile" in said for said in watched.scene.told)


def test_signing_out_ends_it(watched: Watched) -> None:
    app = watched.scene.app
    watched.copy(DARK)
    app.sign_out(5.0)
    assert watched.hinted() == ""
    watched.copies.reads = 0
    watched.copy(DARK)
    assert watched.hinted() == "" and watched.copies.reads == 0
    watched.scene.qtbot.waitUntil(lambda: app.session is None and not app.leaving.under_way)
    assert watched.copies.heard is None
    app.leaving.window.hide()
