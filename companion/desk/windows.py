"""The desk of a Windows PC: whose window has the focus, pressing keys, and global hotkeys."""

import ctypes
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from ctypes import wintypes
from queue import SimpleQueue

from companion.desk import hotkey_calls
from companion.desk import win32_api as api
from companion.desk import win32_keys as keyboard
from companion.desk.hotkey_text import Hotkey, parse
from companion.desk.ports import Ask, CopyKeys, Key, Obstacle, PasteKeys, Rect, Target
from companion.desk.win32_process import is_elevated_above_us, owner, program_name
from companion.errors import HotkeyTaken

if sys.platform != "win32":
    raise ImportError("companion.desk.windows is for Windows only")

_LONGEST_TITLE = 512

_PASTE = {
    PasteKeys.CTRL_V: (keyboard.VK_CONTROL, ord("V")),
    PasteKeys.SHIFT_INSERT: (keyboard.VK_SHIFT, keyboard.VK_INSERT),
    PasteKeys.CTRL_SHIFT_V: (keyboard.VK_CONTROL, keyboard.VK_SHIFT, ord("V")),
}
_COPY = {
    CopyKeys.CTRL_C: (keyboard.VK_CONTROL, ord("C")),
    CopyKeys.CTRL_INSERT: (keyboard.VK_CONTROL, keyboard.VK_INSERT),
    CopyKeys.CTRL_SHIFT_C: (keyboard.VK_CONTROL, keyboard.VK_SHIFT, ord("C")),
}
_KEYS = {Key.ENTER: keyboard.VK_RETURN, Key.LEFT: keyboard.VK_LEFT}

# Posted to the hotkey thread when a registration waits in its queue.
_ASKED = api.WM_APP


class Win32Windows:
    """The Windows port: fulfils ``ports.Windows``."""

    def focused(self) -> Target | None:
        """The foreground window; ``program`` is empty where Windows hides it."""
        handle = api.get_foreground_window()
        process = owner(handle)[1] if handle else 0
        if process in (0, os.getpid()):
            return None
        title = ctypes.create_unicode_buffer(_LONGEST_TITLE)
        api.get_window_text(handle, title, _LONGEST_TITLE)
        return Target(handle, program_name(process), title.value, process)

    def programs(self) -> list[str]:
        """In the order in which the windows lie one above the other."""
        found = dict[str, None]()

        def look(handle: int, _: int) -> bool:
            process = owner(handle)[1]
            named = api.get_window_text_length(handle) > 0
            if api.is_window_visible(handle) and named and process != os.getpid():
                found[program_name(process)] = None
            return True

        api.enum_windows(api.WindowLook(look), 0)
        return [name for name in found if name]

    def bring_back(self, target: Target) -> None:
        """Give the focus back, out of the task bar where the window was minimised.

        Windows lets only the program in front do this; to one that is not, it lends the right
        while its input is joined with that of the program in front.
        """
        if api.is_hung_app_window(target.handle):
            # Windows would wait with us until it wakes up.
            return
        if api.is_iconic(target.handle):
            # Asynchronous, because a window that hangs would make us hang with it.
            api.show_window_async(target.handle, api.SW_RESTORE)
        api.set_foreground_window(target.handle)
        front = api.get_foreground_window()
        if front == target.handle or not front or api.is_hung_app_window(front):
            return
        here, there = threading.get_native_id(), owner(front)[0]
        if not api.attach_thread_input(here, there, True):
            return
        try:
            api.bring_window_to_top(target.handle)
            api.set_foreground_window(target.handle)
        finally:
            api.attach_thread_input(here, there, False)

    def is_focused(self, target: Target) -> bool:
        """Whether target is the foreground window and its program is still the same."""
        return bool(api.get_foreground_window() == target.handle) and self.exists(target)

    def exists(self, target: Target) -> bool:
        """Whether the window is there and its program's: Windows gives old handles out again."""
        if not api.is_window(target.handle):
            return False
        return program_name(owner(target.handle)[1]) == target.program

    def place(self, target: Target) -> Rect | None:
        """The caret, where the program has one that Windows knows; else the window.

        None where the window is gone or minimised.
        """
        held = wintypes.RECT()
        if api.is_iconic(target.handle):
            return None
        if not api.get_window_rect(target.handle, ctypes.byref(held)):
            return None
        window = Rect(held.left, held.top, held.right - held.left, held.bottom - held.top)
        caret = _caret(target.handle)
        # Programs that draw their own caret park Windows' where nobody sees it.
        return caret if caret is not None and _meet(caret, window) else window

    def obstacle(self, target: Target) -> Obstacle | None:
        """TARGET_GONE, ELEVATED (Windows drops our keys without a word there), NOT_TAKEN or None.

        NOT_TAKEN where the program hangs: it would take our keys whenever it wakes up.
        """
        if not self.exists(target):
            return Obstacle.TARGET_GONE
        if is_elevated_above_us(owner(target.handle)[1]):
            return Obstacle.ELEVATED
        if api.is_hung_app_window(target.handle):
            return Obstacle.NOT_TAKEN
        return None


