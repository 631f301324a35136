"""The whole app on Windows: the real process, a foreign program, the agent's keys and a shell."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.windows import clipboard
from tests.windows.companion_desk import (
    BODY,
    LANGUAGE,
    PASSPHRASE,
    TITLE,
    WRITTEN,
    Desk,
    killed_at_last,
)
from tests.windows.desktop import (
    ALT,
    CTRL,
    SHIFT,
    Notepad,
    find_window,
    held,
    is_focused,
    press,
    type_text,
    wait_until,
)
from tests.windows.foreign import Foreign
from tests.windows.inserting import LONG

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

ENTER, ESCAPE, SPACE = 0x0D, 0x1B, 0x20
PICKER, SIGN_IN = "找短语", "随席"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the app running, signed in by typing the passphrase."""
    desk = Desk(tmp_path_factory.mktemp("林"))
    desk.make_profile()
    desk.add("长文说明", LONG)
    desk.start()
    assert wait_until(lambda: is_focused(SIGN_IN), 30)
    type_text(PASSPHRASE)
    press(ENTER)
    assert wait_until(lambda: not find_window(SIGN_IN), 20)
    assert wait_until(lambda: desk.finds("tk"), 20)
    yield desk
    desk.close()


def open_picker() -> None:
    press(CTRL, ALT, SPACE)
    assert wait_until(lambda: is_focused(PICKER))


@pytest.fixture
def before() -> dict[int, bytes]:
    """What stands on the clipboard: text, a picture, and what only another program knows."""
    held = {
        clipboard.UNICODE_TEXT: "原来的\0".encode("utf-16-le"),
        clipboard.BITMAP: clipboard.bitmap(37, 23),
        clipboard.registered("of another program"): bytes(range(256)),
    }
    clipboard.put(held)
    return held


def there(formats: dict[int, bytes]) -> dict[int, bytes | None]:
    return {kind: clipboard.get(kind) for kind in formats}


@pytest.mark.parametrize("query", ["tk", "tuikuanjindu", "tkjdaf"])
def test_hotkey_picker_notepad(
    desk: Desk, notepad: Notepad, query: str, before: dict[int, bytes]
) -> None:
    open_picker()
    type_text(query)
    press(ENTER)
    assert wait_until(lambda: notepad.text() == BODY), notepad.text()
    assert not find_window(PICKER)
    assert wait_until(lambda: there(before) == before)


def test_a_long_phrase_goes_into_notepad_whole(
    desk: Desk, notepad: Notepad, before: dict[int, bytes]
) -> None:
    open_picker()
    type_text("changwen")
    press(ENTER)
    assert wait_until(lambda: notepad.text() == LONG.replace("\n", "\r\n")), notepad.text()
    assert wait_until(lambda: there(before) == before)


def test_a_long_phrase_goes_into_a_qt_window_whole(
    desk: Desk, editor: Foreign, before: dict[int, bytes]
) -> None:
    open_picker()
    type_text("changwen")
    press(ENTER)
    assert wait_until(lambda: editor.told()["text"] == LONG), editor.told()
    assert wait_until(lambda: there(before) == before)


def test_escape_inserts_nothing_and_gives_the_focus_back(desk: Desk, notepad: Notepad) -> None:
    clipboard.copy("before")
    open_picker()
    type_text("tk")
    press(ESCAPE)
    assert wait_until(lambda: not find_window(PICKER))
    assert notepad.waits_for_keys()
    assert notepad.text() == ""
    assert clipboard.text() == "before"


def test_a_window_that_is_closed_meanwhile_leaves_the_phrase_copied(
    desk: Desk, notepad: Notepad
) -> None:
    clipboard.copy("before")
    open_picker()
    type_text("tk")
    notepad.close()
    press(ENTER)
    assert wait_until(lambda: clipboard.text() == BODY)


def test_insert_from_the_shell(desk: Desk, notepad: Notepad) -> None:
    clipboard.copy("before")
    desk.run("insert", "tk")
    assert wait_until(lambda: notepad.text() == BODY), notepad.text()
    assert wait_until(lambda: clipboard.text() == "before")


def test_insert_waits_for_keys_that_are_still_down(desk: Desk, notepad: Notepad) -> None:
    clipboard.copy("before")
    before = clipboard.changes()
    with killed_at_last(desk.begin("insert", "tk")) as command:
        with held(SHIFT):
            assert wait_until(lambda: clipboard.changes() != before)
            assert not wait_until(lambda: notepad.text() != "", 0.5)
        assert command.wait(10) == 0
    assert notepad.text() == BODY
    assert clipboard.text() == "before"


