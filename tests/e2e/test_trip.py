"""The whole trip with real processes, real windows and two homes."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

EDITOR = Path(__file__).with_name("foreign_editor.py")
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
PASSPHRASE = "correct horse battery"
BODY = "钱没到账肯定惦记,我来查;退款 3 天内到。"
TITLE = "退款进度安抚"
PICKER, SIGN_IN = "^找短语$", "^随席$"


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield desktop
    desktop.close()


def foreign_files(folder: Path) -> list[tuple[str, Path]]:
    """What an agent brings along: of our own making, and real files where they are at hand."""
    table, page = folder / "mine.csv", folder / "mine.html"
    table.write_text("分组,标题,内容\n物流,查物流,帮您查一下物流\n物流,催发货,马上催\n", "utf-8")
    page.write_text('<DL><DT><A HREF="https://tickets.example/?a=1&copy=2">工单</A></DL>', "utf-8")
    own = [("phrases", table), ("bookmarks", page)]
    real = [
        ("phrases", SAMPLES / "phrases" / "beeftext-comboList.json"),
        ("bookmarks", SAMPLES / "bookmarks" / "chromium_nested.htm"),
    ]
    return own + [(kind, file) for kind, file in real if file.exists()]


@pytest.fixture(scope="module")
def home(desktop: Desktop) -> str:
    """Home A with a profile and a Chinese phrase, the app running and signed in by hand."""
    folder = desktop.folder
    (folder / "pw").write_text(PASSPHRASE + "\n", "utf-8")
    home = str(folder / "A")
    secret = ("--passphrase-file", str(folder / "pw"))
    store = (folder / "store").as_uri().replace("file:", "folder:")
    made = desktop.companion(
        "--home", home, "profile", "new", "--store", store, "--name", "林", *secret, "--json"
    )
    (folder / "card").write_text(json.loads(made)["card"], "utf-8")
    new = ("phrases", "add", "--title", TITLE, "--body", BODY, "--set", "售后")
    desktop.companion("--home", home, *new, *secret)
    for kind, file in foreign_files(folder):
        said = desktop.companion("--home", home, kind, "import", str(file), *secret, "--json")
        assert json.loads(said)["added"] > 0
        assert json.loads(said)["problems"] == []
    desktop.start(sys.executable, "-m", "companion", "--home", home)
    desktop.focus(desktop.window(SIGN_IN))
    desktop.type(PASSPHRASE)
    desktop.keys("Return")
    desktop.gone(SIGN_IN)
    wait_for(lambda: found_by_app(desktop, home, "tk"))
    return home


def found_by_app(desktop: Desktop, home: str, query: str) -> bool:
    """Whether the running app, asked from the shell without a passphrase, finds the phrase."""
    said = desktop.companion("--home", home, "phrases", "find", query, "--json", check=False)
    return bool(said) and TITLE in [hit["title"] for hit in json.loads(said)["hits"]]


def listed(desktop: Desktop, kind: str, flag: str, home: str, *secret: str) -> list[dict[str, str]]:
    """All phrases or bookmarks of a desk."""
    said = desktop.companion(flag, home, kind, "list", *secret, "--json")
    found: list[dict[str, str]] = json.loads(said)[kind]
    return found


def clipboard(desktop: Desktop) -> dict[str, str]:
    answer = desktop.folder / "clipboard"
    desktop.run(sys.executable, str(EDITOR), "read", str(answer), check=True)
    found: dict[str, str] = json.loads(answer.read_text("utf-8"))
    return found


def insert_by_hotkey(desktop: Desktop, window: str, query: str) -> None:
    desktop.focus(window)
    desktop.keys("ctrl+alt+space")
    desktop.window(PICKER)
    wait_for(lambda: desktop.focused() == desktop.window(PICKER))
    desktop.type(query)
    desktop.keys("Return")
    desktop.gone(PICKER)


@pytest.fixture(scope="module")
def owned_clipboard(desktop: Desktop) -> dict[str, str]:
    ready = desktop.folder / "ready"
    desktop.start(sys.executable, str(EDITOR), "own", str(ready))
    wait_for(ready.exists)
    found = clipboard(desktop)
    assert found["text"] and found["html"] and found["image"]
    return found


@pytest.mark.parametrize("query", ["tk", "tuikuanjindu", "退款进度", "tui款"])
def test_qt_editor(
    desktop: Desktop, home: str, owned_clipboard: dict[str, str], query: str
) -> None:
    file = desktop.folder / f"qt-{query}"
    editor = desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    window = desktop.window("^foreign editor$")
    insert_by_hotkey(desktop, window, query)
    wait_for(lambda: file.exists() and file.read_text("utf-8") == BODY)
    assert desktop.focused() == window
    wait_for(lambda: clipboard(desktop) == owned_clipboard)
    editor.terminate()
    desktop.gone("^foreign editor$")


def test_gtk_editor(desktop: Desktop, home: str, owned_clipboard: dict[str, str]) -> None:
    file = desktop.folder / "gtk.txt"
    file.write_text("", "utf-8")
    editor = desktop.start("mousepad", "--disable-server", str(file))
    window = desktop.window("gtk.txt")
    insert_by_hotkey(desktop, window, "tk")

    def saved() -> bool:
        desktop.keys("ctrl+s")
        return file.read_text("utf-8").rstrip("\n") == BODY

    wait_for(saved)
    wait_for(lambda: clipboard(desktop) == owned_clipboard)
    editor.terminate()
    desktop.gone("gtk.txt")


def test_xterm(desktop: Desktop, home: str, owned_clipboard: dict[str, str]) -> None:
    file = desktop.folder / "xterm.txt"
    command = f"cat > '{file}'"
    terminal = desktop.start("xterm", "-u8", "-T", "foreign terminal", "-e", "sh", "-c", command)
    window = desktop.window("^foreign terminal$")
    insert_by_hotkey(desktop, window, "tk")
    wait_for(lambda: clipboard(desktop) == owned_clipboard)
    desktop.focus(window)
    # No Enter came with the phrase: the line is only written when the test presses it.
    assert file.read_text("utf-8") == ""
    desktop.keys("Return", "ctrl+d")
    wait_for(lambda: file.read_text("utf-8") == BODY + "\n")
    terminal.wait(10)


def test_escape_gives_the_focus_back_and_inserts_nothing(desktop: Desktop, home: str) -> None:
    file = desktop.folder / "untouched"
    editor = desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    window = desktop.window("^foreign editor$")
    desktop.focus(window)
    desktop.keys("ctrl+alt+space")
    desktop.window(PICKER)
    desktop.type("tk")
    desktop.keys("Escape")
    desktop.gone(PICKER)
    wait_for(lambda: desktop.focused() == window)
    assert not file.exists()
    editor.terminate()
    desktop.gone("^foreign editor$")


def test_a_second_start_leaves_the_first_alone(desktop: Desktop, home: str) -> None:
    desktop.companion("--home", home)
    desktop.window(PICKER)
    desktop.keys("Escape")
    desktop.gone(PICKER)
    assert found_by_app(desktop, home, "tk")


def test_insert_from_the_shell(desktop: Desktop, home: str) -> None:
    file = desktop.folder / "by-shell"
    editor = desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    desktop.focus(desktop.window("^foreign editor$"))
    desktop.companion("--home", home, "insert", "tk")
    wait_for(lambda: file.exists() and file.read_text("utf-8") == BODY)
    editor.terminate()
    desktop.gone("^foreign editor$")


def test_signing_in_from_the_shell_opens_the_running_app(desktop: Desktop, home: str) -> None:
    folder = desktop.folder
    secret = ("--passphrase-file", str(folder / "pw"))
    c = str(folder / "C")
    desktop.companion("--home", home, "sync")
    app = desktop.start(sys.executable, "-m", "companion", "--home", c)
    desktop.window(SIGN_IN)
    wait_for(lambda: desktop.companion("--home", c, "status", "--json", check=False))
    assert not found_by_app(desktop, c, "tk")
    desktop.companion("--home", c, "sign-in", "--card", str(folder / "card"), *secret)
    desktop.gone(SIGN_IN)
    wait_for(lambda: found_by_app(desktop, c, "tk"))
    left = json.loads(desktop.companion("--home", c, "sign-out", "--json"))
    assert left["traces"] == []
    assert not found_by_app(desktop, c, "tk")
    app.terminate()
    app.wait(10)


def test_two_desks_edit_apart_and_both_have_both(desktop: Desktop, home: str) -> None:
    folder = desktop.folder
    secret = ("--passphrase-file", str(folder / "pw"))
    b = ("--home", str(folder / "B"))
    desktop.companion("--home", home, "sync")
    desktop.companion(*b, "sign-in", "--card", str(folder / "card"), *secret)
    said = desktop.companion(*b, "phrases", "find", "tuikuan", *secret, "--json")
    assert json.loads(said)["hits"][0]["body"] == BODY
    for kind in ("phrases", "bookmarks"):
        lists = [
            {row["title"] for row in listed(desktop, kind, *place)}
            for place in (("--home", home), (*b, *secret))
        ]
        assert lists[0] == lists[1]
        assert len(lists[0]) >= 1
    add = ("phrases", "add", "--title")
    desktop.companion("--home", home, *add, "甲台写的", "--body", "a")
    desktop.companion(*b, *add, "乙台写的", "--body", "b", *secret)
    desktop.companion(*b, "sync", *secret)
    desktop.companion("--home", home, "sync")
    desktop.companion(*b, "sync", *secret)
    for place in (("--home", home), (*b,)):
        extra = () if place[1] == home else secret
        for query in ("甲台", "yitaixiede"):
            said = desktop.companion(*place, "phrases", "find", query, *extra, "--json")
            assert json.loads(said)["hits"], (place, query)
    answer = json.loads(desktop.companion(*b, "sign-out", *secret, "--json"))
    assert answer["traces"] == [] and not answer["kept_sealed"]
    canaries = [
        word.encode(code) for word in (BODY, TITLE, "乙台写的") for code in ("utf-8", "utf-16-le")
    ]
    left = [path for path in (folder / "B").rglob("*") if path.is_file()]
    assert not [path for path in left if any(word in path.read_bytes() for word in canaries)]


def test_what_lies_on_the_desk_and_in_the_store_is_sealed(desktop: Desktop, home: str) -> None:
    for root in (Path(home), desktop.folder / "store"):
        for path in root.rglob("*"):
            if path.is_file():
                assert BODY.encode() not in path.read_bytes()
                assert PASSPHRASE.encode() not in path.read_bytes()
