"""Puts a text into another program's window, as one transaction that ends well or says why not.

Written as a generator of waits, so that the same steps run on a GUI timer and, in tests, at once:
no step blocks.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from companion.desk.ports import (
    Clipboard,
    Key,
    Obstacle,
    Offer,
    PasteKeys,
    Target,
    Typist,
    Windows,
)
from companion.phrases.message import Message

FOCUS_S = 1.0
KEYS_UP_S = 3.0
# Programs open the clipboard to look at what is new there, one at a time, and none for long.
CLIPBOARD_S = 1.0
# A program that has not asked for the text by then did not paste it. Restoring the old clipboard
# before a slow program asks would paste the old text, so this is long.
FETCH_S = 2.0
# Some programs ask for several formats one after the other, and for rich ones with pauses.
QUIET_S = 0.05
QUIET_RICH_S = 0.3

_SHIFT_INSERT = frozenset({"xterm", "uxterm", "urxvt", "rxvt", "st", "putty", "mintty"})
_CTRL_SHIFT_V = frozenset(
    {"gnome-terminal-server", "xfce4-terminal", "konsole", "tilix", "alacritty", "kitty"}
)


@dataclass(frozen=True)
class Wait:
    """Wait until something is so, at most so many seconds; the answer is whether it became so."""

    until: Callable[[], bool]
    at_most: float


@dataclass(frozen=True)
class Outcome:
    """Whether the text was taken; if not, it is on the clipboard and this stood in the way."""

    obstacle: Obstacle | None = None

    @property
    def inserted(self) -> bool:
        """Whether the target took the text."""
        return self.obstacle is None


Steps = Generator[Wait, bool, Outcome]


@dataclass(frozen=True)
class Inserter:
    """The desk's adapters that an insertion needs."""

    clipboard: Clipboard
    windows: Windows
    typist: Typist

    def insert(self, messages: Sequence[Message], target: Target | None) -> Steps:
        """Paste messages into target, one after another: never anywhere else.

        Enter is pressed only after a message that asks for it. What did not go in is left on the
        clipboard: the message that met the obstacle.
        """
        for message in messages:
            outcome = yield from self._insert(message, target)
            if outcome.obstacle is not None:
                self.clipboard.copy(message.content)
                return outcome
        return Outcome()

    def _insert(self, message: Message, target: Target | None) -> Steps:
        if target is None:
            return Outcome(Obstacle.NO_TARGET)
        if not self.windows.exists(target):
            return Outcome(self.windows.obstacle(target) or Obstacle.TARGET_GONE)
        obstacle = self.windows.obstacle(target)
        if obstacle is not None:
            return Outcome(obstacle)
        keys = paste_keys(target)
        both = keys is PasteKeys.SHIFT_INSERT
        before = self.clipboard.snapshot(both)
        offer = self.clipboard.offer(message.content, both)
        rich = message.content.html or message.content.image
        quiet = QUIET_RICH_S if rich else QUIET_S
        obstacle = yield from self._paste(offer, target, keys, quiet)
        if obstacle is None:
            self._follow(message, target)
            if offer.standing():
                self.clipboard.restore(before)
        return Outcome(obstacle)

    def _follow(self, message: Message, target: Target) -> None:
        """The keys after a text, while it is still the same window that gets them."""
        if not self.windows.is_focused(target):
            return
        if message.left:
            self.typist.stroke(Key.LEFT, message.left)
        if message.enter:
            self.typist.stroke(Key.ENTER)

    def _paste(
        self, offer: Offer, target: Target, keys: PasteKeys, quiet: float
    ) -> Generator[Wait, bool, Obstacle | None]:
        if not offer.standing() and not (yield Wait(offer.standing, CLIPBOARD_S)):
            return Obstacle.CLIPBOARD_BUSY
        self.windows.bring_back(target)
        if not (yield Wait(lambda: self.windows.is_focused(target), FOCUS_S)):
            return Obstacle.TARGET_CHANGED
        if not (yield Wait(lambda: not self.typist.modifiers_held(), KEYS_UP_S)):
            return Obstacle.KEYS_HELD
        # While the agent's fingers left the keys, another window may have come up.
        if not self.windows.is_focused(target):
            return Obstacle.TARGET_CHANGED
        if not offer.standing():
            return Obstacle.CLIPBOARD_BUSY
        seen, counting = offer.fetches(), offer.counting()
        try:
            self.typist.paste(keys)
        except OSError:
            # Windows takes no input from us just now: the lock screen, or a window above our rank.
            return Obstacle.UNSUPPORTED
        if not (yield Wait(lambda: offer.fetches() > seen, FETCH_S)):
            # Where a program that watches the clipboard came first, this paste could not be seen.
            # It has had its time; calling it failed would have the agent paste once more.
            return Obstacle.NOT_TAKEN if counting else None
        while seen != offer.fetches():
            seen = offer.fetches()
            yield Wait(lambda: False, quiet)
        return None


def paste_keys(target: Target) -> PasteKeys:
    """The keys by which a program pastes."""
    if target.program in _SHIFT_INSERT:
        return PasteKeys.SHIFT_INSERT
    if target.program in _CTRL_SHIFT_V:
        return PasteKeys.CTRL_SHIFT_V
    return PasteKeys.CTRL_V
