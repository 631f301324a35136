"""Copies what is selected in another program's window, and gives the clipboard back as it was.

Written as a generator of waits, as an insertion is: no step blocks.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial

from companion.desk.ports import Clipboard, CopyKeys, Obstacle, Target, Typist, Windows
from companion.phrases import rules
from companion.phrases.borrowing import TOLD_S
from companion.phrases.pressing import AGAIN_S, TRIES, Pressing
from companion.phrases.rules import Rule
from companion.phrases.waiting import Wait, pause
from companion.profile.records import Program

# A program that has copied nothing by then had nothing selected. The agent waits for the answer.
# What is copied later stays: by then it may be what the agent copies by hand.
COPIED_S = 0.4
# Some programs put up one format after the other, and some that watch the clipboard put up what
# they found there once more.
SETTLE_S = 0.03


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Copied:
    """The plain text that was selected; empty where none was, or where something was in the way."""

    text: str = field(default="", repr=False)
    obstacle: Obstacle | None = None


Steps = Generator[Wait, bool, Copied]


@dataclass(frozen=True)
class Copier:
    """The desk's adapters that copying needs, and by which keys each program copies.

    Nothing is offered meanwhile: whether something was copied is seen by the clipboard itself,
    which stays untouched where nothing was selected.
    """

    clipboard: Clipboard
    windows: Windows
    typist: Typist
    rule_of: Callable[[str, Program | None], Rule] = rules.by_default

    def copy(self, target: Target, over: Callable[[], bool] = _never) -> Steps:
        """Have what is selected in target copied, while it has the focus: it is not fetched back.

        Once it is ``over``, because the desk was locked or left, no key is pressed any more, and
        no text comes back; what was copied by then is taken off the clipboard all the same.
        CLIPBOARD_BUSY where what stands there could not be kept: then nothing was pressed.
        """
        rule = self.rule_of(target.program, None)
        obstacle = self.windows.obstacle(target)
        if obstacle is None and not self.windows.exists(target):
            obstacle = Obstacle.TARGET_GONE
        if obstacle is not None or rule.copy is None:
            return Copied(obstacle=obstacle or Obstacle.UNSUPPORTED)
        hands = Pressing(self.windows, self.typist, target, over)
        for _ in range(TRIES):
            before = self.clipboard.snapshot()
            if not (yield from self._whole(before, over)):
                return Copied(obstacle=Obstacle.LOCKED if over() else Obstacle.CLIPBOARD_BUSY)
            obstacle = yield from hands.pressed(partial(self._keys, rule.copy, target, before))
            if obstacle is None:
                return (yield from self._taken(before, rule, over))
            if obstacle is not Obstacle.CLIPBOARD_BUSY:
                break
            # Another program has copied something while the keys were waited for: that is kept.
            yield pause(AGAIN_S)
        return Copied(obstacle=obstacle)

    def _keys(self, keys: CopyKeys, target: Target, before: object) -> Obstacle | None:
        if not self.clipboard.stands(before):
            return Obstacle.CLIPBOARD_BUSY
        pressed = self.typist.copy_selected(keys, target)
        return None if pressed else Obstacle.TARGET_CHANGED

    def _whole(
        self, snapshot: object, over: Callable[[], bool] = _never
    ) -> Generator[Wait, bool, bool]:
        """Wait until everything on the clipboard is read; false where that does not come."""

        def read() -> bool:
            return self.clipboard.complete(snapshot)

        if not read():
            yield Wait(lambda: read() or over(), TOLD_S)
        return read() and not over()

    def _taken(self, before: object, rule: Rule, over: Callable[[], bool]) -> Steps:
        """Wait until something was copied; its text, once the clipboard was given back."""
        # Where another program carries it here from another PC, it is long on its way.
        patience = COPIED_S if rule.itself else COPIED_S + rule.after / 1_000
        if not (yield Wait(lambda: not self.clipboard.stands(before), patience)):
            return Copied(obstacle=Obstacle.LOCKED if over() else None)
        text = ""
        for _ in range(TRIES):
            seen = self.clipboard.snapshot()
            yield from self._whole(seen)
            now = self.clipboard.text_in(seen)
            if text and now != text:
                # Another program has copied since: that is newer than what stood there before.
                break
            text = now
            yield pause(SETTLE_S)
            if self.clipboard.stands(seen):
                self.clipboard.restore(before)
                break
        return Copied(obstacle=Obstacle.LOCKED) if over() else Copied(text)
