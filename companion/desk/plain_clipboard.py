"""Plain text onto the clipboard from a shell, where no window of ours is there to hold it."""

import pyperclip

from companion.errors import ClipboardUnavailable


def copy_text(text: str) -> None:
    """Copy text. Raises ClipboardUnavailable where this desk has no way to (Linux needs xclip)."""
    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException as error:
        raise ClipboardUnavailable from error
