"""What is typed after a hotkey waits within the X server until it is known whom it is for.

A hotkey that holds freezes the keyboard from within the server, at the very key press: what is
typed next waits there, in order, until it is known which window it is for (docs/adr/0012).
"""

import time

from Xlib import X, error
from Xlib.display import Display
from Xlib.protocol.rq import Event

# A window that is not there by then never comes: nobody's keyboard may stand still for longer.
_HOLD_S = 1.0


class Waiting:
    """The keyboard of one connection, frozen for at most a second; on that connection's thread."""

    def __init__(self, connection: Display) -> None:
        self._display = connection
        self._until: float | None = None
        self._heir = 0
        """The window that what waits is for, once it is known."""

    def left(self) -> float | None:
        """The seconds until it is let go in any case; None where nothing waits."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    def begin(self) -> None:
        """The keyboard is frozen from now on."""
        self._until = time.monotonic() + _HOLD_S

    def hand_over(self, window: int) -> None:
        """Let go of the keyboard when a window has the focus, which it may have already."""
        if self._until is None:
            return
        # Asked of the server: a toolkit tells of a focus late, or not at all where it believes
        # that the window never lost it.
        self._heir = window
        self._watch_heir(X.FocusChangeMask)
        focus = self._display.get_input_focus().focus
        if getattr(focus, "id", focus) == window:
            self.end()

    def hear(self, happened: Event) -> None:
        """Let go when the heir has the focus."""
        if happened.type == X.FocusIn and happened.detail != X.NotifyPointer:
            self.end()

    def end(self) -> None:
        """Let go of the keyboard: the server hands out what it kept, by the focus of now."""
        self._until = None
        if self._heir:
            self._watch_heir(X.NoEventMask)
            self._heir = 0
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()

    def _watch_heir(self, events: int) -> None:
        heir = self._display.create_resource_object("window", self._heir)
        heir.change_attributes(event_mask=events, onerror=error.CatchError(error.BadWindow))
