"""The GlobalShortcuts portal, by which Wayland desktops give programs hotkeys.

A call is answered twice: at once with a Request object, and through its Response signal when the
desktop, or the agent in a dialog, has decided. Facts and sources: docs/adr/0011-wayland.md.
"""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.desk.bus import Bus, Declined, Heard, Unanswered
from companion.desk.hotkey_text import Hotkey, keysym_name

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST, SESSION = "org.freedesktop.portal.Request", "org.freedesktop.portal.Session"
REGISTRY = "org.freedesktop.host.portal.Registry"
_BUS = "org.freedesktop.DBus"
_ERROR = f"{_BUS}.Error."
# Nobody has the name, and nothing could be started that has it.
_NOBODY = {f"{_ERROR}{kind}" for kind in ("ServiceUnknown", "NameHasNoOwner")}
_MODIFIERS = {"ctrl": "CTRL", "alt": "ALT", "shift": "SHIFT", "super": "LOGO"}


class PortalMissing(Exception):
    """There is no portal, it is too old, it will not have us, or it does not answer."""


class PortalGone(Exception):
    """The portal went away while it was asked."""


class PortalRefused(Exception):
    """The agent, or the desktop for the agent, said no."""


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds."""

    answer: float = 25.0
    """For what the desktop decides by itself."""
    agent: float = 300.0
    """For what it asks the agent in a dialog."""


@dataclass(frozen=True)
class Shortcut:
    """A hotkey to be asked for: its name on the bus, what it does, the keys that are preferred."""

    id: str
    purpose: str
    trigger: str


@dataclass(frozen=True)
class Pressed:
    """A shortcut was pressed; with the token a window of ours may take the focus."""

    id: str
    token: str


@dataclass(frozen=True)
class Changed:
    """The agent chose other keys in the desktop's settings: descriptions by id."""

    given: Mapping[str, str]


@dataclass(frozen=True)
class Closed:
    """The desktop has ended the session: the hotkeys are gone."""


@dataclass(frozen=True)
class Owned:
    """The portal has come (back), or gone."""

    there: bool


Event = Pressed | Changed | Closed | Owned


def shortcut_id(hotkey: Hotkey) -> str:
    """The same for the same keys, however they were written: ``ctrl+alt+space``."""
    held = [name for name in _MODIFIERS if name in hotkey.modifiers]
    return "+".join([*held, hotkey.key])


def trigger(hotkey: Hotkey) -> str:
    """Keys as the portals write them (XDG shortcuts specification): ``CTRL+ALT+space``."""
    held = [sign for name, sign in _MODIFIERS.items() if name in hotkey.modifiers]
    return "+".join([*held, keysym_name(hotkey.key)])


