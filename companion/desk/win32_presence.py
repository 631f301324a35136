"""Whether somebody sits at a Windows desk: idle time, and a hidden window that Windows tells."""

import ctypes
import sys
import threading
from ctypes import wintypes

from companion.desk import presence_calls
from companion.desk import win32_api as api
from companion.desk.ports import Going

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_presence is for Windows only")

# Windows itself waits two seconds before it sleeps, and five before it ends a program by force.
_PATIENCE_S = 1.8
_CLASS = "CompanionPresence"
# Locked, another user's desktop shown, or the remote desktop closed and left running.
_AWAY = (api.WTS_SESSION_LOCK, api.WTS_CONSOLE_DISCONNECT, api.WTS_REMOTE_DISCONNECT)


class Win32Presence:
    """Fulfils ``ports.Presence``. The same going may be heard twice: Windows may say it twice.

    The thread begins with the first listen() and ends with close(), which is for good.
    """

    def __init__(self) -> None:
        self._thread: _Listening | None = None
        self._over = False

    def idle_s(self) -> float | None:
        """Seconds since the last key or move of the mouse in this session of Windows."""
        last = api.LastInputInfo(size=ctypes.sizeof(api.LastInputInfo))
        if not api.get_last_input_info(ctypes.byref(last)):
            return None
        # Ticks are milliseconds in 32 bits, and go round after 49 days.
        passed = (api.get_tick_count() - last.tick) % 2**32
        # A key may be newer than the clock, which moves on every 16 ms.
        return passed / 1000 if passed < 2**31 else 0.0

    def listen(self, heard: presence_calls.Heard) -> None:
        """Call heard on a thread of its own; sleep and the end wait for 1.8 seconds at most."""
        if self._over:
            return
        if self._thread is None:
            self._thread = _Listening(heard)
        else:
            self._thread.heard = heard

    def close(self) -> None:
        """Hear nothing more, hold nothing up, and wait until the thread has ended."""
        self._over = True
        if self._thread is not None:
            self._thread.stop()


class _Listening:
    """A hidden top-level window and its thread: a message-only one is not told of the end."""

    def __init__(self, heard: presence_calls.Heard) -> None:
        self.heard = heard
        self._lock = threading.Lock()
        self._over = False
        # What a sleep or an end waits for at this moment.
        self._safe = threading.Event()
        # Of the thread only: whether the end that comes was told when Windows asked about it.
        self._asked = False
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="presence", daemon=True)
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """End it; not waited for by the thread itself."""
        with self._lock:
            self._over = True
            self._safe.set()
        api.post_thread_message(self._thread.native_id, api.WM_QUIT, 0, 0)
        if self._thread is not threading.current_thread():
            self._thread.join()

    def answer(self, message: int, number: int) -> int | None:
        """What a message is answered with; None where it is nothing to us."""
        if message == api.WM_WTSSESSION_CHANGE and number in _AWAY:
            self._tell(Going.LOCKED, presence_calls.nothing)
            return 0
        if message == api.WM_POWERBROADCAST and number == api.PBT_APMSUSPEND:
            self._hold_up(Going.SLEEPS)
            return 1
        if message == api.WM_QUERYENDSESSION:
            # Another program may still say no. But when it is certain, Qt's own windows hear of it
            # before this one, and with that Qt quits at once.
            self._hold_up(Going.ENDS)
            self._asked = True
            return 1
        if message == api.WM_ENDSESSION:
            if number and not self._asked:
                self._hold_up(Going.ENDS)
            self._asked = False
            return 0
        return None

    def _hold_up(self, going: Going) -> None:
        """Tell it, and keep Windows waiting for our answer until all is safe."""
        with self._lock:
            if self._over:
                return
            safe = self._safe = threading.Event()
        self._tell(going, safe.set)
        safe.wait(_PATIENCE_S)

    def _tell(self, going: Going, safe: presence_calls.Safe) -> None:
        if not self._over:
            presence_calls.tell(self.heard, going, safe)

    def _listen(self) -> None:
        api.register_window_class(ctypes.byref(_window_class))
        window = api.create_window(0, _CLASS, None, 0, 0, 0, 0, 0, None, None, None, None)
        _windows[window] = self
        api.register_session_notification(window, api.NOTIFY_FOR_THIS_SESSION)
        # PCs that only doze when they sleep tell nobody who has not asked for it.
        dozing = api.register_suspend_notification(window, api.DEVICE_NOTIFY_WINDOW_HANDLE)
        self._ready.set()
        message = wintypes.MSG()
        while api.get_message(ctypes.byref(message), None, 0, 0) > 0:
            api.dispatch_message(ctypes.byref(message))
        if dozing:
            api.unregister_suspend_notification(dozing)
        api.unregister_session_notification(window)
        del _windows[window]
        api.destroy_window(window)


# Windows calls with nothing but the handle.
_windows: dict[int, _Listening] = {}


def _told(handle: int, message: int, number: int, extra: int) -> int:
    listening = _windows.get(handle)
    answer = listening.answer(message, number) if listening is not None else None
    return int(api.def_window_proc(handle, message, number, extra)) if answer is None else answer


# Kept for as long as the program runs: Windows holds the function's address only.
_window_class = api.WindowClass(procedure=api.WindowProcedure(_told), name=_CLASS)
