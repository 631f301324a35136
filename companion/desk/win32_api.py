"""The Windows functions that Companion calls, with their C types, as ctypes needs them declared.

Undeclared, ctypes would cut every handle to 32 bits. Each name is the documented one in lower
case; a failed call leaves its reason for ``ctypes.get_last_error()``.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_api is for Windows only")

ERROR_ACCESS_DENIED = 5
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
ERROR_TIMEOUT = 1460

INPUT_KEYBOARD = 1
KEYEVENTF_EXTENDEDKEY = 0x0001
KEYEVENTF_KEYUP = 0x0002
MAPVK_VK_TO_VSC = 0

MOD_NOREPEAT = 0x4000
WM_NULL = 0x0000
WM_QUERYENDSESSION = 0x0011
WM_QUIT = 0x0012
WM_ENDSESSION = 0x0016
WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
WM_RENDERFORMAT = 0x0305
WM_RENDERALLFORMATS = 0x0306
WM_HOTKEY = 0x0312
WM_APP = 0x8000
PM_NOREMOVE = 0
SMTO_ABORTIFHUNG = 0x0002

PBT_APMSUSPEND = 4
WTS_CONSOLE_DISCONNECT = 2
WTS_REMOTE_DISCONNECT = 4
WTS_SESSION_LOCK = 7
NOTIFY_FOR_THIS_SESSION = 0
DEVICE_NOTIFY_WINDOW_HANDLE = 0

SW_RESTORE = 9
HWND_MESSAGE = -3
GMEM_MOVEABLE = 2

DRIVE_REMOVABLE = 2
SEM_FAILCRITICALERRORS = 0x0001
SEM_NOOPENFILEERRORBOX = 0x8000

PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
TOKEN_QUERY = 0x0008
TOKEN_INTEGRITY_LEVEL = 25


class _KeyboardInput(ctypes.Structure):
    _fields_ = (
        ("virtual_key", wintypes.WORD),
        ("scan_code", wintypes.WORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    )


class _MouseInput(ctypes.Structure):
    # Never filled in: being the largest of the union, it gives Input the size Windows insists on.
    _fields_ = (
        ("x", wintypes.LONG),
        ("y", wintypes.LONG),
        ("data", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("extra", ctypes.c_size_t),
    )


class _AnyInput(ctypes.Union):
    _fields_ = (("keyboard", _KeyboardInput), ("mouse", _MouseInput))


class Input(ctypes.Structure):
    """INPUT, one event for SendInput: 40 bytes in a 64-bit process."""

    _anonymous_ = ("any",)
    _fields_ = (("type", wintypes.DWORD), ("any", _AnyInput))


def key_event(virtual_key: int, flags: int) -> Input:
    """A key going down, or up where KEYEVENTF_KEYUP is in ``flags``.

    The scan code is told as well: remote desktops and terminals look at nothing else.
    """
    scan_code = map_virtual_key(virtual_key, MAPVK_VK_TO_VSC)
    key = _KeyboardInput(virtual_key=virtual_key, scan_code=scan_code, flags=flags)
    return Input(type=INPUT_KEYBOARD, keyboard=key)


class GuiThreadInfo(ctypes.Structure):
    """GUITHREADINFO: what a thread's windows are doing; ``caret`` is in ``caret_window``."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("active", wintypes.HWND),
        ("focus", wintypes.HWND),
        ("capture", wintypes.HWND),
        ("menu_owner", wintypes.HWND),
        ("move_size", wintypes.HWND),
        ("caret_window", wintypes.HWND),
        ("caret", wintypes.RECT),
    )


class LastInputInfo(ctypes.Structure):
    """LASTINPUTINFO: when a key or the mouse last moved, in ticks of GetTickCount."""

    _fields_ = (("size", wintypes.UINT), ("tick", wintypes.DWORD))


WindowProcedure = ctypes.WINFUNCTYPE(
    ctypes.c_ssize_t, wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM
)

WindowLook = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)


class WindowClass(ctypes.Structure):
    """WNDCLASSW: what the windows of one kind have in common."""

    _fields_ = (
        ("style", wintypes.UINT),
        ("procedure", WindowProcedure),
        ("class_extra", ctypes.c_int),
        ("window_extra", ctypes.c_int),
        ("instance", wintypes.HINSTANCE),
        ("icon", wintypes.HANDLE),
        ("cursor", wintypes.HANDLE),
        ("background", wintypes.HANDLE),
        ("menu", wintypes.LPCWSTR),
        ("name", wintypes.LPCWSTR),
    )


class MandatoryLabel(ctypes.Structure):
    """TOKEN_MANDATORY_LABEL: the SID whose last part is a process's integrity level."""

    _fields_ = (("sid", wintypes.LPVOID), ("attributes", wintypes.DWORD))


