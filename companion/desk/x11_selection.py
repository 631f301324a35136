"""Reads what another program has on X11's selections, piece by piece and without ever blocking.

Through Qt each format that the other program does not hand over would stop the app for five
seconds, and a picture comes in twenty formats.
"""

import os
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from Xlib import X, display
from Xlib.display import Display
from Xlib.ext import xfixes
from Xlib.protocol.request import GetProperty
from Xlib.protocol.rq import Event
from Xlib.xobject.drawable import Window

from companion.desk.x11_askers import process_of

TEXT, PICTURE = "text/plain", "image/png"
# By this, password managers (and we) ask clipboard histories to look away.
_SECRET = "x-kde-passwordManagerHint"
_TARGETS = "TARGETS"
_PLACE = "COMPANION"
_WINDOWS = 32
# Names under which programs hand over the same plain text, the best first.
_TEXTS = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "STRING")


def _names(said: str, before: str = "") -> frozenset[str]:
    return frozenset(before + name for name in said.split())


# Questions that are no content, and texts in encodings nobody needs beside UTF-8.
_NO_CONTENT = _names(
    "TARGETS MULTIPLE TIMESTAMP SAVE_TARGETS DELETE INSERT_SELECTION INSERT_PROPERTY "
    "TEXT COMPOUND_TEXT text/plain;charset=utf-16 text/plain;charset=ISO-10646-UCS-2"
)
# What programs make of a picture on demand: of these, beside a PNG, none is the original.
_MADE_OF_PNG = _names("BITMAP PIXMAP application/x-qt-image") | _names(
    "bmp x-bmp x-MS-bmp x-win-bitmap cur ico x-ico x-icon vnd.microsoft.icon icns jfif jpeg jpg "
    "pbm pgm ppm tif tiff wbmp webp xbm x-xbitmap xpm x-xpixmap avif",
    before="image/",
)


@dataclass
class _Asked:
    """One format that was asked for, by a window of its own: some programs mix two up else."""

    selection: str
    target: str
    window: Window
    pieces: list[bytes] | None = None
    """What has come of it, where it comes in pieces (INCR)."""


@dataclass
class Reading:
    """What some selections hold, by selection and format, as far as it has come."""

    formats: dict[str, dict[str, bytes]]
    texts: int = 0
    """Of how many bytes a text may be, where nothing else is read; 0 where everything is."""
    asked: dict[int, _Asked] = field(default_factory=dict)
    stale: bool = False
    """Whether another program has copied something since."""


