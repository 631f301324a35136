"""The app's hotkeys: taken at the start, named where one reads of them, tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.app.own_keys import OwnKeys
from companion.desk.ports import Ask
from companion.errors import CompanionError, HotkeyTaken
from companion.settings import SETTINGS
from companion.ui.key_names import spelled
from companion.ui.messages import Message, explain

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session

_KEYS = str(SETTINGS["picker_keys"].default)


class Keys(QObject):
    """What this desk makes of our hotkeys, and who is told of it.

    The one that finds a phrase is its own; the others are each agent's to choose.
    """

    def __init__(self, app: TrayApp) -> None:
        super().__init__(app)
        self._app, self._words = app, app.words
        self._said = ""
        self._trouble: CompanionError | None = None
        self._own = {
            "prompt": OwnKeys(app, "prompt", lambda: app.hotkey("prompt")),
            # Its window comes only once a copy was pressed: nothing may be held up by it.
            "reply": OwnKeys(app, "reply", lambda: app.hotkey("reply"), hold=False),
            "lock": OwnKeys(app, "lock", lambda: app.act("lock"), hold=False),
        }
        # A first run lets it be tried, in the field of the sign-in window.
        app.inserting.trial = app.seating
        window = app.seating.window
        app.seating.asked.connect(lambda: self._warn(HotkeyTaken))
        window.came.connect(lambda page: self._warn(CompanionError) if page == "try" else None)
        app.seating.sat_down.connect(self._welcome)

    @property
    def prompt(self) -> str:
        """What opens the prompt window, as people call the keys; empty where none do."""
        return self._own["prompt"].said

    def begin(self) -> None:
        """Take them, and say so where one cannot be had."""
        self._take()
        if self._trouble is not None:
            self._app.tray.tell(str(explain(self._trouble, self._words)))
        for one in self._own.values():
            one.begin()

    def take(self, session: Session) -> None:
        """Take what this agent has chosen as hotkeys."""
        for one in self._own.values():
            one.take(session)

    def again(self) -> None:
        """Try once more where another program had one: that may have ended."""
        for one in self._own.values():
            one.again()
        if isinstance(self._trouble, HotkeyTaken):
            self._take()

    def name(self, act: str, keys: str) -> None:
        """Name an act's keys (``find``, ``prompt``…) in the tray's menu and the help."""
        self._app.tray.name_keys(act, keys)
        self._app.inserting.picker.panel.help.name_keys(act, keys)

    def _take(self) -> None:
        app = self._app
        ask = Ask(
            self._words.say("picker.title"),
            lambda said: app.tasks.tell(lambda: self._answered(said)),
        )
        try:
            app.desk.hotkeys.register(_KEYS, lambda: app.tasks.tell(app.hotkey), hold=True, ask=ask)
        except CompanionError as error:
            self._now("", error)
        else:
            self._now(spelled(_KEYS, self._words))

    def _answered(self, said: str | CompanionError) -> None:
        """A desktop that asks the agent first gave other keys, or none."""
        if isinstance(said, CompanionError):
            self._now("", said)
            self._app.tray.tell(str(explain(said, self._words)))
        else:
            self._now(said)
            self._app.tray.tell(self._words.say("note.other_keys", keys=said))

    def _now(self, keys: str, trouble: CompanionError | None = None) -> None:
        self._said, self._trouble = keys, trouble
        self.name("find", keys)

    def _warn(self, kind: type[CompanionError]) -> None:
        """Say in the sign-in window what would else look as if nothing worked."""
        self.again()
        window = self._app.seating.window
        if isinstance(self._trouble, kind) and not window.problem.isVisible():
            said = explain(self._trouble, self._words)
            window.show_note(str(Message(said.what, said.do, "")))

    def _welcome(self, session: Session) -> None:
        """The window is gone: say that it worked, and what comes next."""
        if session.offline:
            # That was told, and says as well that it is open.
            return

        def done(count: int) -> None:
            if session is self._app.session:
                key = "note.sat_down" if self._said else "note.sat_down_menu"
                self._app.tray.tell(self._words.say(key, count=count, keys=self._said))

        self._app.tasks.run(lambda: len(session.profile.phrases()), done, self._app.fail)
