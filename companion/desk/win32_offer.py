"""Content that Windows asks us for when a program pastes, and the window that is asked."""

import ctypes
import logging
import sys
from collections.abc import Callable

from companion.desk import win32_api as api
from companion.desk import win32_memory as memory
from companion.desk.ports import Content, Target
from companion.desk.win32_content import MARKS, forms

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_offer is for Windows only")

_CLASS = "CompanionClipboard"
_log = logging.getLogger(__name__)


class Win32Offer:
    """Fulfils ``ports.Offer``; ``settled`` tells whether nothing waits for the clipboard."""

    def __init__(
        self, content: Content, window: "OfferWindow", settled: Callable[[], bool]
    ) -> None:
        self.forms = {_number(name): form for name, form in forms(content).items()}
        self._window, self._settled = window, settled
        self._fetches = 0

    def fetches(self, by: Target | None = None) -> int:
        """How often any program has asked for the content since it was offered.

        Who asks is not told apart: a console's or a store app's clipboard is opened by another
        process than the one its window belongs to.
        """
        return self._fetches

    def asks(self, by: Target | None = None) -> int:
        """The fetches: which formats there are Windows says by itself."""
        return self._fetches

    def counting(self) -> bool:
        """Not once a program has asked: the others are given what Windows kept."""
        return not self._fetches

    def standing(self) -> bool:
        """Whether the clipboard holds this offer: by now, where it had to wait for its turn."""
        return self._settled() and self._window.holds(self)

    def promise(self) -> None:
        """Put every form on the open clipboard as a promise, and the marks beside them."""
        for number in self.forms:
            api.set_clipboard_data(number, None)
        put_marks()

    def render(self, number: int) -> None:
        """Keep the promise of one form."""
        self._fetches += 1
        if form := self.forms.get(number):
            memory.put(number, form())


def put_whole(content: Content) -> None:
    """Put every form on the open clipboard for good, and the marks beside them."""
    for name, form in forms(content).items():
        memory.put(_number(name), form())
    put_marks()


def put_marks() -> None:
    """Ask clipboard histories and clouds to look away."""
    for name, value in MARKS.items():
        memory.put(_number(name), value)


def _number(name: int | str) -> int:
    return name if isinstance(name, int) else int(api.register_clipboard_format(name))


class OfferWindow:
    """A window that is never seen, because Windows asks a window for what was promised.

    It belongs to the thread that makes it, which must also look for messages.
    """

    def __init__(self) -> None:
        api.register_window_class(ctypes.byref(_window_class))
        self.handle = int(
            api.create_window(0, _CLASS, None, 0, 0, 0, 0, 0, api.HWND_MESSAGE, None, None, None)
        )
        self._offer: Win32Offer | None = None
        _windows[self.handle] = self

    def hold(self, offer: Win32Offer) -> None:
        """Promise this offer on the clipboard, which is open to this window and empty."""
        self._offer = offer
        offer.promise()

    def holds(self, offer: Win32Offer) -> bool:
        """Whether the clipboard holds this offer."""
        return self._offer is offer and api.get_clipboard_owner() == self.handle

    def standing(self) -> bool:
        """Whether the clipboard holds any offer of ours."""
        return self._offer is not None and self.holds(self._offer)

    def render(self, number: int) -> None:
        """A program pastes."""
        if self._offer is not None:
            self._offer.render(number)

    def render_all(self) -> None:
        """The window goes: what it has promised must be there before."""
        with memory.opened(self.handle) as ready:
            if ready and self.standing() and self._offer is not None:
                for number in self._offer.forms:
                    self._offer.render(number)

    def close(self) -> None:
        """Leave what stands on the clipboard to Windows, and go."""
        api.destroy_window(self.handle)
        _windows.pop(self.handle, None)


# Windows calls with nothing but the handle.
_windows: dict[int, OfferWindow] = {}


def _asked(handle: int, message: int, number: int, extra: int) -> int:
    window = _windows.get(handle)
    if window is None or message not in (api.WM_RENDERFORMAT, api.WM_RENDERALLFORMATS):
        return int(api.def_window_proc(handle, message, number, extra))
    try:
        if message == api.WM_RENDERFORMAT:
            window.render(number)
        else:
            window.render_all()
    except Exception:
        # Windows, which has called, knows nothing of exceptions.
        _log.exception("a promised format was not given")
    return 0


# Kept for as long as the program runs: Windows holds the function's address only.
_window_class = api.WindowClass(procedure=api.WindowProcedure(_asked), name=_CLASS)
