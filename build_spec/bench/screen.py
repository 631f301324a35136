"""Presses keys on a virtual screen and watches its pixels, from this process's own connection."""

import time
from dataclasses import dataclass

from Xlib import XK, X, display
from Xlib.ext import xtest

from tests.e2e.desktop import wait_for

_EVERY_PLANE = 0xFFFFFFFF


@dataclass(frozen=True)
class Area:
    """A rectangle of the screen."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Seen:
    """When an area was first seen as it should be, and when it was last seen otherwise."""

    at: float
    not_yet: float


class Screen:
    """One connection to an X server: XTEST keys, GetImage and the window manager's hints."""

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root
        self._active = self._display.intern_atom("_NET_ACTIVE_WINDOW")

    def press(self, *names: str, held_s: float = 0.0) -> float:
        """Press keys together and let them go; the time just before the last one went down.

        A person holds a key for 50 to 100 ms; ``held_s`` is for programs that look for it late.
        """
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes[:-1]:
            xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        begun = time.monotonic()
        xtest.fake_input(self._display, X.KeyPress, codes[-1])
        if held_s:
            self._display.flush()
            time.sleep(held_s)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.flush()
        return begun

    def focused(self) -> int:
        """The window that the window manager calls active."""
        held = self._root.get_full_property(self._active, X.AnyPropertyType)
        return int(held.value[0]) if held and len(held.value) else 0

    def wait_focused(self, window: int) -> None:
        """Wait until a window is active."""
        wait_for(lambda: self.focused() == window)

    def area_of(self, window: int) -> Area:
        """Where a window lies on the screen."""
        held = self._display.create_resource_object("window", window)
        size = held.get_geometry()
        at = held.translate_coords(self._root, 0, 0)
        return Area(-at.x, -at.y, size.width, size.height)

    def pixels(self, area: Area) -> bytes:
        """What is on the screen there now."""
        image = self._root.get_image(
            area.x, area.y, area.width, area.height, X.ZPixmap, _EVERY_PLANE
        )
        data = image.data
        return data if isinstance(data, bytes) else data.encode("latin-1")

    def watch(self, area: Area, wanted: bytes, seconds: float = 5.0) -> Seen:
        """Look without a pause until the area shows exactly what is wanted."""
        end = time.monotonic() + seconds
        not_yet = time.monotonic()
        while (found := self.pixels(area)) != wanted:
            not_yet = time.monotonic()
            if not_yet > end:
                raise TimeoutError(f"{len(found)} bytes never became what was wanted")
        return Seen(time.monotonic(), not_yet)

    def close(self) -> None:
        """End the connection."""
        self._display.close()
