"""Brings a file into the open profile: bookmarks or phrases, by what is in it."""

from pathlib import Path

from companion.errors import FileUnreadable, FormatUnknown
from companion.formats.detection import read_file
from companion.session.importing import ImportReport, import_bookmarks, import_phrases
from companion.session.session import Session


def import_file(session: Session, path: Path) -> ImportReport:
    """Read, merge and save. Raises FileUnreadable, FormatUnknown, FormatBroken; may block."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(place=str(path), reason=type(error).__name__) from error
    # Bookmarks first: a page of HTML could pass for a table with one column.
    for holds, bring in (("bookmarks", import_bookmarks), ("phrases", import_phrases)):
        try:
            _, parsed = read_file(data, path.name, holds)
        except FormatUnknown:
            continue
        report = bring(session.profile, parsed)
        session.save()
        return report
    raise FormatUnknown(place=path.name)
