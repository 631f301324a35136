"""Notices when a program tells the agent something: a small window that it puts on the screen."""

from collections.abc import Collection

from Xlib import X, display, error


class Telling:
    """Watches the screen for windows that ask no window manager, as notices by the tray are."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._pid = self._display.intern_atom("_NET_WM_PID")
        root = self._display.screen().root
        root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()
        self._processes: Collection[int] = ()
        self._told = False

    def begin(self, processes: Collection[int]) -> None:
        """Look from now on for what these processes tell."""
        self._look()
        self._processes, self._told = processes, False

    def told(self) -> bool:
        """Whether one of them has told something since then."""
        self._look()
        return self._told

    def _look(self) -> None:
        for _ in range(self._display.pending_events()):
            event = self._display.next_event()
            # An ordinary window is mapped in its manager's frame, and is not seen here.
            if event.type == X.MapNotify:
                self._told = self._told or self._process(event.window.id) in self._processes

    def _process(self, window: int) -> int:
        found = self._display.create_resource_object("window", window)
        try:
            held = found.get_full_property(self._pid, X.AnyPropertyType)
        except error.XError:
            return 0
        return int(held.value[0]) if held and len(held.value) else 0

    def close(self) -> None:
        """End the connection."""
        self._display.close()
