"""The numbers by which Windows knows the keys that Companion presses, watches and registers."""

from companion.desk.hotkey_text import Hotkey

VK_SHIFT = 0x10
VK_CONTROL = 0x11
VK_ALT = 0x12
VK_RETURN = 0x0D
VK_LEFT = 0x25
VK_INSERT = 0x2D
VK_LEFT_WIN = 0x5B
VK_RIGHT_WIN = 0x5C

MODIFIER_KEYS = (VK_SHIFT, VK_CONTROL, VK_ALT, VK_LEFT_WIN, VK_RIGHT_WIN)

# These share their codes with the numeric pad; without this mark, Num Lock makes them digits.
EXTENDED_KEYS = frozenset({VK_INSERT, VK_LEFT})

# RegisterHotKey's bits.
_MODIFIERS = {"alt": 0x1, "ctrl": 0x2, "shift": 0x4, "super": 0x8}

# Letters and digits are their own ASCII codes. The punctuation is where US and Chinese keyboards
# have it: Windows numbers those keys by place.
_KEYS = {
    **{key: ord(key.upper()) for key in "abcdefghijklmnopqrstuvwxyz0123456789"},
    **{f"f{number}": 0x70 + number - 1 for number in range(1, 25)},
    "tab": 0x09,
    "enter": VK_RETURN,
    "escape": 0x1B,
    "space": 0x20,
    "pageup": 0x21,
    "pagedown": 0x22,
    "end": 0x23,
    "home": 0x24,
    "left": VK_LEFT,
    "up": 0x26,
    "right": 0x27,
    "down": 0x28,
    "insert": VK_INSERT,
    "delete": 0x2E,
    "semicolon": 0xBA,
    "equal": 0xBB,
    "comma": 0xBC,
    "minus": 0xBD,
    "period": 0xBE,
    "slash": 0xBF,
    "grave": 0xC0,
    "bracketleft": 0xDB,
    "backslash": 0xDC,
    "bracketright": 0xDD,
    "apostrophe": 0xDE,
}


def hotkey_codes(hotkey: Hotkey) -> tuple[int, int]:
    """The modifier bits and the virtual key of a hotkey, as RegisterHotKey takes them."""
    return sum(_MODIFIERS[name] for name in hotkey.modifiers), _KEYS[hotkey.key]
