"""Global hotkeys on Wayland: one session of the desktop's portal, on a thread that calls back."""

import os
import select
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from companion.desk import hotkey_calls, portal
from companion.desk.bus import Bus, BusLost, Ended
from companion.desk.hotkey_text import Hotkey, other_keys, parse
from companion.desk.launching import start_command
from companion.desk.ports import Ask
from companion.errors import CompanionError, HotkeyRefused, HotkeysUnavailable, HotkeyTaken

_END_S = 5.0


@dataclass(frozen=True)
class Pace:
    """When to ask, in seconds."""

    settle: float = 0.1
    """From the last hotkey that is registered to asking for all: the agent is asked once."""
    pause: float = 1.0
    """From losing the portal to asking for it; twice as long each further time."""
    tries: int = 5
    """How often, before the agent is told that his hotkeys are gone."""
    patience: portal.Patience = field(default_factory=portal.Patience)


@dataclass
class _Held:
    """A registered hotkey; ``told`` is what the agent has heard about it last."""

    keys: str
    hotkey: Hotkey
    pressed: Callable[[], None]
    ask: Ask | None
    told: str = ""


class WaylandHotkeys:
    """The Hotkeys port. Nothing is said at once: what the desktop gives is heard through Ask.

    ``app_id`` is the name of our desktop file; ``focus`` takes the token by which the window that
    a hotkey opens may have the focus, on the hotkey thread and before the callback.
    """

    def __init__(self, app_id: str, focus: Callable[[str], None], pace: Pace | None = None) -> None:
        self._app_id, self._focus, self._pace = app_id, focus, pace or Pace()
        self._lock = threading.Lock()
        self._held: dict[str, _Held] = {}
        self._over = self._fresh = False
        self._wake, self._waker = os.pipe()
        self._thread: threading.Thread | None = None
        # Of the hotkey thread only: when to ask next, how often that failed, whether the agent
        # has said no, and whether the hotkeys were there already.
        self._due: float | None = None
        self._tries = 0
        self._refused = self._had = False

    def register(
        self,
        keys: str,
        pressed: Callable[[], None],
        hold: bool = False,
        ask: Ask | None = None,
    ) -> None:
        """Ask the desktop for keys, soon; pressed is called on the hotkey thread."""
        hotkey = parse(keys)
        with self._lock:
            if self._over or portal.shortcut_id(hotkey) in self._held:
                raise HotkeyTaken(keys=keys)
            self._held[portal.shortcut_id(hotkey)] = _Held(keys, hotkey, pressed, ask)
            self._fresh = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, daemon=True, name="hotkeys")
                self._thread.start()
            os.write(self._waker, b"!")

    def resume(self, window: int) -> None:
        """Nothing waits: the desktop lets nobody hold its keyboard."""

    def close(self) -> None:
        """Give every hotkey back (the portal hears that we are gone) and end the thread."""
        with self._lock:
            over, self._over = self._over, True
            thread, self._thread = self._thread, None
        if over:
            return
        os.write(self._waker, b"!")
        if thread is not None:
            thread.join(_END_S)
            if thread.is_alive():
                return
        os.close(self._wake)
        os.close(self._waker)

    def _listen(self) -> None:
        lost = 0
        while True:
            try:
                bus = Bus(self._wake, lambda: self._over)
            except BusLost:
                # One that was never there will not come; one that was lost may be restarted.
                if not self._had or lost == self._pace.tries:
                    break
                if self._ended_within(self._pace.pause * 2**lost):
                    return
                lost += 1
                continue
            lost = 0
            try:
                self._serve(bus)
            except Ended:
                return
            except BusLost:
                if self._ended_within(self._pace.pause):
                    return
            finally:
                bus.close()
        with self._lock:
            # Whatever is registered from now on tries it anew.
            self._thread = None
        self._lose()

    def _ended_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self._over and (left := until - time.monotonic()) > 0:
            if select.select([self._wake], [], [], left)[0]:
                os.read(self._wake, 4096)
        return self._over

    def _serve(self, bus: Bus) -> None:
        """Keep the hotkeys for as long as the bus lives."""
        gate = portal.Portal(bus, self._app_id, self._pace.patience)
        self._fresh = True
        while not self._over:
            now = time.monotonic()
            if self._fresh:
                self._fresh, self._refused, self._tries = False, False, 0
                self._due = now + self._pace.settle
            if self._due is not None and now >= self._due:
                self._due = None
                self._bind(gate)
                if self._fresh:
                    # What was registered meanwhile has woken us already.
                    continue
            heard = bus.next(self._due)
            if heard is not None:
                self._answer(gate.event(heard))

    def _bind(self, gate: portal.Portal) -> None:
        wanted = [
            portal.Shortcut(
                id, held.ask.purpose if held.ask else held.keys, portal.trigger(held.hotkey)
            )
            for id, held in self._all().items()
        ]
        try:
            given = gate.bind(wanted)
        except portal.PortalRefused:
            self._refuse()
        except portal.PortalGone:
            self._again()
        except portal.PortalMissing:
            if self._had:
                self._again()
            else:
                self._lose()
        else:
            self._had, self._tries = True, 0
            self._report(given)

    def _answer(self, event: portal.Event | None) -> None:
        match event:
            case portal.Pressed(id, token):
                self._press(id, token)
            case portal.Changed(given):
                self._report(given)
            case portal.Closed():
                self._refuse()
            case portal.Owned(there):
                # The agent has said no: the next portal must not ask once more.
                if self._refused or self._tries > self._pace.tries:
                    return
                if there:
                    self._due = time.monotonic()
                elif self._had:
                    self._again()

    def _press(self, id: str, token: str) -> None:
        held = self._all().get(id)
        if held is None:
            return
        hotkey_calls.call(lambda: self._focus(token))
        hotkey_calls.call(held.pressed)

    def _again(self) -> None:
        """Ask once more, later each time; at last say that the hotkeys are gone."""
        if self._tries < self._pace.tries:
            self._due = time.monotonic() + self._pace.pause * 2**self._tries
        else:
            self._lose()
        self._tries += 1

    def _report(self, given: Mapping[str, str]) -> None:
        for id, held in self._all().items():
            described = given.get(id, "")
            if not described:
                _tell(held, HotkeyRefused(keys=held.keys))
            elif other_keys(held.hotkey, described):
                _tell(held, described)
            else:
                held.told = ""

    def _refuse(self) -> None:
        self._refused = True
        for held in self._all().values():
            _tell(held, HotkeyRefused(keys=held.keys))

    def _lose(self) -> None:
        self._had = False
        for held in self._all().values():
            _tell(held, HotkeysUnavailable(keys=held.keys, command=start_command()))

    def _all(self) -> dict[str, _Held]:
        with self._lock:
            return dict(self._held)


def _tell(held: _Held, answer: str | CompanionError) -> None:
    """Say it once, until it is something else."""
    said = answer.code if isinstance(answer, CompanionError) else answer
    if held.ask is not None and said != held.told:
        held.told = said
        held.ask.answered(answer)