class Selections:
    """Asks the programs that own the selections, over a connection of its own."""

    def __init__(self) -> None:
        self._display: Display = display.Display()
        self._root = self._display.screen().root
        self._place = self._display.intern_atom(_PLACE)
        self._incr = self._display.intern_atom("INCR")
        self._names: dict[int, str] = {}
        self._rested: deque[Window] = deque()
        self._reading = Reading({})
        self._display.xfixes_query_version()

    def read(self, selections: Iterable[str], texts: int = 0) -> Reading:
        """Begin to read; the reading before is left as it is.

        With ``texts``, only plain text that is not secret; of one that is longer than so many
        bytes only a little more than those, or nothing.
        """
        self.rest()
        self._reading = Reading({name: {} for name in selections}, texts)
        self._watch(xfixes.XFixesSetSelectionOwnerNotifyMask)
        self._begin()
        return self._reading

    def complete(self, reading: Reading) -> bool:
        """Take in what has come; whether nothing more is awaited.

        What another program has copied since is read in the place of what it replaced.
        """
        if reading is self._reading:
            self._catch_up()
            if reading.stale:
                self._forget()
                self._begin()
            self._display.flush()
        return not reading.asked

    def stands(self, reading: Reading) -> bool:
        """Whether nobody has copied since the reading was begun, or was begun anew."""
        if reading is not self._reading:
            return False
        self._catch_up()
        return not reading.stale

    def owned(self, selection: str) -> bool:
        """Whether this process owns a selection, by what the server says.

        Qt goes on taking one for its own that the server has refused it.
        """
        owner = self._display.get_selection_owner(self._display.intern_atom(selection))
        # For no owner at all there is a number in the place of a window.
        return isinstance(owner, Window) and process_of(self._display, owner.id) == os.getpid()

    def rest(self) -> None:
        """Ask for nothing any more, and hear no more of what programs copy."""
        self._watch(0)
        self._forget()
        self._display.sync()
        while self._display.pending_events():
            self._display.next_event()
        self._reading = Reading({})

    def _watch(self, mask: int) -> None:
        for name in self._reading.formats:
            self._display.xfixes_select_selection_input(
                self._root, self._display.intern_atom(name), mask
            )

    def _catch_up(self) -> None:
        while self._display.pending_events():
            self._hear(self._display.next_event())

    def _begin(self) -> None:
        self._reading.stale = False
        for name, formats in self._reading.formats.items():
            formats.clear()
            if self._display.get_selection_owner(self._display.intern_atom(name)) != X.NONE:
                self._ask(name, _TARGETS)
        self._display.flush()

    def _forget(self) -> None:
        for asked in list(self._reading.asked.values()):
            self._end(asked)

    def _ask(self, selection: str, target: str) -> None:
        window = self._window()
        self._reading.asked[window.id] = _Asked(selection, target, window)
        window.convert_selection(
            self._display.intern_atom(selection),
            self._display.intern_atom(target),
            self._place,
            X.CurrentTime,
        )

    def _hear(self, happened: Event) -> None:
        if isinstance(happened, xfixes.SelectionNotify):
            self._reading.stale = True
        elif happened.type == X.SelectionNotify:
            asked = self._reading.asked.get(happened.requestor.id)
            if asked is not None and happened.property == X.NONE:
                self._end(asked)
                if asked.target == _TARGETS:
                    # A program older than this question, or one that is just taking the selection.
                    self._ask(asked.selection, _TEXTS[0])
            elif asked is not None:
                self._take(asked)
        elif happened.type == X.PropertyNotify and happened.state == X.PropertyNewValue:
            asked = self._reading.asked.get(happened.window.id)
            if asked is not None and asked.pieces is not None:
                self._take_piece(asked, asked.pieces)

    def _take(self, asked: _Asked) -> None:
        held = self._property(asked.window)
        if held is not None and held.property_type == self._incr:
            asked.pieces = []
            # Deleting what announces the pieces is the sign for the first.
            asked.window.delete_property(self._place)
            return
        self._end(asked)
        if held is None:
            return
        if asked.target == _TARGETS:
            self._choose(asked.selection, [self._name(atom) for atom in held.value if atom])
        elif isinstance(held.value, bytes):
            self._keep(asked, held.value)

    def _take_piece(self, asked: _Asked, pieces: list[bytes]) -> None:
        held = asked.window.get_full_property(self._place, X.AnyPropertyType)
        asked.window.delete_property(self._place)
        if held is not None and isinstance(held.value, bytes) and held.value:
            pieces.append(held.value)
            if not self._reading.texts or sum(map(len, pieces)) <= self._reading.texts:
                return
            # Too long: what comes after it is not waited for.
            self._end(asked)
            return
        self._end(asked)
        self._keep(asked, b"".join(pieces))

    def _choose(self, selection: str, targets: list[str]) -> None:
        """Ask for every format that is content, once."""
        text = next((name for name in _TEXTS if name in targets), None)
        if self._reading.texts:
            if text and _SECRET not in targets:
                self._ask(selection, text)
            return
        left_out = _NO_CONTENT | set(_TEXTS)
        if PICTURE in targets:
            left_out |= _MADE_OF_PNG
        wanted = ([text] if text else []) + [name for name in targets if name not in left_out]
        for name in dict.fromkeys(wanted):
            self._ask(selection, name)

    def _keep(self, asked: _Asked, value: bytes) -> None:
        name = asked.target
        if name == "STRING":
            value = value.decode("latin-1").encode()
        self._reading.formats[asked.selection][TEXT if name in _TEXTS else name] = value

    def _end(self, asked: _Asked) -> None:
        del self._reading.asked[asked.window.id]
        self._rested.append(asked.window)

    def _window(self) -> Window:
        """A window to ask by: the one that has rested longest.

        A late answer to what was asked before must not be taken for the answer to this; and the
        number of a window that was destroyed would be given to the next one.
        """
        if len(self._rested) < _WINDOWS:
            made: Window = self._root.create_window(
                -1, -1, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
            )
            return made
        window = self._rested.popleft()
        window.delete_property(self._place)
        return window

    def _property(self, window: Window) -> GetProperty | None:
        """What was handed over: all of it, or the beginning of what is too long."""
        if not self._reading.texts:
            return window.get_full_property(self._place, X.AnyPropertyType)
        return window.get_property(self._place, X.AnyPropertyType, 0, self._reading.texts // 4 + 1)

    def _name(self, atom: int) -> str:
        if atom not in self._names:
            self._names[atom] = self._display.get_atom_name(atom)
        return self._names[atom]