def test_a_program_that_reads_every_clipboard_is_not_in_the_way(
    desk: Desk, notepad: Notepad
) -> None:
    clipboard.copy("before")
    before = clipboard.changes()
    with killed_at_last(desk.begin("insert", "tk")) as command:
        with held(SHIFT):
            assert wait_until(lambda: clipboard.changes() != before)
            assert clipboard.text() == BODY
            for mark in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
                assert clipboard.get(clipboard.registered(mark)) == bytes(4)
            for mark in ("ExcludeClipboardContentFromMonitorProcessing", "Clipboard Viewer Ignore"):
                assert clipboard.get(clipboard.registered(mark)) is not None
        assert command.wait(10) == 0
    assert notepad.text() == BODY
    assert clipboard.text() == "before"


def test_the_app_answers_the_shell(desk: Desk) -> None:
    found = json.loads(desk.run("phrases", "find", "tuikuan", "--json"))
    assert [hit["body"] for hit in found["hits"]] == [WRITTEN]
    status = json.loads(desk.run("status", "--json"))
    assert (status["signed_in"], status["agent"], status["phrases"]) == (True, "林", 2)


def test_much_goes_through_the_pipe_both_ways(desk: Desk) -> None:
    lines = ("tk" + " " * 200 + "\n") * 2_000
    said = desk.run("phrases", "find", "--each-line", "--json", text=lines).splitlines()
    assert len(said) == 2_000
    assert {json.loads(line)["hits"][0]["title"] for line in said} == {TITLE}


def test_a_second_start_raises_the_first(desk: Desk, notepad: Notepad) -> None:
    second = desk.start()
    assert second.wait(30) == 0
    assert wait_until(lambda: is_focused(PICKER))
    press(ESCAPE)
    assert wait_until(lambda: not find_window(PICKER))
    assert desk.finds("tk")


@pytest.fixture
def remembering(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """Another desk, which a PIN opens, and the profile's id."""
    desk = Desk(tmp_path)
    profile = desk.make_profile()
    card = desk.run("profile", "card", *desk.secret).strip()
    (tmp_path / "pin").write_text("24680a\n", "utf-8")
    pin = ("--pin-file", str(tmp_path / "pin"))
    desk.run("sign-in", "--card", card, "--remember", *pin, *desk.secret)
    yield desk, profile
    desk.close()


def first_answer(desk: Desk) -> str:
    """What the app, which has just been started, says as soon as it says anything."""
    answers = list[str]()

    def answered() -> bool:
        answers.append(desk.answers())
        return answers[-1] != "app_not_running"

    assert wait_until(answered, 30)
    return answers[-1]


def test_sign_out_leaves_nothing(remembering: tuple[Desk, str], tmp_path: Path) -> None:
    desk, profile = remembering
    pin = ("--pin-file", str(tmp_path / "pin"))
    secret = ("Companion", f"profile key {profile}")
    assert keyring.get_password(*secret)
    killed = desk.start()
    assert first_answer(desk) == "app_locked"
    assert wait_until(lambda: bool(find_window(SIGN_IN)))
    desk.run("unlock", *pin)
    assert first_answer(desk) == "nothing_found"
    killed.kill()
    killed.wait()
    # Nor does the lock of one that was killed keep the next one out.
    desk.start()
    assert first_answer(desk) == "app_locked"
    desk.run("unlock", *pin)
    assert first_answer(desk) == "nothing_found"
    assert desk.finds("tk")
    # Locked and unlocked once more, with nothing lost.
    assert json.loads(desk.run("lock", "--json")) == {"locked": True}
    assert first_answer(desk) == "app_locked"
    desk.run("unlock", *pin)
    assert wait_until(lambda: desk.finds("tk"))
    assert not find_window(SIGN_IN)

    left = json.loads(desk.run("sign-out", "--json"))

    assert (left["traces"], left["kept_sealed"]) == ([], False)
    assert not json.loads(desk.run("status", "--json"))["signed_in"]
    assert keyring.get_password(*secret) is None
    texts = (TITLE, *WRITTEN.splitlines(), PASSPHRASE)
    words = [word.encode(code) for word in texts for code in ("utf-8", "utf-16-le")]
    for path in desk.home.rglob("*"):
        # The lock of the app, which still runs, may not be read by anybody else.
        if path.is_file() and path.name != "app.lock":
            assert not any(word in path.read_bytes() for word in words), path
    assert not (desk.home / "profiles").exists()


def test_the_demo_plays_to_its_end_and_leaves_nothing(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "companion", "demo", "--pictures", str(tmp_path / "pictures")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | LANGUAGE | {"TEMP": str(temporary), "TMP": str(temporary)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "pictures").glob("*.png"))) == 7
    assert list(temporary.iterdir()) == []
