"""What the last pages of a first run ask for: the code kept, a look around, a phrase to try."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from companion.bookmarks.browsers import browsers
from companion.errors import CompanionError, FileUnwritable
from companion.phrases.pinyin import coded, initials
from companion.profile.profile import Profile
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.ui.messages import explain
from companion.ui.printing import print_text
from companion.ui.sign_in import SignIn
from companion.ui.words import Words
from companion.whole_file import write_whole
from companion.wiring.saving import folder_to_carry, stays_here


class FirstRun(QObject):
    """Serves the window for one session, from the recovery code to the end."""

    copied = Signal(str, bool)
    import_wanted = Signal()

    def __init__(self, window: SignIn, words: Words, tasks: Tasks, session: Session) -> None:
        super().__init__()
        self._window, self._words, self._tasks = window, words, tasks
        self._session: Session | None = session
        code, trial = window.first.code, window.first.trial
        window.came.connect(self._now(self._came))
        code.copied.connect(self._now(self._copy_code))
        code.printed.connect(self._now(lambda text: print_text(window, text)))
        code.place_wanted.connect(self._now(self._propose))
        code.saved.connect(self._now(self._save))
        trial.card_wanted.connect(self._now(self._copy_card))
        window.first.bring.wanted.connect(self._now(self.import_wanted.emit))

    def end(self) -> None:
        """Serve no longer: the pages may come again, for another profile."""
        self._session = None

    def _now(self, act: Callable[..., object]) -> Callable[..., None]:
        def unless_over(*said: object) -> None:
            if self._session is not None:
                act(*said)

        return unless_over

    def _came(self, page: str) -> None:
        first, session = self._window.first, self._session
        failed = self._now(self._failed)
        if page == "import":
            self._tasks.run(_names_here, first.bring.show_found, failed)
        elif session is not None:
            self._tasks.run(
                lambda: _one_to_try(session.profile, self._words),
                self._now(lambda found: first.trial.show_ready(*found)),
                failed,
            )

    def _copy_code(self, text: str) -> None:
        self.copied.emit(text, False)
        self._window.show_note(self._words.say("sitting.copied"))

    def _copy_card(self) -> None:
        if self._session is not None:
            self.copied.emit(self._session.card().text(), True)

    def _propose(self) -> None:
        choose = self._window.first.code.choose_file

        def done(folder: Path) -> None:
            choose(folder, stays_here(folder))

        self._tasks.run(folder_to_carry, self._now(done), self._now(self._failed))

    def _save(self, text: str, file: Path) -> None:
        def work() -> None:
            try:
                write_whole(file, text.encode())
            except OSError as error:
                raise FileUnwritable(place=str(file), reason=type(error).__name__) from error

        def done(_: None) -> None:
            said = "sitting.saved_here" if stays_here(file) else "sitting.saved"
            self._window.show_note(self._words.say(said, name=file.name))

        self._tasks.run(work, self._now(done), self._now(self._failed))

    def _failed(self, error: Exception) -> None:
        self._window.show_problem(explain(error, self._words))


def _names_here() -> list[str]:
    """What this desk's browsers are called, each once."""
    try:
        return list(dict.fromkeys(one.browser for one in browsers()))
    except CompanionError:
        return []


def _one_to_try(profile: Profile, words: Words) -> tuple[str, str]:
    """The title of a phrase that is there, made where none is, and what finds it."""
    phrases = profile.phrases()
    if not phrases:
        made = {name: words.say(f"sitting.try.{name}") for name in ("title", "body", "abbr")}
        profile.add("phrase", **made)
        phrases = profile.phrases()
    title = phrases[0].title
    letters = initials(coded(title)).lower()
    return title, phrases[0].abbr or (letters if letters.isascii() and letters else title)
