"""What stands on Windows' clipboard as bytes: to be read and put there while it is open."""

import ctypes
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from companion.desk import win32_api as api

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_memory is for Windows only")

_PAUSE_S = 0.005
# A program that has promised content is asked for it, and we would wait for it as long as it likes.
_ANSWER_MS = 40

_ENHANCED_METAFILE = 14
# The formats that are a drawing object, or belong to their owner's window. Windows makes the
# bitmap (2) from the device-independent one (8) and the old metafile (3) from the enhanced one.
_NO_MEMORY = frozenset({2, 3, 9, 0x80, 0x82, 0x83, 0x8E, *range(0x200, 0x400)})
# Formats by which OLE finds the object of the program that copied: it would be looked for in vain.
_OF_OLE = ("DataObject", "Ole Private Data")

Formats = dict[int, bytes]


@contextmanager
def opened(window: int, patience_s: float = 0.0) -> Iterator[bool]:
    """The clipboard, open to us alone; false where another program keeps it so many seconds."""
    until = time.monotonic() + patience_s
    while not (ready := bool(api.open_clipboard(window))) and time.monotonic() < until:
        time.sleep(_PAUSE_S)
    try:
        yield ready
    finally:
        if ready:
            api.close_clipboard()


@contextmanager
def opened_in_passing(patience_s: float = 0.0) -> Iterator[bool]:
    """The clipboard, open for content that is nobody's any more when it is closed again."""
    # Windows takes content from the owner of a window only; this one is never seen.
    window = api.create_window(0, "STATIC", None, 0, 0, 0, 0, 0, api.HWND_MESSAGE, None, None, None)
    try:
        with opened(window, patience_s) as ready:
            yield ready
    finally:
        api.destroy_window(window)


def owner_answers() -> bool:
    """Whether the program that owns the content would answer at once; true where none owns it."""
    owner = api.get_clipboard_owner()
    if not owner:
        return True
    ctypes.set_last_error(0)
    answered = api.send_message_timeout(
        owner, api.WM_NULL, 0, 0, api.SMTO_ABORTIFHUNG, _ANSWER_MS, None
    )
    # Refused for another reason than its silence, it is above our rank and may well be awake.
    return bool(answered) or ctypes.get_last_error() not in (0, api.ERROR_TIMEOUT)


def read_all() -> Formats:
    """Every format that can be kept, in their order: the first ones are the original's."""
    found: Formats = {}
    left_out = _NO_MEMORY | {api.register_clipboard_format(name) for name in _OF_OLE}
    number = 0
    while number := api.enum_clipboard_formats(number):
        if number not in left_out and (content := read(number)) is not None:
            found[number] = content
    return found


def read(number: int) -> bytes | None:
    """The bytes of a format; None where its program promised them and does not give them."""
    handle = api.get_clipboard_data(number)
    if not handle:
        return None
    if number == _ENHANCED_METAFILE:
        buffer = ctypes.create_string_buffer(api.get_enh_metafile_bits(handle, 0, None))
        size = api.get_enh_metafile_bits(handle, len(buffer), buffer)
        return buffer.raw[:size] or None
    if not (place := api.global_lock(handle)):
        return None
    try:
        return ctypes.string_at(place, api.global_size(handle))
    finally:
        api.global_unlock(handle)


def put(number: int, content: bytes) -> None:
    """Hand the bytes of a format over to Windows; left out where it does not take them."""
    if number == _ENHANCED_METAFILE:
        drawing = api.set_enh_metafile_bits(len(content), content)
        if drawing and not api.set_clipboard_data(number, drawing):
            api.delete_enh_metafile(drawing)
        return
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
