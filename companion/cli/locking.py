"""The commands for being away from the desk: lock, unlock, and a PIN for the rest of the shift."""

import time
from argparse import Namespace

import msgspec

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.errors import AppNotRunning, NotSignedIn
from companion.session.remembering import forget, remember
from companion.ui.standing import clock_of


class Locked(msgspec.Struct):
    """Whether the profile of this desk is locked now."""

    locked: bool


class Remembered(msgspec.Struct):
    """Until when a PIN opens this desk, in Unix seconds; 0 for none."""

    until: int


def register(commands: Branch) -> None:
    """Add ``lock``, ``unlock`` and ``remember``."""
    commands.verb("lock", _lock)
    commands.verb("unlock", _unlock, secrets=("pin",))
    pin = commands.verb("remember", _remember)
    pin.takes("--off", dest="remember", action="store_false")


def _lock(_args: Namespace, context: Context) -> Answer:
    if not context.seat().settings.read()["profile"]:
        raise NotSignedIn
    # Without an app nothing is open.
    if context.lock is not None:
        context.lock()
    return Answer(Locked(True), context.words.say("cli.said.locked"))


def _unlock(_args: Namespace, context: Context) -> Answer:
    if not context.in_app:
        raise AppNotRunning
    if not context.seat().settings.read()["profile"]:
        raise NotSignedIn
    if context.session is None:
        context.opened(context.unlocked())
    return Answer(Locked(False), context.words.say("cli.said.unlocked"))


def _remember(args: Namespace, context: Context) -> Answer:
    if not args.remember:
        forget(context.seat())
        return Answer(Remembered(0), context.words.say("cli.said.forgotten"))
    until = remember(context.open(), context.secret("new_pin"))
    when = clock_of(context.words, until, time.time())
    return Answer(Remembered(until), context.words.say("cli.said.remembered", when=when))
