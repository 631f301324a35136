"""Picks what starts the browsers of this PC, without any window."""

import sys

from companion.desk.ports import BrowserLauncher


def launcher() -> BrowserLauncher:
    """The launcher that fits this PC."""
    # Checkers know a platform's own modules by this form of the question only.
    if sys.platform == "win32":
        from companion.desk.win32_browsers import Win32Browsers

        return Win32Browsers()
    from companion.desk.browser_programs import BrowserPrograms

    return BrowserPrograms()
