"""Brings a file into the open profile: bookmarks or phrases, by what is in it."""

from pathlib import Path

from companion.formats.reading import what_it_holds
from companion.session.importing import ImportReport, import_bookmarks, import_phrases
from companion.session.session import Session


def import_file(session: Session, path: Path) -> ImportReport:
    """Read, merge and save. Raises as read_path() does; may block."""
    holds, _, parsed = what_it_holds(path)
    if parsed.broken is not None:
        raise parsed.broken
    bring = import_bookmarks if holds == "bookmarks" else import_phrases
    report = bring(session.profile, parsed)
    session.save()
    return report
