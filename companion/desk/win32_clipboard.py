"""Windows' clipboard: our texts are promised, what others put there is kept byte for byte."""

import logging
import os
import sys
import time
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from PySide6.QtCore import QTimer

from companion.desk import win32_api as api
from companion.desk import win32_memory as memory
from companion.desk.ports import Content
from companion.desk.win32_content import UNICODE_TEXT, plain_text
from companion.desk.win32_offer import OfferWindow, Win32Offer, put_whole
from companion.desk.win32_process import owner

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_clipboard is for Windows only")

# Another program may be looking at the clipboard at this moment; most are done by then.
_PATIENCE_S = 0.03
_RETRY_MS = 10
# One whose window does not answer is asked less often, for each time costs us the wait for it.
_SILENCE_S = 0.2
# After that the agent has long gone on, and what we put there would be in the way.
_GIVE_UP_S = 5.0

_log = logging.getLogger(__name__)


@dataclass
class Kept:
    """What stood on the clipboard; ``formats`` is None until it could be read."""

    formats: memory.Formats | None = None
    sequence: int = 0
    """Windows' own count of changes when it was read."""
    ours: bool = False
    """Whether it came from here."""

    def read(self) -> None:
        """Read the clipboard, which is open."""
        self.formats = memory.read_all()
        # Read afterwards: a promise that another program has just kept for us counts as a change.
        self.sequence = api.get_clipboard_sequence_number()

    def put(self) -> None:
        """Put everything back on the clipboard, which is open and empty."""
        for number, content in (self.formats or {}).items():
            memory.put(number, content)


@dataclass(frozen=True)
class _Change:
    """What is to be put on the clipboard as soon as it is free."""

    act: Callable[[], None]
    until: float
    promised: bool = False
    """What is promised needs our window for as long as it stands; the rest is left to Windows."""
    before: Kept | None = None
    """For an offer: what is to be put back after it."""
    back: Kept | None = None
    """For a restore: what it puts back."""
    sequence: int = 0
    """For a restore: Windows' own count of changes when it was asked for."""
    ours: bool = False
    """Whether it is an agent's words, to go when the agent signs out."""


