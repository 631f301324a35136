"""What a command may ask of whoever runs it: the desk, the profile, the passphrase, its input."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from companion.cli.files import first_line
from companion.errors import (
    AppLocked,
    AppNotRunning,
    NotSignedIn,
    SecretsUnavailable,
    WrongPassphrase,
)
from companion.formats.encoding import clean
from companion.session.seat import Seat
from companion.session.session import Session, SignedOut, open_here
from companion.ui.words import Words


@dataclass(frozen=True)
class Answer:
    """What a command found: ``document`` for ``--json``, ``text`` for people."""

    document: object
    text: str


Act = Callable[[Namespace, "Context"], Answer | Iterator[object]]
"""A command; an iterator gives one document a line, for ``--each-line``."""

Forward = Callable[[Path, Callable[[], dict[str, object]]], dict[str, object] | None]
"""Asks the app that runs for a run folder; None where none does. Raises DeskBusy."""


class PassphraseMissing(Exception):
    """The passphrase was to come from standard input, which is taken or empty."""


def _nothing(session: Session) -> None: ...


def _save(session: Session) -> None:
    session.save()


def _sign_out(session: Session) -> SignedOut:
    return session.sign_out()


def _no_lines() -> Iterator[str]:
    return iter(())


@dataclass
class Context:
    """The surroundings of one command.

    In a shell ``make_seat`` gives the desk under ``--home``, ``lines`` is standard input and
    ``ask`` reads from a person without echo (None where nobody sits there). The running app sets
    ``in_app``, its open ``session`` (None while it is locked), ``insert``, and what it does when a
    command has opened, edited or signed out. ``secret`` and ``new_secret`` came with the command,
    or were asked for already.
    """

    make_seat: Callable[[Path | None], Seat]
    cwd: Path
    words: Words
    lines: Callable[[], Iterator[str]] = _no_lines
    ask: Callable[[str], str] | None = None
    forward: Forward | None = None
    in_app: bool = False
    session: Session | None = None
    secret: str = ""
    new_secret: str = ""
    insert: Callable[[str], None] | None = None
    opened: Callable[[Session], None] = _nothing
    saved: Callable[[Session], None] = _save
    sign_out: Callable[[Session], SignedOut] = _sign_out
    args: Namespace = field(default_factory=Namespace)

    def seat(self) -> Seat:
        """The desk that the command is for."""
        home = getattr(self.args, "home", None)
        return self.make_seat(self.cwd / home if home else None)

    def open(self) -> Session:
        """The profile at this desk, opened by passphrase or remembered key, or the app's.

        Raises NotSignedIn, AppLocked, WrongPassphrase and what open_here() raises.
        """
        if self.in_app:
            if self.session is None:
                raise AppLocked if self.seat().settings.read()["profile"] else NotSignedIn
            return self.session
        seat = self.seat()
        said = seat.settings.read()
        if not said["profile"]:
            raise NotSignedIn
        if said["remembered"] and not self.args.passphrase_file:
            try:
                return open_here(seat, None)
            except (SecretsUnavailable, WrongPassphrase):
                # The secret store was emptied or is locked: the passphrase still opens.
                pass
        return open_here(seat, self.passphrase())

    def open_if_easy(self) -> Session | None:
        """The same, but None where a person would have to be asked or nobody is signed in."""
        if self.in_app:
            return self.session
        remembered = self.seat().settings.read()["remembered"]
        if self.ask is not None and not remembered and not self.args.passphrase_file:
            return None
        try:
            return self.open()
        except (NotSignedIn, PassphraseMissing):
            return None

    def passphrase(self, *, new: bool = False) -> str:
        """The passphrase: from the file, the person, or the first line of standard input.

        A new one is asked for twice. Raises FileUnreadable, PassphraseMissing.
        """
        if not self.secret:
            self.secret = self._passphrase(new)
        return self.secret

    def _passphrase(self, new: bool) -> str:
        if self.args.passphrase_file:
            return first_line(self.path(self.args.passphrase_file))
        if self.takes_input():
            raise PassphraseMissing
        if self.ask is not None:
            return self._asked(self.ask, new)
        line = next(self.lines(), "").rstrip("\r\n")
        if not line:
            raise PassphraseMissing
        return line

    def new_passphrase(self) -> str:
        """The passphrase to change to: from its file, or a person who types it twice.

        Raises FileUnreadable, PassphraseMissing.
        """
        if self.new_secret:
            return self.new_secret
        if self.args.new_passphrase_file:
            return first_line(self.path(self.args.new_passphrase_file))
        if self.ask is None:
            raise PassphraseMissing
        return self._asked(self.ask, True, "cli.ask.new_passphrase")

    def takes_input(self) -> bool:
        """Whether standard input is what the command works on."""
        return bool(self.args.each_line) or self.args.text == "-"

    def text(self) -> str:
        """The text the command works on: as given, or for ``-`` all of standard input."""
        if self.args.text != "-":
            return str(self.args.text)
        return clean("".join(self.lines())).rstrip("\r\n")

    def path(self, said: str) -> Path:
        """A file that was named on the command line."""
        return self.cwd / Path(said).expanduser()

    def insert_phrase(self, query: str) -> None:
        """Have the running app insert a phrase. Raises AppNotRunning, AppLocked."""
        if self.insert is None:
            raise AppNotRunning
        self.open()
        self.insert(query)

    def _asked(
        self, ask: Callable[[str], str], new: bool, question: str = "cli.ask.passphrase"
    ) -> str:
        said = ask(self.words.say(question))
        while new and ask(self.words.say("cli.ask.again")) != said:
            said = ask(self.words.say("cli.ask.differ"))
        return said
