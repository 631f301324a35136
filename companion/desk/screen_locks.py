"""How desktops say on the session's bus that the screen was locked, and how long one was idle."""

from companion.desk.bus import Bus, Declined, Heard, Unanswered

ACTIVE = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "mate", "cinnamon", "xfce")
)
"""Interfaces with ActiveChanged(b): KDE and many others, GNOME, MATE, Cinnamon, Xfce."""
UKUI = "org.ukui.ScreenSaver"
"""Kylin's: it says ``lock`` and ``unlock``."""
DEEPIN = ("com.deepin.dde.lockFront", "org.deepin.dde.LockFront1")
"""UOS' and deepin's, before and since version 23: Visible(b)."""
IDLE = ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core")
_ANSWER_S = 2.0


def hear(bus: Bus) -> None:
    """Have all of them delivered."""
    for interface in ACTIVE:
        bus.hear(interface=interface, member="ActiveChanged")
    bus.hear(interface=UKUI, member="lock")
    for interface in DEEPIN:
        bus.hear(interface=interface, member="Visible")


def locked(heard: Heard) -> bool:
    """Whether a signal says that the screen is locked from now on."""
    match heard.interface, heard.member:
        case "org.ukui.ScreenSaver", "lock":
            return True
        case interface, "ActiveChanged" if interface in ACTIVE:
            return tuple(heard.body) == (True,)
        case interface, "Visible" if interface in DEEPIN:
            return tuple(heard.body) == (True,)
    return False


def idle_s(bus: Bus) -> float | None:
    """Seconds without a key or the mouse, as GNOME's compositor says; None on other desktops.

    KDE has a question for it (GetSessionIdleTime), which on Wayland is not answered, or with 0.
    """
    interface, path = IDLE
    if not bus.owner(interface):
        return None
    try:
        match bus.call((interface, path, interface), "GetIdletime", "", (), _ANSWER_S):
            case (int(milliseconds),):
                return milliseconds / 1000
    except (Declined, Unanswered):
        return None
    return None
