"""The clipboard as another program sees it: raw bytes by format, with nothing of Qt in between."""

import ctypes
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import wintypes
from threading import Thread

from tests.windows.desktop import wait_until

if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

BITMAP, UNICODE_TEXT, METAFILE, FILES = 8, 13, 14, 15

_GMEM_MOVEABLE = 2

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.GetClipboardOwner.restype = wintypes.HWND
_user32.OpenClipboard.argtypes = [wintypes.HWND]
_user32.RegisterClipboardFormatW.argtypes = [wintypes.LPCWSTR]
_user32.SetClipboardData.argtypes = [wintypes.UINT, wintypes.HANDLE]
_user32.SetClipboardData.restype = wintypes.HANDLE
_user32.GetClipboardData.argtypes = [wintypes.UINT]
_user32.GetClipboardData.restype = wintypes.HANDLE

_gdi32 = ctypes.WinDLL("gdi32")
_gdi32.CreateEnhMetaFileW.restype = wintypes.HDC
_gdi32.CreateEnhMetaFileW.argtypes = [wintypes.HDC, *(wintypes.LPVOID,) * 3]
_gdi32.LineTo.argtypes = [wintypes.HDC, ctypes.c_int, ctypes.c_int]
_gdi32.CloseEnhMetaFile.argtypes = [wintypes.HDC]
_gdi32.CloseEnhMetaFile.restype = wintypes.HANDLE
_gdi32.GetEnhMetaFileBits.argtypes = [wintypes.HANDLE, wintypes.UINT, wintypes.LPVOID]

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GlobalAlloc.argtypes = [wintypes.UINT, ctypes.c_size_t]
_kernel32.GlobalAlloc.restype = wintypes.HGLOBAL
for _name in ("GlobalLock", "GlobalUnlock", "GlobalSize"):
    _kernel32[_name].argtypes = [wintypes.HGLOBAL]
_kernel32.GlobalLock.restype = wintypes.LPVOID
_kernel32.GlobalSize.restype = ctypes.c_size_t

_TAKE = """
import ctypes, sys
user32 = ctypes.windll.user32
# For a window: Wine lets two programs in that open it for none.
assert user32.OpenClipboard(user32.GetDesktopWindow())
print("taken", flush=True)
sys.stdin.readline()
"""


def registered(name: str) -> int:
    """The number of a format that programs know by its name."""
    return int(_user32.RegisterClipboardFormatW(name))


def put(contents: dict[int, bytes]) -> None:
    """Put these formats on the clipboard and leave them there, nothing else."""
    with _opened():
        _user32.EmptyClipboard()
        for number, content in contents.items():
            memory = _kernel32.GlobalAlloc(_GMEM_MOVEABLE, len(content))
            ctypes.memmove(_kernel32.GlobalLock(memory), content, len(content))
            _kernel32.GlobalUnlock(memory)
            assert _user32.SetClipboardData(number, memory)


def copy(text: str) -> None:
    """Put plain text on the clipboard and leave it there."""
    put({UNICODE_TEXT: (text + "\0").encode("utf-16-le")})


def get(number: int) -> bytes | None:
    """The bytes of a format, None where it is not there."""
    with _opened():
        memory = _user32.GetClipboardData(number)
        if not memory:
            return None
        content = ctypes.string_at(_kernel32.GlobalLock(memory), _kernel32.GlobalSize(memory))
        _kernel32.GlobalUnlock(memory)
        return content


def text() -> str | None:
    """The plain text, None where there is none."""
    content = get(UNICODE_TEXT)
    return None if content is None else content.decode("utf-16-le").split("\0")[0]


def formats() -> set[int]:
    """The numbers of the formats that are there."""
    found, number = set[int](), 0
    with _opened():
        while number := int(_user32.EnumClipboardFormats(number)):
            found.add(number)
    return found


def bitmap(width: int, height: int) -> bytes:
    """A picture of many colours as CF_DIB holds it: the header, then rows of blue, green, red."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 32, 0, width * height * 4, 0, 0, 0, 0)
    places = ((x, y) for y in range(height) for x in range(width))
    return head + b"".join(bytes((x * 7 % 256, y * 11 % 256, x * y % 256, 0)) for x, y in places)


def put_drawing() -> None:
    """Put a drawing of one line on the clipboard, as office programs do."""
    context = _gdi32.CreateEnhMetaFileW(None, None, None, None)
    _gdi32.LineTo(context, 70, 30)
    drawing = _gdi32.CloseEnhMetaFile(context)
    with _opened():
        _user32.EmptyClipboard()
        assert _user32.SetClipboardData(METAFILE, drawing)


def drawing() -> bytes:
    """The drawing that is there; empty where there is none."""
    with _opened():
        found = _user32.GetClipboardData(METAFILE)
        buffer = ctypes.create_string_buffer(_gdi32.GetEnhMetaFileBits(found, 0, None))
        size = _gdi32.GetEnhMetaFileBits(found, len(buffer), buffer)
        return buffer.raw[:size]


def changes() -> int:
    """A number that grows with every change, known without asking anybody for the content."""
    return int(_user32.GetClipboardSequenceNumber())


def owner() -> int:
    """The window of the program that would be asked for the content; 0 where Windows has it."""
    return int(_user32.GetClipboardOwner() or 0)


@contextmanager
def taken_by_another_program() -> Iterator[Callable[[], None]]:
    """Another program holds the clipboard open: to the end, or shortly after the call of what is
    given.
    """
    command = [sys.executable, "-c", _TAKE]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        said = list[str]()
        # Under Wine it would wait for our window if we only waited for it.
        Thread(target=lambda pipe: said.append(pipe.readline()), args=[other.stdout]).start()
        assert wait_until(lambda: said == ["taken\n"])
        yield other.stdin.close


@contextmanager
def _opened() -> Iterator[None]:
    assert wait_until(lambda: bool(_user32.OpenClipboard(None))), "the clipboard stays busy"
    try:
        yield
    finally:
        _user32.CloseClipboard()
