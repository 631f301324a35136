"""Sitting down: who and where, the passphrase, a first profile step by step; decides nothing."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from companion.ui.messages import Message
from companion.ui.parts import Form
from companion.ui.sign_in_foot import Acts, Foot
from companion.ui.sign_in_page import AtHome, Fault, Page, Said, nowhere
from companion.ui.sign_in_who import Offered, Who
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.ui.sign_in_pages import FirstPages

WIDTH = 420


class SignIn(Form):
    """A page at a time, led through by keyboard: Enter goes on, Esc stops or goes back."""

    sit_down = Signal(object, str)
    """Who and where (Said), and the passphrase."""
    first_profile = Signal(object, str)
    """The same for a profile that is to be made."""
    place_said = Signal(object)
    """Who and where (Said), as far as it is said: show_login() answers whether it asks."""
    came = Signal(str)
    """A page that has something to be told came: ``import`` or ``try``."""
    finished = Signal()
    stopped = Signal()
    """What is under way is to stop."""

    def __init__(self, words: Words, default_store: str, at_home: AtHome = nowhere) -> None:
        super().__init__(WIDTH, 28)
        self.setWindowTitle(words.say("app.name"))
        self._words, self._proposed = words, (default_store, at_home)
        self._managed = False
        self.working = False
        """Whether something is under way."""
        acts = Acts(self._go_on, self._turn, self._put_off, self._stop, self.fit)
        foot = self._foot = Foot(words, self.foot, acts)
        self.problem, self.notice, self.steps = foot.problem, foot.notice, foot.steps
        self.go, self.other, self.later, self.halt = foot.go, foot.other, foot.later, foot.halt
        self.who = Who(words)
        self.who.place_said.connect(self.place_said)
        self.who.entered.connect(self.go.click)
        self.who.turned.connect(lambda: self._come(self.who))
        self._page: Page = self.who
        foot.heed(self._page)
        self.column.addWidget(self.who)
        self._come(self.who)

    @cached_property
    def first(self) -> "FirstPages":
        """The pages of a first run, made when one begins: most starts need none of them."""
        from companion.ui.sign_in_pages import FirstPages

        made = FirstPages(self._words, *self._proposed)
        for page in made.all():
            page.hide()
            page.entered.connect(self.go.click)
            page.changed.connect(self.fit)
            self._foot.heed(page)
            self.column.addWidget(page)
        made.place.place_said.connect(self.place_said)
        made.place.manage(self._managed)
        return made

    # ---- what is to be shown

    def ask(self) -> None:
        """Ask who sits down here, where nothing is under way."""
        if not self.working:
            self.who.begin()
            self._come(self.who)

    def ask_first(self) -> None:
        """Ask for what a first profile needs."""
        self._come(self.first.place)

    def offer(self, cards: Sequence[Offered]) -> None:
        """Offer seat cards that were found, where nobody has begun to type.

        They come a moment after the window: no key may be lost for it.
        """
        if self.who.begun or not (cards or self.who.found.count()):
            return
        self.who.offer(cards)
        if self._page is self.who and not self.working:
            self._come(self.who)

    def offer_there(self, cards: Sequence[Offered]) -> bool:
        """Offer the cards of a folder that the agent has named and that is no store.

        False where that is asked no more.
        """
        asked = self._page is self.who and not self.working
        if asked:
            self.who.offer(cards)
            self.turn_to(self.who.found if len(cards) > 1 else self.who.passphrase)
            self.show_note(self._words.say("sitting.found.there"))
        return asked

    def manage(self) -> None:
        """Ask for names only: where the profiles are is laid down for this desk."""
        self._managed = True
        self.who.manage(True)
        if self._has_first:
            self.first.place.manage(True)
        self._come(self.who)

    def show_login(self, asks: bool, user: str = "", optional: bool = False) -> None:
        """Ask who one is to the store, where it asks; ``user`` is whom its address names.

        ``optional`` where it may go without.
        """
        login = self.who.login if self._page is self.who else self.first.place.login
        if login.ask(asks, user, optional):
            self.fit()

    def show_recovery(self, code: str, agent: str) -> None:
        """Show the recovery code of a new profile."""
        self.first.secret.forget()
        self.first.code.show_code(code, agent)
        self._come(self.first.code)

    def show_step(self, step: str, done: int, of: int) -> None:
        """Say what is happening."""
        self._foot.show_step(step, done, of)

    def show_note(self, text: str) -> None:
        """Say something that is no trouble; what has the focus stays in sight."""
        self._foot.note(text)
        self.turn_to(self.focusWidget() or self._page.first)

    def take_trial(self, text: str) -> bool:
        """Insert a text into the field in which the hotkey is tried; false where it is not."""
        trying = self._has_first and self._page is self.first.trial and self.isVisible()
        if trying:
            # Whatever stood in the way before does not now.
            self._foot.quiet()
            self.first.trial.insert(text)
            self.activateWindow()
            self.fit()
        return trying

    def show_stopped(self) -> None:
        """Say that it was stopped and let the agent go on."""
        self.busy(False)
        self._foot.note(self._words.say("signin.stopped"))
        self.turn_to(self._page.secret or self._page.first)

    def show_problem(self, message: Message | str, fault: Fault = "secret") -> None:
        """Say what went wrong and let the agent try again there."""
        self.busy(False)
        if fault != "secret" and self._has_first and self._page is self.first.secret:
            self._come(self.first.place)
        self._foot.warn(str(message))
        line = self._page.line_at_fault(fault)
        self.turn_to(line)
        if isinstance(line, QLineEdit):
            line.selectAll()

    def busy(self, working: bool) -> None:
        """While something is under way, nothing can be started twice, and it can be stopped."""
        self.working = working
        self._foot.offer(self._page, working)

    def drop(self) -> None:
        """Hold nothing of what was typed for what is under way, which is to end."""
        self.forget(working=True)
        self._foot.note(self._words.say("signin.stopping"))
        self.halt.setDisabled(True)

    def forget(self, working: bool = False) -> None:
        """Hold no secret any more, nor whose it was; ``working`` where something goes on."""
        self.who.forget()
        if self._has_first:
            self.first.forget()
        self._foot.quiet()
        self.busy(working)

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what is under way, or goes back by one page."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.working:
            self._stop()
        elif self._has_first and self.first.before(self._page):
            self._turn()

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close the window is to stop, or to be done; nothing that was typed stays in it."""
        self.forget(working := self.working)
        if working:
            self._stop()
        elif self._has_first and self._page in self.first.after_making():
            self._finish()
        super().closeEvent(event)

    # ---- inside

    @property
    def _has_first(self) -> bool:
        return "first" in vars(self)

    def _go_on(self) -> None:
        # Enter in a field would start a second time what is under way.
        if self.working:
            return
        if self._page is self.who or self._page is self.first.place:
            # Whether it asks who one is must be known before it is looked at what is missing.
            said = self._said()
            self.place_said.emit(said)
            if said.place != self._said().place:
                # In its place cards are offered, to be looked at first.
                return
        amiss = self._page.amiss()
        if amiss is not None:
            self._ask_for(*amiss)
            return
        if self._page is self.who:
            self._begin("header")
            self.sit_down.emit(self._said(), self.who.passphrase.text())
        elif self._page is self.first.secret:
            self._begin("create")
            self.first_profile.emit(self.first.place.said, self.first.secret.passphrase.text())
        elif next_page := self.first.after(self._page):
            self._come(next_page)
        else:
            self._finish()

    def _turn(self) -> None:
        """The link at the left: the other way in, or one page back."""
        if self.working:
            return
        if self._page is self.who:
            self.ask_first()
        else:
            self._come(self.first.before(self._page) or self.who)

    def _put_off(self) -> None:
        """The link at the right."""
        if self._page is self.who:
            self._foot.note(self._words.say("sitting.forgot.how"))
            self.turn_to(self.who.passphrase)
        elif self._page is self.first.trial:
            self.first.trial.card_wanted.emit()
            self.show_note(self._words.say("note.card"))
        else:
            self._come(self.first.bring)

    def _said(self) -> Said:
        return self.who.said if self._page is self.who else self.first.place.said

    def _begin(self, step: str) -> None:
        self.busy(True)
        self.show_step(step, 0, 0)

    def _finish(self) -> None:
        self._come(self.who)
        self.finished.emit()

    def _stop(self) -> None:
        if self.halt.isEnabled():
            self.halt.setDisabled(True)
            self.steps.hide()
            self._foot.note(self._words.say("signin.stopping"))
            self.stopped.emit()

    def _ask_for(self, line: QLineEdit, what: str) -> None:
        """Say what is wrong with a line; one that is only the next to be filled in has its turn."""
        lines = list(self._page.lines())
        above = lines[: lines.index(line)]
        self._foot.quiet()
        if line.text() or self.focusWidget() not in above:
            self._foot.warn(what)
        self.fit()
        self.turn_to(line)
        line.selectAll()

    def _come(self, page: Page) -> None:
        self._foot.quiet()
        self._page.hide()
        self._page = page
        page.show()
        self.busy(False)
        self.fit()
        self.turn_to(page.first)
        if self._has_first and page in (self.first.bring, self.first.trial):
            self.came.emit("import" if page is self.first.bring else "try")