def _declared(
    library: ctypes.CDLL, name: str, result: type[Any] | None, *arguments: type[Any]
) -> Callable[..., Any]:
    function = library[name]
    function.restype = result
    function.argtypes = arguments
    return function


_user32 = ctypes.WinDLL("user32", use_last_error=True)
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_gdi32 = ctypes.WinDLL("gdi32", use_last_error=True)
_advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
_wtsapi32 = ctypes.WinDLL("wtsapi32", use_last_error=True)

_BOOL, _DWORD, _HANDLE, _HWND = wintypes.BOOL, wintypes.DWORD, wintypes.HANDLE, wintypes.HWND
_INT, _UINT = ctypes.c_int, wintypes.UINT
_LPWSTR, _LPCWSTR = wintypes.LPWSTR, wintypes.LPCWSTR
_LPDWORD, _LPMSG, _LPVOID = wintypes.LPDWORD, wintypes.LPMSG, wintypes.LPVOID

get_foreground_window = _declared(_user32, "GetForegroundWindow", _HWND)
set_foreground_window = _declared(_user32, "SetForegroundWindow", _BOOL, _HWND)
bring_window_to_top = _declared(_user32, "BringWindowToTop", _BOOL, _HWND)
is_window = _declared(_user32, "IsWindow", _BOOL, _HWND)
is_iconic = _declared(_user32, "IsIconic", _BOOL, _HWND)
is_hung_app_window = _declared(_user32, "IsHungAppWindow", _BOOL, _HWND)
show_window_async = _declared(_user32, "ShowWindowAsync", _BOOL, _HWND, _INT)
get_window_text = _declared(_user32, "GetWindowTextW", _INT, _HWND, _LPWSTR, _INT)
get_window_text_length = _declared(_user32, "GetWindowTextLengthW", _INT, _HWND)
is_window_visible = _declared(_user32, "IsWindowVisible", _BOOL, _HWND)
enum_windows = _declared(_user32, "EnumWindows", _BOOL, WindowLook, wintypes.LPARAM)
get_window_thread_process_id = _declared(
    _user32, "GetWindowThreadProcessId", _DWORD, _HWND, _LPDWORD
)
get_gui_thread_info = _declared(_user32, "GetGUIThreadInfo", _BOOL, _DWORD, _LPVOID)
client_to_screen = _declared(_user32, "ClientToScreen", _BOOL, _HWND, _LPVOID)
get_window_dpi_awareness = _declared(_user32, "GetWindowDpiAwarenessContext", _HANDLE, _HWND)
set_thread_dpi_awareness = _declared(_user32, "SetThreadDpiAwarenessContext", _HANDLE, _HANDLE)
logical_to_physical_point = _declared(
    _user32, "LogicalToPhysicalPointForPerMonitorDPI", _BOOL, _HWND, _LPVOID
)
get_window_rect = _declared(_user32, "GetWindowRect", _BOOL, _HWND, _LPVOID)
create_window = _declared(
    _user32,
    "CreateWindowExW",
    _HWND,
    *(_DWORD, _LPCWSTR, _LPCWSTR, _DWORD, _INT, _INT, _INT, _INT),
    *(_HWND, _HANDLE, _HANDLE, _LPVOID),
)
register_window_class = _declared(_user32, "RegisterClassW", wintypes.ATOM, _LPVOID)
def_window_proc = _declared(
    _user32, "DefWindowProcW", ctypes.c_ssize_t, _HWND, _UINT, wintypes.WPARAM, wintypes.LPARAM
)
send_message_timeout = _declared(
    *(_user32, "SendMessageTimeoutW", ctypes.c_ssize_t),
    *(_HWND, _UINT, wintypes.WPARAM, wintypes.LPARAM, _UINT, _UINT, _LPVOID),
)
destroy_window = _declared(_user32, "DestroyWindow", _BOOL, _HWND)
attach_thread_input = _declared(_user32, "AttachThreadInput", _BOOL, _DWORD, _DWORD, _BOOL)

get_async_key_state = _declared(_user32, "GetAsyncKeyState", wintypes.SHORT, _INT)
map_virtual_key = _declared(_user32, "MapVirtualKeyW", _UINT, _UINT, _UINT)
get_last_input_info = _declared(_user32, "GetLastInputInfo", _BOOL, _LPVOID)
get_tick_count = _declared(_kernel32, "GetTickCount", _DWORD)
register_session_notification = _declared(
    _wtsapi32, "WTSRegisterSessionNotification", _BOOL, _HWND, _DWORD
)
unregister_session_notification = _declared(
    _wtsapi32, "WTSUnRegisterSessionNotification", _BOOL, _HWND
)
register_suspend_notification = _declared(
    _user32, "RegisterSuspendResumeNotification", _HANDLE, _HANDLE, _DWORD
)
unregister_suspend_notification = _declared(
    _user32, "UnregisterSuspendResumeNotification", _BOOL, _HANDLE
)
send_input = _declared(_user32, "SendInput", _UINT, _UINT, ctypes.POINTER(Input), _INT)

