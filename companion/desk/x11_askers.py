"""Who asks for what we offer on X11's clipboard: Qt answers all alike and tells nobody."""

import ctypes
from collections import Counter

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from Xlib import display, error
from Xlib.display import Display
from Xlib.ext import res

_XCB_EVENT = b"xcb_generic_event_t"
_SELECTION_REQUEST = 30
# The highest bit of an event's kind marks those that another program has sent itself.
_KIND = 0x7F


class _SelectionRequest(ctypes.Structure):
    """xcb_selection_request_event_t."""

    _fields_ = (
        ("kind", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
        ("owner", ctypes.c_uint32),
        ("requestor", ctypes.c_uint32),
        ("selection", ctypes.c_uint32),
        ("target", ctypes.c_uint32),
        ("property", ctypes.c_uint32),
    )


class Askers(QAbstractNativeEventFilter):
    """Hears every request for the clipboard just before Qt answers it.

    A clipboard history asks as well, and often before the window that was pasted into: without
    this, its request would be taken for the window's.
    """

    def __init__(self) -> None:
        super().__init__()
        self.latest = 0
        """The window that has asked last."""
        self.asked: Counter[int] = Counter()
        """How often each window has asked, since listening began or was begun anew."""
        self._display = display.Display()
        self._mask = int(self._display.display.info.resource_id_mask)
        self._same: dict[tuple[int, int], bool] = {}

    def listen(self, on: bool) -> None:
        """Begin or stop: while nothing is offered, no event need pass through Python."""
        application = QCoreApplication.instance()
        if application is None:
            return
        # Qt calls a filter that is installed twice only once.
        if on:
            self._same.clear()
            self.asked.clear()
            application.installNativeEventFilter(self)
        else:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Note who asks; Qt then answers as always."""
        if kind == _XCB_EVENT:
            asked = _SelectionRequest.from_address(int(message))
            if asked.kind & _KIND == _SELECTION_REQUEST:
                self.latest = asked.requestor
                self.asked[asked.requestor] += 1
        return False, 0

    def same_program(self, window: int, other: int) -> bool:
        """Whether two windows belong to one connection to the server, or else to one process."""
        # A window's number begins with that of its program's connection.
        pair = (window & ~self._mask, other & ~self._mask)
        if pair not in self._same:
            processes = [process_of(self._display, client) for client in pair]
            self._same[pair] = pair[0] == pair[1] or processes[0] == processes[1] != 0
        return self._same[pair]


def process_of(connection: Display, window: int) -> int:
    """The process whose window this is, 0 where it is on another machine or gone."""
    try:
        said = connection.res_query_client_ids([(window, res.LocalClientPIDMask)])
    except (error.XError, AttributeError):
        # A server without the extension gives python-xlib no such method.
        return 0
    return next((int(found.value[0]) for found in said.ids if found.value), 0)
