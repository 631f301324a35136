"""Windows' clipboard: Qt offers our texts, what other programs put there is kept byte for byte."""

import ctypes
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from companion.desk import win32_api as api
from companion.desk.clipboard import QtClipboard

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_clipboard is for Windows only")

# Another program may be looking at the clipboard at this moment; none does for long.
_PATIENCE_S = 0.3
_PAUSE_S = 0.01

# The formats that are no block of memory but a drawing object, or belong to their owner's window.
# Windows makes the bitmap (2) from the device-independent one (8), which is kept.
_NO_MEMORY = frozenset({2, 3, 9, 14, 0x80, 0x82, 0x83, 0x8E, *range(0x200, 0x400)})
# Formats by which OLE finds the object of the program that copied: it would be looked for in vain.
_OF_OLE = ("DataObject", "Ole Private Data")

_Formats = dict[int, bytes]
_log = logging.getLogger(__name__)


class Win32Clipboard(QtClipboard):
    """The Clipboard port on Windows.

    Through Qt a picture would come back empty, and what was restored would be gone with our
    process; this way it is handed over to Windows for good.
    """

    def snapshot(self, both: bool = False) -> object:
        """Every format now on the clipboard, in its order: the first ones are the original's."""
        found: _Formats = {}
        with _opened(0) as ready:
            if not ready:
                # Qt asks in another way, by which at least text can be had.
                return super().snapshot(both)
            left_out = _NO_MEMORY | {api.register_clipboard_format(name) for name in _OF_OLE}
            number = 0
            while number := api.enum_clipboard_formats(number):
                if number not in left_out and (content := _content(number)) is not None:
                    found[number] = content
        return found

    def restore(self, snapshot: object) -> None:
        """Put back exactly what snapshot() saw."""
        if not isinstance(snapshot, dict):
            super().restore(snapshot)
            return
        # Windows takes content from the owner of a window only; this one is never seen.
        window = api.create_window(
            0, "STATIC", None, 0, 0, 0, 0, 0, api.HWND_MESSAGE, None, None, None
        )
        try:
            with _opened(window) as ready:
                if not ready:
                    _log.warning("the clipboard stays taken and was not restored")
                    return
                api.empty_clipboard()
                for number, content in snapshot.items():
                    _put(number, content)
        finally:
            api.destroy_window(window)


@contextmanager
def _opened(window: int) -> Iterator[bool]:
    """The clipboard, open to us alone; false where another program keeps it."""
    until = time.monotonic() + _PATIENCE_S
    while not (ready := bool(api.open_clipboard(window))) and time.monotonic() < until:
        time.sleep(_PAUSE_S)
    try:
        yield ready
    finally:
        if ready:
            api.close_clipboard()


def _content(number: int) -> bytes | None:
    """The bytes of a format; None where its program promised them and does not give them."""
    memory = api.get_clipboard_data(number)
    if not memory or not (place := api.global_lock(memory)):
        return None
    try:
        return ctypes.string_at(place, api.global_size(memory))
    finally:
        api.global_unlock(memory)


def _put(number: int, content: bytes) -> None:
    memory = api.global_alloc(api.GMEM_MOVEABLE, len(content))
    if not memory:
        return
    if place := api.global_lock(memory):
        ctypes.memmove(place, content, len(content))
        api.global_unlock(memory)
        if api.set_clipboard_data(number, memory):
            # It is Windows' from now on.
            return
    api.global_free(memory)