class Win32Typist:
    """Presses keys through SendInput: fulfils ``ports.Typist``."""

    def modifiers_held(self) -> bool:
        """Whether Ctrl, Alt, Shift or a Windows key is down at this moment."""
        return any(api.get_async_key_state(key) & 0x8000 for key in keyboard.MODIFIER_KEYS)

    def paste(self, keys: PasteKeys, into: Target | None = None) -> bool:
        """Press and release the combination in one uninterrupted go.

        Raises OSError where Windows takes no input from us, as on the lock screen. A window that
        comes up between the look at ``into`` and the keys would get them: Windows has no way to
        do both in one.
        """
        return _press(_PASTE[keys], into)

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        """Press and release the copy combination; raises OSError as paste() does."""
        return _press(_COPY[keys], into)

    def stroke(self, key: Key, times: int = 1, into: Target | None = None) -> bool:
        """Press and release one key, so many times; raises OSError as paste() does."""
        if not _in_front(into):
            return False
        once = [_stroke(_KEYS[key], flags) for flags in (0, api.KEYEVENTF_KEYUP)]
        _send(once * times)
        return True


class Win32Hotkeys:
    """Global hotkeys on a thread of their own: fulfils ``ports.Hotkeys``.

    The thread starts with the first hotkey and ends with close(); register() may follow again.
    """

    def __init__(self) -> None:
        self._thread: _HotkeyThread | None = None

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        """Call pressed on the hotkey thread; not to be called from there itself.

        Nothing can be held: only a keyboard hook could keep keys from the window in front.

        Raises HotkeyTaken where any program (this one too) holds the keys, HotkeyUnknown.
        """
        hotkey = parse(keys)
        if self._thread is None:
            self._thread = _HotkeyThread()
        if not self._thread.take(hotkey, pressed):
            raise HotkeyTaken(keys=keys)

    def resume(self, window: int) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Give every hotkey back, and wait until the thread has ended."""
        if self._thread is not None:
            self._thread.stop()
            self._thread = None


class _HotkeyThread:
    """Windows sends WM_HOTKEY to the thread that registered, so one thread does both."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[Hotkey, Callable[[], None], Future[bool]]] = SimpleQueue()
        self._pressed: dict[int, Callable[[], None]] = {}
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="hotkeys", daemon=True)
        self._thread.start()
        self._listening.wait()

    def take(self, hotkey: Hotkey, pressed: Callable[[], None]) -> bool:
        """Register on the thread; False where the keys are held already."""
        taken: Future[bool] = Future()
        self._asked.put((hotkey, pressed, taken))
        api.post_thread_message(self._thread.native_id, _ASKED, 0, 0)
        return taken.result()

    def stop(self) -> None:
        api.post_thread_message(self._thread.native_id, api.WM_QUIT, 0, 0)
        self._thread.join()

    def _listen(self) -> None:
        message = wintypes.MSG()
        # A thread has no message queue before it first looks into it; until then posts are lost.
        api.peek_message(ctypes.byref(message), None, 0, 0, api.PM_NOREMOVE)
        self._listening.set()
        while api.get_message(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == api.WM_HOTKEY:
                hotkey_calls.call(self._pressed[message.wParam])
            elif message.message == _ASKED:
                self._answer(*self._asked.get())
        for number in self._pressed:
            api.unregister_hot_key(None, number)

    def _answer(self, hotkey: Hotkey, pressed: Callable[[], None], taken: "Future[bool]") -> None:
        modifiers, key = keyboard.hotkey_codes(hotkey)
        number = len(self._pressed) + 1
        if api.register_hot_key(None, number, modifiers | api.MOD_NOREPEAT, key):
            self._pressed[number] = pressed
            taken.set_result(True)
            return
        reason = ctypes.get_last_error()
        if reason == api.ERROR_HOTKEY_ALREADY_REGISTERED:
            taken.set_result(False)
        else:
            taken.set_exception(ctypes.WinError(reason))


def _caret(window: int) -> Rect | None:
    """The caret of the window's thread, where it has one with a height, in device pixels."""
    state = api.GuiThreadInfo(size=ctypes.sizeof(api.GuiThreadInfo))
    # A program that knows nothing of large pixels counts its own; so must we, while we ask.
    ours = api.set_thread_dpi_awareness(api.get_window_dpi_awareness(window))
    try:
        if not api.get_gui_thread_info(owner(window)[0], ctypes.byref(state)):
            return None
        corners = (wintypes.POINT * 2).from_buffer(state.caret)
        for corner in corners:
            if not api.client_to_screen(state.caret_window, ctypes.byref(corner)):
                return None
            if not api.logical_to_physical_point(state.caret_window, ctypes.byref(corner)):
                return None
    finally:
        api.set_thread_dpi_awareness(ours)
    (left, top), (right, bottom) = ((corner.x, corner.y) for corner in corners)
    return Rect(left, top, right - left, bottom - top) if bottom > top else None


def _meet(one: Rect, other: Rect) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def _in_front(window: Target | None) -> bool:
    return window is None or bool(api.get_foreground_window() == window.handle)


def _press(combination: tuple[int, ...], into: Target | None) -> bool:
    if not _in_front(into):
        return False
    strokes = [_stroke(key, 0) for key in combination]
    _send([*strokes, *(_stroke(key, api.KEYEVENTF_KEYUP) for key in reversed(combination))])
    return True


def _send(strokes: list[api.Input]) -> None:
    events = (api.Input * len(strokes))(*strokes)
    if api.send_input(len(events), events, ctypes.sizeof(api.Input)) != len(events):
        raise ctypes.WinError(ctypes.get_last_error())


def _stroke(key: int, flags: int) -> api.Input:
    extended = api.KEYEVENTF_EXTENDEDKEY if key in keyboard.EXTENDED_KEYS else 0
    return api.key_event(key, flags | extended)
