"""The secrets a command asks for: from files, from a person who types them, or handed over."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from companion.cli.files import first_line
from companion.ui.words import Words

SecretName = Literal[
    "passphrase", "first_passphrase", "new_passphrase", "store_password", "pin", "new_pin"
]
"""Of a profile there is already; of one that is being made; to change to; of the agent's store;
what opens this desk for a shift, and what is to do so from now on."""


class PassphraseMissing(Exception):
    """The passphrase was to come from standard input, which is taken or empty."""

    says = "cli.wrong.passphrase"


class PinMissing(PassphraseMissing):
    """Nobody sits there to type the PIN, and no file of it was named."""

    says = "cli.wrong.pin"


@dataclass
class Secrets:
    """Asks for each secret once, and never takes one from an argument.

    ``ask`` reads from a person without echo, None where nobody sits there; ``lines`` is standard
    input, where the passphrase of a profile may stand in the first line. ``known`` are those that
    a shell has handed over to the app.
    """

    words: Words
    path: Callable[[str], Path]
    lines: Callable[[], Iterator[str]]
    ask: Callable[[str], str] | None
    known: dict[SecretName, str] = field(default_factory=dict)

    def get(self, name: SecretName, args: Namespace) -> str:
        """A secret. Raises FileUnreadable, PassphraseMissing; no store password is an empty one."""
        if name not in self.known:
            self.known[name] = self._get(name, args)
        return self.known[name]

    def _get(self, name: SecretName, args: Namespace) -> str:
        file = getattr(args, _FILES[name], None)
        if file:
            return first_line(self.path(file))
        from_input = name in ("passphrase", "first_passphrase")
        if from_input and (args.each_line or args.text == "-"):
            raise PassphraseMissing
        if self.ask is not None:
            return self._asked(name, self.ask)
        if name == "store_password":
            return ""
        if name in _PINS:
            raise PinMissing
        line = next(self.lines(), "").rstrip("\r\n") if from_input else ""
        if not line:
            raise PassphraseMissing
        return line

    def _asked(self, name: SecretName, ask: Callable[[str], str]) -> str:
        said = ask(self.words.say(_QUESTIONS[name]))
        while name in _TWICE and ask(self.words.say("cli.ask.again")) != said:
            said = ask(self.words.say("cli.ask.differ"))
        return said


_FILES: dict[SecretName, str] = {
    "passphrase": "passphrase_file",
    "first_passphrase": "passphrase_file",
    "new_passphrase": "new_passphrase_file",
    "store_password": "store_password_file",
    "pin": "pin_file",
    "new_pin": "pin_file",
}
_QUESTIONS: dict[SecretName, str] = {
    "passphrase": "cli.ask.passphrase",
    "first_passphrase": "cli.ask.passphrase",
    "new_passphrase": "cli.ask.new_passphrase",
    "store_password": "cli.ask.store_password",
    "pin": "cli.ask.pin",
    "new_pin": "cli.ask.new_pin",
}
_TWICE = ("first_passphrase", "new_passphrase", "new_pin")
_PINS = ("pin", "new_pin")
