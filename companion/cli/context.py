"""What a command may ask of whoever runs it: the desk, the profile, the passphrase, its input."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from companion.cli.secrets import PassphraseMissing, SecretName, Secrets
from companion.errors import (
    AppLocked,
    AppNotRunning,
    NotSignedIn,
    SecretsUnavailable,
)
from companion.formats.encoding import clean
from companion.seat_errors import PinOver
from companion.session.remembering import open_by_pin, remembered_until
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import open_here
from companion.session.standing import SignedOut
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
    ``ask`` reads from a person without echo, ``talk`` a line with one after saying a text (None
    where nobody sits there; ``talk`` raises EOFError at the end of input). The running app sets
    ``in_app``, its open ``session`` (None while it is locked), ``insert``, ``lock``, and what it
    does when a command has opened, edited or signed out. ``handed_over`` are the secrets that the
    shell has asked for.
    """

    make_seat: Callable[[Path | None], Seat]
    cwd: Path
    words: Words
    lines: Callable[[], Iterator[str]] = _no_lines
    ask: Callable[[str], str] | None = None
    talk: Callable[[str], str] | None = None
    forward: Forward | None = None
    in_app: bool = False
    session: Session | None = None
    handed_over: dict[SecretName, str] = field(default_factory=dict)
    insert: Callable[[str], None] | None = None
    lock: Callable[[], None] | None = None
    opened: Callable[[Session], None] = _nothing
    saved: Callable[[Session], None] = _save
    sign_out: Callable[[Session], SignedOut] = _sign_out
    args: Namespace = field(default_factory=Namespace)
    _secrets: Secrets | None = None

    def seat(self) -> Seat:
        """The desk that the command is for."""
        home = getattr(self.args, "home", None)
        return self.make_seat(self.cwd / home if home else None)

    def open(self) -> Session:
        """The profile at this desk, opened by passphrase or PIN, or the app's.

        Raises NotSignedIn, AppLocked, and what open_here() and open_by_pin() raise.
        """
        if self.in_app:
            if self.session is None:
                raise AppLocked if self.seat().settings.read()["profile"] else NotSignedIn
            return self.session
        if not self.seat().settings.read()["profile"]:
            raise NotSignedIn
        return self.unlocked()

    def unlocked(self) -> Session:
        """The profile at this desk, opened by what opens it now; raises as open() does."""
        seat = self.seat()
        if self.opens_by() == "pin":
            try:
                return open_by_pin(seat, self.secret("pin"))
            except (PinOver, SecretsUnavailable):
                # The secret store was emptied or is locked: a person has the passphrase.
                if self.ask is None:
                    raise
        return open_here(seat, self.secret("passphrase"))

    def opens_by(self) -> SecretName:
        """The PIN where its file is named or a person may type it, else the passphrase.

        A command that sets a PIN names the file of the new one, and needs the passphrase.
        """
        if self._sets_pin():
            return "passphrase"
        if self.args.pin_file or "pin" in self.handed_over:
            return "pin"
        may = self.ask is not None and not self.args.passphrase_file
        return "pin" if may and remembered_until(self.seat()) else "passphrase"

    def needed(self) -> list[SecretName]:
        """The secrets that the command cannot do without where an app has the profile open."""
        found = [self.opens_by() if name == "pin" else name for name in self.args.secrets]
        return [*found, "new_pin"] if self._sets_pin() else found

    def _sets_pin(self) -> bool:
        return bool(getattr(self.args, "remember", False))

    def open_if_easy(self) -> Session | None:
        """The same, but None where a person would have to be asked or nobody is signed in."""
        if self.in_app:
            return self.session
        named = self.args.passphrase_file or self.args.pin_file
        if self.ask is not None and not named:
            return None
        try:
            return self.open()
        except (NotSignedIn, PassphraseMissing):
            return None

    def secret(self, name: SecretName) -> str:
        """A secret this command needs. Raises FileUnreadable, PassphraseMissing."""
        if self._secrets is None:
            known = self.handed_over
            self._secrets = Secrets(self.words, self.path, self.lines, self.ask, known)
        return self._secrets.get(name, self.args)

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
