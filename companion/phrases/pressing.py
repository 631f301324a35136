"""Keys in another program's window: only while it has the focus and the agent holds no modifier."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from companion.desk.ports import Obstacle, Target, Typist, Windows
from companion.phrases.waiting import Wait, pause

FOCUS_S = 1.0
KEYS_UP_S = 3.0
# How often keys are tried where a window comes up, or the clipboard is taken, at that moment.
TRIES = 4
AGAIN_S = 0.1

Step = Generator[Wait, bool, Obstacle | None]


@dataclass(frozen=True)
class Pressing:
    """The window that keys are for, and whether it is ``over``: then none is pressed any more."""

    windows: Windows
    typist: Typist
    target: Target
    over: Callable[[], bool]

    def gone(self) -> bool:
        """Whether the window is no more."""
        return not self.windows.exists(self.target)

    def focused(self) -> Step:
        """Wait for the window to have the focus."""

        def there() -> bool:
            return self.windows.is_focused(self.target)

        if not there():
            yield Wait(lambda: there() or self.gone() or self.over(), FOCUS_S)
        if self.over():
            return Obstacle.LOCKED
        if there():
            return None
        return Obstacle.TARGET_GONE if self.gone() else Obstacle.TARGET_CHANGED

    def pressed(self, act: Callable[[], Obstacle | None]) -> Step:
        """Have keys pressed once the window has the focus and the agent holds no modifier.

        The window is not fetched back again: what came up meanwhile may be what the agent wants.
        """
        obstacle: Obstacle | None = None
        for _ in range(TRIES):
            if (obstacle := (yield from self.focused())) is not None:
                return obstacle
            if self.typist.modifiers_held() and not (
                yield Wait(lambda: not self.typist.modifiers_held() or self.over(), KEYS_UP_S)
            ):
                return Obstacle.KEYS_HELD
            if self.over():
                return Obstacle.LOCKED
            try:
                obstacle = act()
            except OSError:
                # Windows takes no input from us just now: the lock screen, or a window above our
                # rank.
                return Obstacle.UNSUPPORTED
            if obstacle is not Obstacle.TARGET_CHANGED:
                return obstacle
            yield pause(AGAIN_S)
        return obstacle