class Portal:
    """The portal over one connection to the bus, with one session at a time."""

    def __init__(self, bus: Bus, app_id: str, patience: Patience) -> None:
        self._bus, self._app_id, self._patience = bus, app_id, patience
        self._session = self._owner = ""
        for interface in (REQUEST, SESSION, SHORTCUTS):
            bus.hear(sender=NAME, interface=interface)
        bus.hear_owner(NAME)

    def bind(self, shortcuts: Sequence[Shortcut]) -> dict[str, str]:
        """Ask for these shortcuts and no others; how each one that was given is described.

        A session can ask once only, so every call begins a new one. Raises PortalMissing,
        PortalGone, PortalRefused.
        """
        self.release()
        self._introduce()
        made = self._request("CreateSession", "", (), ("session_handle_token",))
        if made is None:
            raise PortalMissing
        self._session = str(made.get("session_handle", ""))
        wanted = [
            (
                each.id,
                {"description": ("s", each.purpose), "preferred_trigger": ("s", each.trigger)},
            )
            for each in shortcuts
        ]
        # The empty string: no window of ours is there for a dialog to stand above.
        bound = self._request("BindShortcuts", "oa(sa{sv})s", (self._session, wanted, ""))
        if bound is None:
            self.release()
            raise PortalRefused
        return _given(bound.get("shortcuts", ()))

    def release(self) -> None:
        """Give every shortcut back."""
        session, self._session = self._session, ""
        if session:
            try:
                self._bus.call((NAME, session, SESSION), "Close", "", (), self._patience.answer)
            except (Declined, Unanswered):
                # It has ended the session by itself, or will when the connection ends.
                return

    def event(self, heard: Heard) -> Event | None:
        """What a signal means, None where it does not concern us."""
        if heard.member == "NameOwnerChanged" and heard.sender == _BUS:
            self._owner = str(heard.body[2])
            self._session = ""
            return Owned(bool(self._owner))
        # Whoever is on the bus may send a signal of any kind to us.
        if not self._session or heard.sender != self._owner:
            return None
        if heard.member == "Closed" and heard.path == self._session:
            self._session = ""
            return Closed()
        if heard.path != PATH or str(heard.body[0]) != self._session:
            return None
        if heard.member == "Activated":
            return Pressed(
                str(heard.body[1]), str(_plain(heard.body[3]).get("activation_token", ""))
            )
        return Changed(_given(heard.body[1])) if heard.member == "ShortcutsChanged" else None

    def _introduce(self) -> None:
        """Tell the portal who we are: newer ones give nothing to a program without a name."""
        try:
            self._bus.call((NAME, PATH, REGISTRY), "Register", "sa{sv}", (self._app_id, {}))
        except Declined as declined:
            if declined.name in _NOBODY:
                raise PortalMissing from declined
            # Older portals have no registry, and know programs by how they were started; where
            # no desktop file has our name, the session will be refused, or not.
        except Unanswered as error:
            raise PortalMissing from error
        self._owner = self._bus.owner(NAME)

    def _request(
        self, member: str, signature: str, body: tuple[object, ...], tokens: tuple[str, ...] = ()
    ) -> dict[str, object] | None:
        """Call a method and wait for its Response; None where that says no."""
        token = f"companion_{secrets.token_hex(8)}"
        options = dict.fromkeys(("handle_token", *tokens), ("s", token))
        sender = self._bus.name.removeprefix(":").replace(".", "_")
        handle = f"{PATH}/request/{sender}/{token}"
        asks_agent = member == "BindShortcuts"
        until = time.monotonic() + (self._patience.agent if asks_agent else self._patience.answer)
        try:
            (answer,) = self._bus.call(
                (NAME, PATH, SHORTCUTS), member, f"{signature}a{{sv}}", (*body, options)
            )
        except (Declined, Unanswered) as error:
            raise PortalMissing from error
        # Portals before 0.9 chose the path themselves.
        return self._response({handle, str(answer)}, until)

    def _response(self, handles: set[str], until: float) -> dict[str, object] | None:
        while time.monotonic() < until:
            heard = self._bus.next(until)
            if heard is None:
                continue
            if heard.member == "NameOwnerChanged" and heard.sender == _BUS:
                self.event(heard)
                raise PortalGone
            if heard.member == "Response" and heard.path in handles and heard.sender == self._owner:
                code, results = heard.body
                return None if code else _plain(results)
        for handle in handles:
            self._withdraw(handle)
        raise PortalMissing

    def _withdraw(self, handle: str) -> None:
        """Take a request back, so that no dialog stays open for nothing."""
        try:
            self._bus.call((NAME, handle, REQUEST), "Close", "", (), self._patience.answer)
        except (Declined, Unanswered):
            return


def _plain(options: object) -> dict[str, object]:
    """A dictionary of variants without their signatures."""
    if not isinstance(options, dict):
        return {}
    return {str(name): value for name, (_, value) in options.items()}


def _given(shortcuts: object) -> dict[str, str]:
    """How the keys of each shortcut are described; empty where it has none."""
    found = shortcuts if isinstance(shortcuts, (list, tuple)) else ()
    return {str(id): str(_plain(about).get("trigger_description", "")) for id, about in found}
