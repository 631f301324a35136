"""A hotkey that the agent may choose: the option travels, so it is read when a session opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.app.following import follow
from companion.desk.ports import Ask
from companion.errors import CompanionError, HotkeyTaken, HotkeyUnknown
from companion.settings import SETTINGS
from companion.ui.key_names import spelled

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session


class OwnKeys(QObject):
    """The keys of one act: ``act`` is its entry in the tray's menu, its option ``act_keys``.

    Its words are ``act.purpose`` and ``note.other_act_keys``. With ``hold`` what is typed after
    the keys waits for whatever ``pressed`` opens.
    """

    def __init__(
        self, app: TrayApp, act: str, pressed: Callable[[], None], hold: bool = True
    ) -> None:
        super().__init__(app)
        self._app, self._act, self._go, self._hold = app, act, pressed, hold
        self._keys = str(SETTINGS[f"{act}_keys"].default)
        # Those that are ours, and how the desktop calls them; no desk gives a single one back.
        self._held = dict[str, str]()

    @property
    def said(self) -> str:
        """What the keys are called, where they are ours; else empty."""
        return self._held.get(self._keys, "")

    def begin(self) -> None:
        """Take the keys, and say so where they cannot be had."""
        self._register()

    def again(self) -> None:
        """Try once more where another program had them; that was told already."""
        if self._keys not in self._held:
            self._register(told=True)

    def take(self, session: Session) -> None:
        """Take the keys that this agent has chosen, also when that changes."""

        def chosen(values: list[str | int | bool]) -> None:
            self._keys = str(values[0])
            self._register()

        follow(self._app, session, [f"{self._act}_keys"], chosen)

    def _register(self, told: bool = False) -> None:
        app, keys = self._app, self._keys
        if not keys or keys in self._held:
            self._name()
            return
        self._held[keys] = spelled(keys, app.words)
        ask = Ask(
            app.words.say(f"{self._act}.purpose"),
            lambda said: app.tasks.tell(lambda: self._told(keys, said)),
        )
        try:
            app.desk.hotkeys.register(
                keys, lambda: app.tasks.tell(lambda: self._pressed(keys)), self._hold, ask
            )
        except CompanionError as error:
            del self._held[keys]
            if not told:
                self._told(keys, error)
        self._name()

    def _name(self) -> None:
        self._app.keys.name(self._act, self.said)

    def _pressed(self, keys: str) -> None:
        if keys == self._keys:
            self._go()

    def _told(self, keys: str, said: str | CompanionError) -> None:
        if keys in self._held:
            # What a desktop calls them; it answers later, and may refuse.
            self._held[keys] = said if isinstance(said, str) else ""
            self._name()
        if isinstance(said, str):
            words = self._app.words
            self._app.tray.tell(words.say(f"note.other_{self._act}_keys", keys=said))
        elif isinstance(said, (HotkeyTaken, HotkeyUnknown)):
            # That a desktop has no hotkeys at all was told of the picker's.
            self._app.fail(said)
