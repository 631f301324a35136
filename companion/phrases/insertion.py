"""Puts a phrase into another program's window, as one transaction that ends well or says why not.

Written as a generator of waits, so that the same steps run on a GUI timer and, in tests, at once:
no step blocks.
"""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from companion.desk.ports import Clipboard, Content, Obstacle, PasteKeys, Target, Typist, Windows
from companion.phrases import rules
from companion.phrases.borrowing import Borrowed
from companion.phrases.message import Message, joined
from companion.phrases.pasting import Pasting
from companion.phrases.pressing import Pressing
from companion.phrases.rules import Rule
from companion.phrases.waiting import Wait
from companion.profile.records import Program

__all__ = ["Inserter", "Outcome", "Steps", "Wait"]

# What a terminal may take for a key, Enter first of all.
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NOWHERE = Target(0, "", "")


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Outcome:
    """Whether everything went in; if not, what stood in the way.

    ``sent`` is how many messages are in the window. The others are on the clipboard, joined by
    line breaks, and ``copied`` is their number. It is 0 where none were left, and where another
    program has taken the clipboard: then what that has copied stays there.
    """

    obstacle: Obstacle | None = None
    sent: int = field(default=0, compare=False)
    copied: int = field(default=0, compare=False)

    @property
    def inserted(self) -> bool:
        """Whether the target took everything."""
        return self.obstacle is None


Steps = Generator[Wait, bool, Outcome]


@dataclass(frozen=True)
class Inserter:
    """The desk's adapters that an insertion needs, and how text goes into each program."""

    clipboard: Clipboard
    windows: Windows
    typist: Typist
    rule_of: Callable[[str, Program | None], Rule] = rules.by_default

    def insert(
        self,
        messages: Sequence[Message],
        target: Target | None,
        own: Program | None = None,
        over: Callable[[], bool] = _never,
    ) -> Steps:
        """Paste messages into target, one after another: never anywhere else.

        Enter is pressed only after a message that asks for it. ``own`` is what the phrase says of
        target's program. Once it is ``over``, because the desk was locked or left, no key is
        pressed any more, and what is left does not go onto the clipboard.
        """
        rule = self.rule_of(target.program if target else "", own)
        obstacle = self._known_before(messages, target, rule)
        if target is None or obstacle is not None:
            self.clipboard.copy(joined(messages))
            return Outcome(obstacle, 0, len(messages))
        lent = Borrowed(self.clipboard, rule.keys is PasteKeys.SHIFT_INSERT)
        pasting = Pasting(Pressing(self.windows, self.typist, target, over), lent, rule)
        self.windows.bring_back(target)
        sent = 0
        for message in messages:
            obstacle = yield from pasting.paste(_fitting(message.content, rule))
            if obstacle is not None:
                break
            sent += 1
            obstacle = yield from pasting.follow(message, more=sent < len(messages))
            if obstacle is not None:
                break
        yield from pasting.let_go()
        left = messages[sent:]
        if over():
            lent.give_back()
            return Outcome(obstacle, sent)
        if obstacle is Obstacle.CLIPBOARD_BUSY:
            # What another program has just copied is newer, and may be what the agent is after.
            lent.withdraw()
            return Outcome(obstacle, sent)
        if left:
            self.clipboard.copy(joined(left))
        else:
            lent.give_back()
        return Outcome(obstacle, sent, len(left))

    def _known_before(
        self, messages: Sequence[Message], target: Target | None, rule: Rule
    ) -> Obstacle | None:
        """What stands in the way already, before any window is moved."""
        if target is None:
            # A desk that shows no window to anybody is another reason than a desk without one.
            never = self.windows.obstacle(_NOWHERE) is Obstacle.UNSUPPORTED
            return Obstacle.UNSUPPORTED if never else Obstacle.NO_TARGET
        obstacle = self.windows.obstacle(target)
        if obstacle is not None or not self.windows.exists(target):
            return obstacle or Obstacle.TARGET_GONE
        contents = [message.content for message in messages]
        if not rule.lines and any(_CONTROLS.search(content.text) for content in contents):
            return Obstacle.LINES_RUN
        if not rule.pictures and any(each.image and not each.text.strip() for each in contents):
            return Obstacle.NO_PICTURES
        return None


def _fitting(content: Content, rule: Rule) -> Content:
    """What of a content the program is offered."""
    return Content(
        content.text,
        content.html if rule.rich else "",
        content.image if rule.pictures else b"",
    )
