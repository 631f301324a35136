"""What Companion needs of a PC, as small protocols that each platform fulfils."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol

from companion.errors import CompanionError


class Obstacle(Enum):
    """Why text cannot be put into a window; ui/messages has the words for each."""

    NO_TARGET = "no_target"
    TARGET_GONE = "target_gone"
    TARGET_CHANGED = "target_changed"
    ELEVATED = "elevated"
    KEYS_HELD = "keys_held"
    UNSUPPORTED = "unsupported"
    CLIPBOARD_BUSY = "clipboard_busy"
    NOT_TAKEN = "not_taken"
    LINES_RUN = "lines_run"
    NO_PICTURES = "no_pictures"
    NOT_SENT = "not_sent"
    LOCKED = "locked"


class PasteKeys(Enum):
    """The key combination by which a program pastes."""

    CTRL_V = "ctrl+v"
    SHIFT_INSERT = "shift+insert"
    CTRL_SHIFT_V = "ctrl+shift+v"


class CopyKeys(Enum):
    """The key combination by which a program copies what is selected in it."""

    CTRL_C = "ctrl+c"
    CTRL_INSERT = "ctrl+insert"
    CTRL_SHIFT_C = "ctrl+shift+c"


class Key(Enum):
    """A key that is pressed after a text has gone in."""

    ENTER = "enter"
    LEFT = "left"


class Rect(NamedTuple):
    """A rectangle on the screen, in device pixels from the top left corner of the whole desktop."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Target:
    """A window of another program. ``program`` is its lower-case short name (``xterm``).

    ``process`` is the number of its process, 0 where that is not known.
    """

    handle: int
    program: str
    title: str
    process: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """What to call the window: its title, or the program's name where it has none to read."""
        return self.title or self.program


@dataclass(frozen=True)
class Content:
    """What is put on the clipboard: plain text, HTML where the phrase has it, a picture (PNG)."""

    text: str
    html: str = ""
    image: bytes = b""


class Offer(Protocol):
    """Content that stands on the clipboard until somebody else takes it."""

    def fetches(self, by: Target | None = None) -> int:
        """How often a program has asked for the content since it was offered.

        ``by`` counts that window's program only, on desks that can tell who asks; on the others,
        where nobody can be told apart, everyone.
        """

    def asks(self, by: Target | None = None) -> int:
        """How often a program has asked anything of it, be it only which formats there are.

        The fetches alone on desks where no other question is heard; ``by`` as for fetches().
        """

    def counting(self) -> bool:
        """Whether the next time would be counted: some systems ask us once, for all programs."""

    def standing(self) -> bool:
        """Whether the clipboard still holds this offer."""


class Clipboard(Protocol):
    """The clipboard of this desk; used from the GUI thread only."""

    def text(self) -> str:
        """The plain text on the clipboard, or an empty string."""

    def snapshot(self, both: bool = False) -> object:
        """Every format now on the clipboard, for restore(); opaque to the caller.

        ``both`` means the second selection (X11's PRIMARY) as well, where a desktop has one.
        """

    def complete(self, snapshot: object) -> bool:
        """Whether a snapshot has everything: the program that copied may need a while to tell.

        To be waited for before the next offer; what is missing then cannot be restored.
        """

    def stands(self, snapshot: object) -> bool:
        """Whether nothing was copied since a snapshot was complete, or since it was put back."""

    def text_in(self, snapshot: object) -> str:
        """The plain text of a snapshot, as far as it is complete, or an empty string."""

    def offer(self, content: Content, both: bool = False) -> Offer:
        """Put content on the clipboard, marked to stay out of clipboard histories."""

    def withdraw(self) -> None:
        """Do not put up any more what offer() could not put up yet."""

    def restore(self, snapshot: object) -> None:
        """Put back exactly what snapshot() saw."""

    def copy(self, content: Content, lasting: bool = False) -> None:
        """Put content on the clipboard for the agent to paste; nothing is restored later.

        What is ``lasting`` stays there when the agent signs out.
        """

    def forget(self) -> None:
        """Empty the clipboard where what stands there is from here, copied or offered.

        What other programs have copied stays, also where restore() has put it back.
        """


