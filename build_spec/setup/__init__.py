"""Gives a bare machine what Companion needs to start or be tested; Python's own library only."""

import sys

OLDEST_PYTHON = (3, 11)
# This file and make.py keep to the syntax of older Pythons, so that those get this far.
if sys.version_info < OLDEST_PYTHON:
    sys.exit(f"Companion needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")


class SetupError(Exception):
    """The set-up cannot go on; the message is what the person at the keyboard reads."""
