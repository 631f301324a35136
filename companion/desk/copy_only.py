"""A desk that lets no program type into another: the phrase is copied and the agent pastes it."""

from collections.abc import Callable

from companion.desk.launching import start_command
from companion.desk.ports import Ask, CopyKeys, Going, Key, Obstacle, PasteKeys, Rect, Target
from companion.errors import HotkeysUnavailable


class CopyOnlyWindows:
    """No window of another program can be seen."""

    def focused(self) -> Target | None:
        """Nothing that could be come back to."""
        return None

    def programs(self) -> list[str]:
        """None that is known."""
        return []

    def bring_back(self, target: Target) -> None:
        """Nothing can be asked of this desktop."""

    def is_focused(self, target: Target) -> bool:
        """Never known."""
        return False

    def exists(self, target: Target) -> bool:
        """Never known."""
        return False

    def place(self, target: Target) -> Rect | None:
        """Never known."""
        return None

    def obstacle(self, target: Target) -> Obstacle | None:
        """Always in the way."""
        return Obstacle.UNSUPPORTED


class CopyOnlyTypist:
    """No key can be pressed."""

    def modifiers_held(self) -> bool:
        """Never known."""
        return False

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        """Nothing is pressed; the insertion has found the obstacle before."""
        return False

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        """The same."""
        return False

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        """The same."""
        return False


class CopyOnlyHotkeys:
    """No global hotkey can be had; the tray opens the picker."""

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        """Refuse, so that the agent is told."""
        raise HotkeysUnavailable(keys=keys, command=start_command())

    def resume(self, window: int) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing was taken."""


class NoPresence:
    """Nobody says whether the agent is there."""

    def idle_s(self) -> float | None:
        """Never known."""
        return None

    def listen(self, heard: Callable[[Going, Callable[[], None]], None]) -> None:
        """Nothing is ever heard."""

    def close(self) -> None:
        """Nothing is held up."""
