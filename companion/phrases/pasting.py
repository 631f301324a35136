"""The steps of one message into one window: the keys, the wait until it was fetched, Enter."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

from companion.desk.ports import Content, Key, Obstacle, Offer, Target
from companion.phrases.borrowing import Borrowed
from companion.phrases.message import Message
from companion.phrases.pressing import AGAIN_S, TRIES, Pressing, Step
from companion.phrases.rules import Rule
from companion.phrases.waiting import Wait, pause

# Programs open the clipboard to look at what is new there, one at a time, and none for long.
CLIPBOARD_S = 1.0
# A program that has not asked for the text by then did not paste it. Restoring the old clipboard
# before a slow program asks would paste the old text, so this is long.
FETCH_S = 2.0
# Where fetching cannot be seen, a text stays on the clipboard for this long at least.
LEAST_S = 0.3
# Some programs ask for several formats one after the other, for pictures with pauses between.
QUIET_S = 0.05
QUIET_RICH_S = 0.3
# Chromium reads a text three times for one paste, and only the last is what it puts in; between
# them the page works on it, which takes a busy machine or a busy page its time. Keys wait their
# turn behind the paste, but another content on the clipboard would be what is put in. So many
# quiet times in a row, and not one long one: what was asked while this desk was itself held up is
# heard between them.
LET_GO = 6
# A program that never stops asking must not keep the clipboard from being given back.
MOST_ASKED = 40
# What was sent has to leave the box before the next message comes into it.
SENT_S = 0.12


@dataclass
class Pasting:
    """One insertion's window, and the clipboard that was borrowed for it."""

    hands: Pressing
    lent: Borrowed
    rule: Rule
    _seen: int = 0
    """What had been fetched when the keys were pressed."""
    _visible: bool = True
    """Whether a fetch by the target could be seen then."""
    _taken: Offer | None = None
    """What was fetched last, and may be read again."""

    def paste(self, content: Content) -> Step:
        """Have the paste keys pressed on a content, and wait until it was fetched."""
        obstacle: Obstacle | None = None
        yield from self.let_go()
        for _ in range(TRIES):
            offer = yield from self.lent.offer(content)
            if not offer.standing() and not (yield Wait(offer.standing, CLIPBOARD_S)):
                return Obstacle.CLIPBOARD_BUSY
            if (obstacle := (yield from self.hands.focused())) is not None:
                return obstacle
            if self.rule.before:
                yield pause(self.rule.before / 1_000)
            obstacle = yield from self.hands.pressed(partial(self._paste_keys, offer))
            if obstacle is None:
                return (yield from self._fetched(offer, content))
            if obstacle is not Obstacle.CLIPBOARD_BUSY:
                return obstacle
            # Another program has copied something: that is kept, and ours goes up once more.
            yield pause(AGAIN_S)
        return obstacle

    def _paste_keys(self, offer: Offer) -> Obstacle | None:
        if not offer.standing():
            return Obstacle.CLIPBOARD_BUSY
        self._seen = offer.fetches(self._asker())
        # Windows asks once for all programs, and whoever carries the clipboard to another PC may
        # have read it at once: then it cannot be seen that the paste came to anything.
        self._visible = offer.counting() and (self.rule.itself or not self._seen)
        pressed = self.hands.typist.paste(self.rule.keys, self.hands.target)
        return None if pressed else Obstacle.TARGET_CHANGED

    def follow(self, message: Message, more: bool) -> Step:
        """The keys after a text, and the wait before the next one."""
        strokes = [(Key.LEFT, message.left)] if message.left else []
        strokes += [(Key.ENTER, 1)] if message.enter else []
        for key, times in strokes:
            if (yield from self.hands.pressed(partial(self._stroke, key, times))) is not None:
                # A cursor that stayed at the end is no reason to say that anything failed.
                return Obstacle.NOT_SENT if message.enter else None
        if message.enter and more:
            yield pause(SENT_S)
        return None

    def _stroke(self, key: Key, times: int) -> Obstacle | None:
        return (
            None
            if self.hands.typist.stroke(key, times, self.hands.target)
            else Obstacle.TARGET_CHANGED
        )

    def _fetched(self, offer: Offer, content: Content) -> Step:
        """Wait until the window's program has fetched what is offered, and all of it."""

        def taken() -> bool:
            return offer.fetches(self._asker()) > self._seen

        patience = FETCH_S
        if not self.rule.itself and self._seen:
            patience = max(self.rule.after / 1_000, LEAST_S)
        yield Wait(lambda: taken() or not offer.standing() or self.hands.gone(), patience)
        if taken():
            self._taken = offer
            yield from self._quiet(offer, content)
            return None
        if self.hands.gone():
            return Obstacle.TARGET_GONE
        if not offer.standing():
            # The program gets what another one has copied at this very moment: no desk can press
            # keys and hold the clipboard in one.
            return Obstacle.CLIPBOARD_BUSY
        # Calling a paste failed that could not be seen would have the agent paste once more.
        return Obstacle.NOT_TAKEN if self._visible else None

    def _quiet(self, offer: Offer, content: Content) -> Generator[Wait, bool, None]:
        """Wait until nothing more is asked for the moment, so that keys may follow."""
        yield from self._still(offer, QUIET_RICH_S if content.html or content.image else QUIET_S)
        if self.rule.after:
            yield pause(self.rule.after / 1_000)

    def let_go(self) -> Generator[Wait, bool, None]:
        """Wait until the clipboard may hold something else: the last paste is done with it."""
        offer, self._taken = self._taken, None
        if offer is not None:
            yield from self._still(offer, QUIET_S, LET_GO)

    def _still(self, offer: Offer, quiet: float, times: int = 1) -> Generator[Wait, bool, None]:
        """Wait for so many quiet times in a row in which the target asks nothing at all."""
        still = 0
        for _ in range(MOST_ASKED):
            before = offer.asks(self._asker())
            yield pause(quiet)
            still = still + 1 if offer.asks(self._asker()) == before else 0
            if still == times or not offer.standing() or self.hands.gone():
                break

    def _asker(self) -> Target | None:
        """Whose fetches count: the target's, or everyone's where another asks for it."""
        return self.hands.target if self.rule.itself else None