class Windows(Protocol):
    """The windows of other programs."""

    def focused(self) -> Target | None:
        """The window that has the focus now, or None where none has or it is our own."""

    def programs(self) -> list[str]:
        """The programs of others with a window to be seen, the foremost first, by Target's names.

        Empty where the desktop does not say.
        """

    def bring_back(self, target: Target) -> None:
        """Ask the desktop to give the focus back to target; check with is_focused()."""

    def is_focused(self, target: Target) -> bool:
        """Whether target has the focus and is still a window of the same program."""

    def exists(self, target: Target) -> bool:
        """Whether the window is still there."""

    def place(self, target: Target) -> Rect | None:
        """Where target's caret stands, or else its window; None where neither can be known."""

    def obstacle(self, target: Target) -> Obstacle | None:
        """Why this desk could not type into target, known before trying; None if it could."""


class Typist(Protocol):
    """Presses keys for the agent."""

    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift or the system key is physically down."""

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        """Press and release the paste combination in the focused window.

        ``into`` has it pressed only while that window has the focus; false where it has not, and
        then nothing was pressed.
        """

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        """Press and release the copy combination, as paste() does: never in any other window."""

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        """Press and release one key, so many times, as paste() does."""


@dataclass(frozen=True)
class Ask:
    """What a desktop that asks the agent before it gives a hotkey needs to know.

    ``purpose`` says what the hotkey does, in the agent's words. ``answered`` hears, on any thread
    and whenever that changes, what was given instead of the keys: other keys, as the desktop calls
    them, or the error that another desk would have raised at once.
    """

    purpose: str
    answered: Callable[[str | CompanionError], None]


class Hotkeys(Protocol):
    """Global hotkeys."""

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        """Call pressed (on any thread) whenever keys such as ``ctrl+alt+space`` are pressed.

        With ``hold``, where a desk can do so, what is typed after them waits for resume(), at most
        a second. A desktop that asks the agent first answers later, through ``ask``.
        Raises HotkeyTaken where another program holds them, HotkeyUnknown for an unknown name,
        HotkeysUnavailable where this desktop has none.
        """

    def resume(self, window: int) -> None:
        """Give what waits to a window of our own, as soon as it has the focus."""

    def close(self) -> None:
        """Give every hotkey back."""


class Going(Enum):
    """Why the agent may be leaving the desk for a while, or for good."""

    LOCKED = "locked"
    """The screen was locked, or the desktop shows another user."""
    SLEEPS = "sleeps"
    """The machine is about to sleep."""
    ENDS = "ends"
    """The desktop of this user is about to end."""


class Presence(Protocol):
    """Whether somebody still sits at this desk."""

    def idle_s(self) -> float | None:
        """Seconds since a key or the mouse was last moved, in any program; None where unknown.

        Quick enough for the GUI thread.
        """

    def listen(self, heard: Callable[[Going, Callable[[], None]], None]) -> None:
        """Call heard, on any thread, with what happens and with what to call once all is safe.

        The same may be told twice, by the desktop and by the system.
        Until that is called, sleep and the end wait, where this desktop lets a program ask for it,
        and for as long as it lets it. Where nothing can be heard, nothing is called.
        """

    def close(self) -> None:
        """Hear nothing more, and hold nothing up."""


class Programs(Protocol):
    """Other programs of this PC. Every call may block: never on the GUI thread."""

    def run(self, arguments: Sequence[str], seconds: float = 30.0) -> bool:
        """Run a program to its end, without a shell, input or a window; whether all went well.

        False where it is not there, where it failed, or where it took longer and was ended.
        """

    def running(self, name: str) -> bool:
        """Whether a process of this user has this name, as the system writes it."""


class BrowserLauncher(Protocol):
    """Starts browsers of this desk with addresses to open; never on the GUI thread."""

    def executable(self, browser: str) -> str:
        """The program of a browser by its name (``Chrome``); empty where it is not installed."""

    def usual(self) -> str:
        """The program of the browser that this user's desktop opens addresses with; or empty."""

    def start(self, command: Sequence[str]) -> bool:
        """Start a program, which goes on by itself; false where it cannot be started."""
