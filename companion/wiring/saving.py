"""Which folder a dialog begins in when an agent saves a file: always one that is there."""

import os
from pathlib import Path

import platformdirs

from companion.desk.drives import removable


def folder_to_keep() -> Path:
    """For a file that stays on this desk: the documents where there are any, else the home."""
    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def folder_to_carry() -> Path:
    """For a file that is to leave this desk: a stick that can be written to, else as above.

    It may wait for a drive: not for the GUI thread.
    """
    sticks = (stick for stick in removable() if stick.is_dir() and os.access(stick, os.W_OK))
    return next(sticks, None) or folder_to_keep()


def stays_here(place: Path) -> bool:
    """Whether what is saved there lies with the user's own files on this computer."""
    return place.is_relative_to(Path.home())
