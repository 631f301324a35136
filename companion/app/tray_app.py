"""The running app: one window each, one open session, workers for everything that may block."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from companion.app.application import forget_dialogs
from companion.app.around import Around
from companion.app.each_time import EachTime
from companion.app.editing import Editing, bring_marking, bring_writing
from companion.app.ending import Ending
from companion.app.handing_over import take_in_here
from companion.app.indexing import Indexing
from companion.app.inserting import Inserting
from companion.app.keys import Keys
from companion.app.leaving import Leaving
from companion.app.left_behind import LeftBehind
from companion.app.locking import Locking
from companion.app.picked import Picked
from companion.app.reclaiming import Reclaiming
from companion.app.seating import Seating
from companion.app.seldom import SeldomMade, bring_in
from companion.app.serving import Execute, Serving
from companion.app.shift import EndOfShift
from companion.app.showing import Showing
from companion.app.syncing import Pace, Syncing
from companion.app.watch_options import WatchOptions
from companion.desk.ports import Content
from companion.runtime.instance import Instance
from companion.runtime.tasks import Tasks
from companion.session.link_checker import LinkChecker
from companion.session.seat import Seat
from companion.ui import style
from companion.ui.phrase_forms import PhraseEditor
from companion.ui.qt_words import speak
from companion.ui.tray import Tray, app_icon
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

if TYPE_CHECKING:
    from companion.session.remaining import TakenBack
    from companion.session.session import Session

QUIT_MS = 1_500
# Longer than a store takes that answers at all.
UNATTENDED_S = 60.0
_PACE = Pace()


class TrayApp(SeldomMade):
    """Builds every window once and wires it to the services."""

    def __init__(
        self,
        seat: Seat,
        desk: DeskAdapters,
        words: Words,
        theme: str,
        execute: Execute,
        *,
        pace: Pace = _PACE,
    ) -> None:
        super().__init__()
        self.seat, self.desk, self.words = seat, desk, words
        self.session: Session | None = None
        # What concerns this desk only never waits behind the network, nor behind a shell.
        self.tasks, self.away, self.shell = Tasks(self), Tasks(self), Tasks(self)
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError("a QApplication must exist")
        application.setWindowIcon(app_icon())
        application.setQuitOnLastWindowClosed(False)
        tokens = self.tokens = style.apply(application, theme)
        speak(application, words.language)
        self.tray = Tray(words)
        self.tray.chosen.connect(self.act)
        self.inserting = Inserting(desk, words, tokens, self.tray.tell, self._count_use)
        self.editor = PhraseEditor(words)
        self.seating = Seating(seat, words, self.tasks, self.away)
        self.seating.opened.connect(self._opened)
        self.seating.import_wanted.connect(lambda: self.act("import"))
        self.seating.copied.connect(self.copy_text)
        self.seating.card_old.connect(lambda: self.tray.tell(words.say("note.card_old"), "card"))
        self.keys = Keys(self)
        self.instance = Instance(seat.run_folder, self)
        self._serving = Serving(self, execute)
        self.syncing = Syncing(self.tasks, self.away, pace, self)
        self.leaving = Leaving(words, self.tasks, self.away, pace.long, self)
        self.leaving.window.confirmed.connect(self.sign_out)
        self.leaving.window.copy_wanted.connect(partial(self.copy_text, lasting=True))
        self.leaving.begun.connect(self._leaves)
        self.leaving.stayed.connect(self._stays)
        self.leaving.left.connect(self.closed)
        self._showing = Showing(self.tray, words, self.tasks, self.syncing, self.leaving)
        self.fail, self.watch = self._showing.fail, WatchOptions(self, self._showing.watch)
        self.indexing = Indexing(self.inserting, words, self.tasks, self._indexed, self.fail)
        workers = (self.tasks, self.away)
        self.editing = Editing(words, tokens, self.indexing.find, workers, bring_writing)
        around = Around(self.copy_text, self.act, checker=LinkChecker())
        self.marking = Editing(
            words, tokens, self.indexing.find, workers, partial(bring_marking, around)
        )
        for one in (self.editing, self.marking):
            one.trouble.connect(self.fail)
        self.each_time = EachTime(words, workers, self.tray.tell, self.fail)
        self.seating.sat_down.connect(self.each_time.begin)
        self._picked = Picked(self, self._count_use)
        self.ending = Ending(self)
        self.shift = EndOfShift(self)
        self.shift.over.connect(lambda: self.sign_out(UNATTENDED_S))
        self.locking = Locking(self, desk.presence)
        self.reclaiming = Reclaiming(seat, words, self.tray.tell, self.fail, self)
        self.left_behind = LeftBehind(
            seat, words, self.tray, self.tasks, lambda: self.session, stood_down=self._stood_down
        )
        self.seating.unlocking.window.not_me.connect(self.left_behind.not_me)
        self.shift.over_locked.connect(self.left_behind.stand_down)
        self.seating.sat_down.connect(partial(take_in_here, self))

    def start(self) -> bool:
        """Take this desk's place, show the tray, open what is signed in; false if one runs."""
        self.seat.make_home()
        if not self.instance.take(self._serving.asked):
            return False
        self.tray.show()
        if self.seat.policy_trouble is not None:
            self.fail(self.seat.policy_trouble)
        self.keys.begin()
        self.locking.begin()
        self._showing.take(None, self.locking.agent())
        self.seating.begin()
        self.reclaiming.begin(self.tasks)
        self.left_behind.begin()
        return True

    def act(self, name: str) -> None:
        """Do what a menu entry says."""
        acts: dict[str, Callable[[], object]] = {
            "find": self.inserting.open,
            "prompt": lambda: self._with_session(self.prompting.open),
            "reply": lambda: self._with_session(self.replying.open),
            "new": lambda: self.editor.write("", ""),
            "library": self.open_library,
            "bookmarks": self.marking.open,
            "import": lambda: self._with_session(self.bringing.open),
            "desk": lambda: self._with_session(self.lending.open),
            "practice": lambda: self.practising.open(self.session),
            "watch": lambda: self._with_session(self.watch.open),
            "watch_off": self.watch.off,
            "sync": self.syncing.now,
            "stop": self.syncing.stop,
            "store_login": lambda: self._with_session(self.store_login.open),
            "card": lambda: self._with_session(self.seat_card.open),
            "lock": self.locking.lock_now,
            "remember": self.locking.ask_pin,
            "unlock": self.seating.ask,
            "sign_in": self.seating.ask,
            "sign_out": lambda: self.leaving.ask(self.session),
            "stop_leaving": self.leaving.skip,
            "leftovers": self.left_behind.open,
            "quit": self.quit,
        }
        self.keys.again()
        acts[name]()

    def sign_out(self, patience_s: float | None = None) -> None:
        """Sign out and say what is left; ``patience_s`` as in Leaving.take()."""
        if self.session is not None and not self.leaving.under_way:
            self.leaving.take(self.session, patience_s)

    def quit(self, patience_ms: int = QUIT_MS) -> None:
        """Save what is unsaved and end, whatever the network does."""
        self.put_away()
        self.locking.end()
        self.inserting.asking.end()
        self.syncing.end()
        self.leaving.skip()
        if self.session is not None:
            self.tasks.run(self.session.save, lambda _: None, self.fail)
        self.tasks.finish(patience_ms)
        others = (self.editing, self.marking, self.reclaiming, self.left_behind, self.each_time)
        for one in (*self.made(), *others):
            one.end()
        for tasks in (self.tasks, self.away, self.shell):
            tasks.end()
        self.desk.hotkeys.close()
        self.instance.release()
        self.tray.hide()
        QApplication.quit()

    def open_library(self, phrase_id: str = "") -> None:
        """Open the phrase window, at the phrase or the team's entry with this id."""
        self.editing.open(phrase_id)

    def put_away(self) -> None:
        """Whoever writes here leaves: what has a text is kept, and nothing stays to be read."""
        others = (self.marking, self.each_time, self.locking, self.watch)
        for one in (self.editor, self.editing, *self.made(), *others):
            one.put_away()

    def hotkey(self, act: str = "find") -> None:
        """The picker, or what else ``act`` opens; the sign-in window while nobody is signed in."""
        self.reclaiming.try_now()
        # Whichever window comes up, what was typed since the hotkey is for that one.
        if self.leaving.under_way:
            self.leaving.ask()
            self.desk.hotkeys.resume(int(self.leaving.window.winId()))
            return
        if self.session is None and act == "find":
            self.locking.want_picker()
        self.act(act if self.session else "sign_in")
        if not self.session:
            self.desk.hotkeys.resume(int(self.seating.front.winId()))
        self.syncing.wake()
        self.shift.look()

    def _with_session(self, act: Callable[[Session], None]) -> None:
        if self.session is not None:
            act(self.session)

    def _stood_down(self, taken: TakenBack) -> None:
        # What he has added in a browser waits for his next time here.
        self.reclaiming.keep(taken)
        self.seating.unlocking.put_away()
        self.seating.ask()

    def _opened(self, session: Session) -> None:
        self.session = session
        self.left_behind.put_away()
        self.indexing.take(session)
        self.editing.take(session)
        self.marking.take(session)
        self.syncing.begin(session)
        self._showing.take(session)
        self.reclaiming.take(session)
        if session.offline:
            self.tray.tell(self.words.say("note.offline"))
        for one in (self.shift, self.locking, self.keys, self.watch):
            one.take(session)
        self.tasks.run(bring_in, lambda _: None, self.fail)
        if count := len(session.engine.unreadable):
            self.tray.tell(self.words.say("note.unreadable", count=count))

    def closed(self) -> None:
        """Show and hold nothing of a profile any more."""
        self.session = None
        forget_dialogs()
        self.editing.take(None)
        self.marking.take(None)
        self.syncing.end()
        self.indexing.take(None)
        self._showing.take(None, self.locking.agent())
        for one in (self.reclaiming, self.shift, self.locking, self.watch):
            one.take(None)
        if self.locking.agent():
            self.shift.lock()

    def _indexed(self) -> None:
        self._showing.look()
        self.locking.indexed()
        self.editing.seek()
        self.marking.seek()

    def _leaves(self) -> None:
        self.syncing.end()
        self.inserting.picker.hide()
        self.inserting.asking.put_away()
        self.put_away()
        self._showing.show()

    def _stays(self) -> None:
        if self.session is not None:
            self.syncing.begin(self.session)
        self._showing.show()

    def _count_use(self, id: str) -> None:
        session = self.session
        if session is not None and id:
            self.tasks.run(lambda: session.profile.count_use(id), lambda _: None, self.fail)

    def copy_text(self, text: str, lasting: bool = False) -> None:
        """Put a text on the clipboard; it stays when the agent signs out where it is lasting."""
        self.leaving.copied(text, lasting)
        self.desk.clipboard.copy(Content(text), lasting=lasting)