register_hot_key = _declared(_user32, "RegisterHotKey", _BOOL, _HWND, _INT, _UINT, _UINT)
unregister_hot_key = _declared(_user32, "UnregisterHotKey", _BOOL, _HWND, _INT)
get_message = _declared(_user32, "GetMessageW", _INT, _LPMSG, _HWND, _UINT, _UINT)
dispatch_message = _declared(_user32, "DispatchMessageW", ctypes.c_ssize_t, _LPMSG)
peek_message = _declared(_user32, "PeekMessageW", _BOOL, _LPMSG, _HWND, _UINT, _UINT, _UINT)
post_thread_message = _declared(
    _user32, "PostThreadMessageW", _BOOL, _DWORD, _UINT, wintypes.WPARAM, wintypes.LPARAM
)

open_clipboard = _declared(_user32, "OpenClipboard", _BOOL, _HWND)
close_clipboard = _declared(_user32, "CloseClipboard", _BOOL)
empty_clipboard = _declared(_user32, "EmptyClipboard", _BOOL)
get_clipboard_owner = _declared(_user32, "GetClipboardOwner", _HWND)
get_clipboard_sequence_number = _declared(_user32, "GetClipboardSequenceNumber", _DWORD)
enum_clipboard_formats = _declared(_user32, "EnumClipboardFormats", _UINT, _UINT)
register_clipboard_format = _declared(_user32, "RegisterClipboardFormatW", _UINT, _LPCWSTR)
get_clipboard_data = _declared(_user32, "GetClipboardData", _HANDLE, _UINT)
set_clipboard_data = _declared(_user32, "SetClipboardData", _HANDLE, _UINT, _HANDLE)
global_alloc = _declared(_kernel32, "GlobalAlloc", _HANDLE, _UINT, ctypes.c_size_t)
global_free = _declared(_kernel32, "GlobalFree", _HANDLE, _HANDLE)
global_lock = _declared(_kernel32, "GlobalLock", _LPVOID, _HANDLE)
global_unlock = _declared(_kernel32, "GlobalUnlock", _BOOL, _HANDLE)
global_size = _declared(_kernel32, "GlobalSize", ctypes.c_size_t, _HANDLE)
get_enh_metafile_bits = _declared(_gdi32, "GetEnhMetaFileBits", _UINT, _HANDLE, _UINT, _LPVOID)
set_enh_metafile_bits = _declared(_gdi32, "SetEnhMetaFileBits", _HANDLE, _UINT, _LPVOID)
delete_enh_metafile = _declared(_gdi32, "DeleteEnhMetaFile", _BOOL, _HANDLE)

close_handle = _declared(_kernel32, "CloseHandle", _BOOL, _HANDLE)
set_dll_directory = _declared(_kernel32, "SetDllDirectoryW", _BOOL, _LPCWSTR)
open_process = _declared(_kernel32, "OpenProcess", _HANDLE, _DWORD, _BOOL, _DWORD)
query_full_process_image_name = _declared(
    _kernel32, "QueryFullProcessImageNameW", _BOOL, _HANDLE, _DWORD, _LPWSTR, _LPDWORD
)
open_process_token = _declared(
    _advapi32, "OpenProcessToken", _BOOL, _HANDLE, _DWORD, wintypes.PHANDLE
)
get_token_information = _declared(
    _advapi32, "GetTokenInformation", _BOOL, _HANDLE, _INT, _LPVOID, _DWORD, _LPDWORD
)
get_sid_sub_authority_count = _declared(
    _advapi32, "GetSidSubAuthorityCount", ctypes.POINTER(ctypes.c_ubyte), _LPVOID
)
get_sid_sub_authority = _declared(_advapi32, "GetSidSubAuthority", _LPDWORD, _LPVOID, _DWORD)

get_logical_drives = _declared(_kernel32, "GetLogicalDrives", _DWORD)
get_drive_type = _declared(_kernel32, "GetDriveTypeW", _UINT, _LPCWSTR)
get_volume_information = _declared(
    *(_kernel32, "GetVolumeInformationW", _BOOL, _LPCWSTR, _LPWSTR, _DWORD),
    *(_LPDWORD, _LPDWORD, _LPDWORD, _LPWSTR, _DWORD),
)
set_thread_error_mode = _declared(_kernel32, "SetThreadErrorMode", _BOOL, _DWORD, _LPDWORD)
