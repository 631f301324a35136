"""How long nobody has touched the keys or the mouse, as the X server knows it."""

from Xlib import error
from Xlib.display import Display


class X11Idle:
    """Asks the X server over a connection of its own, which opens with the first question."""

    def __init__(self) -> None:
        self._display: Display | None = None
        self._knows = True

    def __call__(self) -> float | None:
        """Seconds without a key or the mouse; None where the server does not know or is gone.

        Takes a millisecond, the first time some twenty.
        """
        if not self._knows:
            return None
        try:
            return self._asked()
        except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError):
            self._knows = False
            return None

    def _asked(self) -> float | None:
        # It costs a start some milliseconds, and nobody asks this early.
        from Xlib.ext import screensaver

        if self._display is None:
            self._display = Display()
            self._knows = self._display.query_extension(screensaver.extname) is not None
            if not self._knows:
                return None
        told = screensaver.query_info(self._display.screen().root)
        return float(told.idle) / 1000
