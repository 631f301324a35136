"""What Windows tells about another process: the program it runs, and whether it is elevated."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from pathlib import PureWindowsPath

from companion.desk import win32_api as api

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_process is for Windows only")

# The longest path Windows has, in UTF-16 units.
_LONGEST_PATH = 32_768


def owner(window: int) -> tuple[int, int]:
    """The thread and the process of a window; zeros where it is gone."""
    process = wintypes.DWORD()
    thread = api.get_window_thread_process_id(window, ctypes.byref(process))
    return int(thread), process.value


def program_name(process: int) -> str:
    """The lower-case name of the process's executable without ``.exe``; empty where hidden."""
    path = ctypes.create_unicode_buffer(_LONGEST_PATH)
    length = wintypes.DWORD(_LONGEST_PATH)
    try:
        with _opened(process) as handle:
            _demand(api.query_full_process_image_name(handle, 0, path, ctypes.byref(length)))
    except OSError:
        return ""
    return PureWindowsPath(path.value).name.lower().removesuffix(".exe")


def load_nothing_from_the_current_folder() -> None:
    """Look for libraries in no folder that one merely happens to be in, such as a share."""
    _demand(api.set_dll_directory(""))


def is_elevated_above_us(process: int) -> bool:
    """Whether Windows would keep our keys from this process, as it does for administrators'.

    A process that may not even be looked at counts as elevated; one that has ended does not.
    """
    try:
        return integrity_level(process) > integrity_level(os.getpid())
    except PermissionError:
        return True
    except OSError:
        return False


def integrity_level(process: int) -> int:
    """The process's integrity level: 0x2000 is a user's, 0x3000 an administrator's.

    Raises PermissionError where Windows refuses to tell, OSError where the process has ended.
    """
    with _opened(process) as handle:
        token = wintypes.HANDLE()
        _demand(api.open_process_token(handle, api.TOKEN_QUERY, ctypes.byref(token)))
        try:
            return _label_of(token)
        finally:
            api.close_handle(token)


def _label_of(token: wintypes.HANDLE) -> int:
    size = wintypes.DWORD()
    level = api.TOKEN_INTEGRITY_LEVEL
    # The first call only measures; the SID is written behind the structure that points to it.
    api.get_token_information(token, level, None, 0, ctypes.byref(size))
    buffer = ctypes.create_string_buffer(max(size.value, ctypes.sizeof(api.MandatoryLabel)))
    _demand(api.get_token_information(token, level, buffer, len(buffer), ctypes.byref(size)))
    sid = api.MandatoryLabel.from_buffer(buffer).sid
    last = api.get_sid_sub_authority_count(sid).contents.value - 1
    return int(api.get_sid_sub_authority(sid, last).contents.value)


@contextmanager
def _opened(process: int) -> Iterator[int]:
    handle = api.open_process(api.PROCESS_QUERY_LIMITED_INFORMATION, False, process)
    _demand(handle)
    try:
        yield handle
    finally:
        api.close_handle(handle)


def _demand(success: object) -> None:
    if not success:
        raise ctypes.WinError(ctypes.get_last_error())