class Win32Clipboard:
    """The Clipboard port on Windows.

    Past Qt, which waits for a taken clipboard while everything stands still, and loses what was
    restored with our process. Here nothing waits: what cannot be done at once is done soon, and
    only the last change counts.
    """

    def __init__(self) -> None:
        self._window = OfferWindow()
        # At the latest when the program ends: what was promised stays on the clipboard.
        weakref.finalize(self, self._window.close)
        self._latest: Kept | None = None
        self._change: _Change | None = None
        self._silent_until = 0.0
        self._ours = 0
        """Windows' own count of changes after the last one that put an agent's words there."""
        self.changed = 0
        """The same after the last change that was made here."""
        self._timer = QTimer()
        self._timer.setInterval(_RETRY_MS)
        self._timer.timeout.connect(self._settle)

    def text(self) -> str:
        """The plain text on the clipboard, or an empty string."""
        content: bytes | None = None
        if self._owner_answers():
            with memory.opened(self._window.handle, _PATIENCE_S) as ready:
                content = memory.read(UNICODE_TEXT) if ready else None
        return plain_text(content or b"")

    def snapshot(self, both: bool = False) -> object:
        """Every format now on the clipboard; read a little later where it is taken now."""
        if self._change is not None and self._change.back is not None:
            # Not put back yet: what stands there goes with the next offer, or when this is back.
            self._latest = self._change.back
            return self._latest
        self._latest = Kept(ours=self._is_ours())
        self._read(self._latest, _PATIENCE_S)
        return self._latest

    def complete(self, snapshot: object) -> bool:
        """Whether the snapshot is read by now, or will be by an offer that waits already."""
        if self._change is not None and self._change.promised:
            return True
        return not isinstance(snapshot, Kept) or self._read(snapshot)

    def stands(self, snapshot: object) -> bool:
        """Whether nothing was copied since a snapshot was complete, or since it was put back."""
        if not isinstance(snapshot, Kept) or snapshot.formats is None:
            return False
        return bool(snapshot.sequence == api.get_clipboard_sequence_number())

    def text_in(self, snapshot: object) -> str:
        """The plain text of a snapshot, or an empty string."""
        formats = snapshot.formats if isinstance(snapshot, Kept) else None
        return plain_text((formats or {}).get(UNICODE_TEXT, b""))

    def offer(self, content: Content, both: bool = False) -> Win32Offer:
        """Put content on the clipboard, marked to stay out of clipboard histories."""
        offer = Win32Offer(content, self._window, self._settle)
        before, self._latest = self._latest, None
        if before is None and self._change is not None:
            # The offer before this one never got there.
            before = self._change.before
        self._put(_Change(lambda: self._window.hold(offer), _soon(), True, before))
        return offer

    def withdraw(self) -> None:
        """Do not put up any more what offer() could not put up yet."""
        if self._change is not None and self._change.promised:
            self._done()

    def restore(self, snapshot: object) -> None:
        """Put back exactly what snapshot() saw."""
        if not isinstance(snapshot, Kept):
            raise TypeError("not a snapshot of this clipboard")
        now = api.get_clipboard_sequence_number()
        self._put(_Change(snapshot.put, _soon(), back=snapshot, sequence=now, ours=snapshot.ours))

    def copy(self, content: Content, lasting: bool = False) -> None:
        """Put content on the clipboard for the agent to paste; it stays when we are gone."""
        self._put(_Change(lambda: put_whole(content), _soon(), ours=not lasting))

    def forget(self) -> None:
        """Empty the clipboard where what stands there is from here."""
        waits = self._change is not None and (self._change.promised or self._change.ours)
        if waits or self._is_ours():
            self._put(_Change(lambda: None, _soon()))

    def _is_ours(self) -> bool:
        """Whether it was copied or offered here, be it in a window of ours."""
        if self._ours and self._ours == api.get_clipboard_sequence_number():
            return True
        # What is put there in passing has no owner; Qt's own windows and our offers have.
        return owner(api.get_clipboard_owner())[1] == os.getpid()

    def _put(self, change: _Change) -> None:
        self._change = change
        if not self._settle(_PATIENCE_S):
            self._timer.start()

    def _settle(self, patience_s: float = 0.0) -> bool:
        """Make the change that waits; whether none waits any more."""
        change = self._change
        if change is None or (change.back is not None and change.back.formats is None):
            # Where nothing could be read before, nothing of ours has come in its place either.
            return self._done()
        if not patience_s and change.back is not None and self._is_newer(change):
            # Another program was there first, and its content is the newer one.
            return self._done()
        if time.monotonic() >= change.until:
            _log.warning("the clipboard stayed taken and was left as it is")
            return self._done()
        if not self._owner_answers():
            return False
        with self._opened(change, patience_s) as ready:
            if not ready:
                return False
            if change.before is not None and self._is_out_of_date(change.before):
                change.before.read()
            api.empty_clipboard()
            change.act()
        self.changed = api.get_clipboard_sequence_number()
        if change.back is not None:
            # From now on it is what stands there.
            change.back.sequence = self.changed
        self._ours = self.changed if change.ours else 0
        return self._done()

    def _read(self, snapshot: Kept, patience_s: float = 0.0) -> bool:
        """Read what is not read yet; whether it is now."""
        if snapshot.formats is None and self._owner_answers():
            with memory.opened(self._window.handle, patience_s) as ready:
                if ready:
                    snapshot.read()
        return snapshot.formats is not None

    def _owner_answers(self) -> bool:
        """Whether whoever has copied would give us what he promised, as far as we know."""
        now = time.monotonic()
        if now < self._silent_until:
            return False
        if memory.owner_answers():
            return True
        self._silent_until = now + _SILENCE_S
        return False

    def _opened(self, change: _Change, patience_s: float) -> AbstractContextManager[bool]:
        if change.promised:
            return memory.opened(self._window.handle, patience_s)
        return memory.opened_in_passing(patience_s)

    def _is_newer(self, change: _Change) -> bool:
        """Whether another program has copied since a restore was asked for."""
        changed = change.sequence != api.get_clipboard_sequence_number()
        return bool(changed) and not self._window.standing()

    def _is_out_of_date(self, before: Kept) -> bool:
        """Whether another program has copied since the snapshot, or it could not be taken."""
        if before.formats is None:
            return True
        changed = before.sequence != api.get_clipboard_sequence_number()
        return bool(changed) and not self._window.standing()

    def _done(self) -> bool:
        self._change = None
        self._timer.stop()
        return True


def _soon() -> float:
    return time.monotonic() + _GIVE_UP_S
