"""Puts phrases into an input method of this desk, and takes exactly those out again.

Every call may block: never on the GUI thread.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from companion.desk.ports import Programs
from companion.errors import FileUnreadable, FileUnwritable, FormatBroken, InputInvalid
from companion.formats.items import PhraseItem, Problem
from companion.input_methods.finding import InputMethod, Surroundings, found
from companion.input_methods.holding import HOLDERS, Unfit
from companion.input_methods.ledger import Ledger, Note, new_salt, salted
from companion.notes import drop_drafts, hashed
from companion.whole_file import rewrite


@dataclass(frozen=True)
class Put:
    """What was put: how many phrases, what did not fit, and whether the method has heard of it.

    ``told`` is false where it learns of it only when it starts again.
    """

    count: int
    problems: list[Problem]
    told: bool


@dataclass
class TakenOut:
    """The names of what went, and of what remains with the reason.

    Both are keys of the catalogues: ``input_method.NAME``, ``remains.REASON``.
    """

    gone: list[str] = field(default_factory=list)
    remains: list[tuple[str, str]] = field(default_factory=list)


def put(
    method: InputMethod, items: Sequence[PhraseItem], ledger: Ledger, programs: Programs
) -> Put:
    """Put these phrases there, in the place of those that were put there before.

    Raises InputInvalid where the method has no file to write, FormatBroken where that is not as
    it is known (nothing was done), FileUnreadable, FileUnwritable.
    """
    holder = HOLDERS.get(method.kind)
    if holder is None:
        raise InputInvalid(name="method", allowed=" ".join(HOLDERS))
    # A link stays a link.
    file = _real(method)
    for note in ledger.notes():
        if note.file == str(file):
            _undo(note, ledger)
    data = _read(file)
    try:
        joined = holder.joined(data, items)
    except Unfit as error:
        raise FormatBroken(place=str(file), format=method.kind, line=0) from error
    if joined.keys:
        salt = new_salt()
        ours = frozenset(salted(key, salt) for key in joined.keys)
        before = "" if data is None else hashed(data)
        name, kind = method.name, method.kind
        ledger.add(Note(name, kind, str(file), before, salt, ours, joined.glued))
        _write(file, joined.data, data)
    return Put(len(joined.keys), joined.problems, _tell(method, programs))


def take_out(
    ledger: Ledger, programs: Programs, here: Surroundings | None = None, only: str = ""
) -> TakenOut:
    """Take everything out that is noted, or only what the method of that name has. What cannot
    be taken out stays noted.

    Raises FileUnreadable, FileUnwritable for the ledger itself.
    """
    report = TakenOut()
    # What is run comes from what is found here, never from a file.
    methods = {str(_real(method)): method for method in found(here)}
    for note in ledger.notes():
        if only and note.name != only:
            continue
        try:
            _undo(note, ledger)
        except FileUnreadable:
            report.remains.append((note.name, "unreadable"))
        except FileUnwritable:
            report.remains.append((note.name, "unwritable"))
        except FormatBroken:
            report.remains.append((note.name, "unknown"))
        else:
            report.gone.append(note.name)
            if note.file in methods:
                _tell(methods[note.file], programs)
    ledger.tidy()
    return report


def _undo(note: Note, ledger: Ledger) -> None:
    """Take out what one note says, and drop it. Raises FileUnreadable, FileUnwritable,
    FormatBroken.
    """
    file = Path(note.file)
    holder = HOLDERS.get(note.kind)
    # Noted by a later version of this program.
    if holder is None:
        raise FormatBroken(place=note.file, format=note.kind, line=0)
    _clear(file.parent)
    data = _read(file)
    # Where the file is as it was, or gone, it was never put there, or is out already.
    if data is not None and hashed(data) != note.before:
        try:
            left = holder.parted(data, note.is_ours, note.glued)
            bare = not note.before and holder.is_bare(left)
        except Unfit as error:
            raise FormatBroken(place=note.file, format=note.kind, line=0) from error
        if bare:
            _remove(file)
        elif left != data:
            _write(file, left, data)
    ledger.drop(note)


def _real(method: InputMethod) -> Path:
    """The file behind all links; of links that lead in a circle, something nobody can read."""
    return Path(os.path.realpath(method.file))


def _tell(method: InputMethod, programs: Programs) -> bool:
    """Have the method read its file again; whether it has, or reads it when it starts anyway."""
    if method.process and not programs.running(method.process):
        return True
    return bool(method.reload) and programs.run(method.reload)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileUnreadable(place=str(file), reason=type(error).__name__) from error


def _write(file: Path, data: bytes, over: bytes | None) -> None:
    """Put it in the place of what was read; what somebody has written since is not overwritten."""
    if _read(file) != over:
        raise FileUnwritable(place=str(file), reason="changed")
    try:
        rewrite(file, data)
    except OSError as error:
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error


def _clear(folder: Path) -> None:
    """Ours stands in what is left of a write that was cut off, too."""
    try:
        drop_drafts(folder)
    except OSError as error:
        raise FileUnwritable(place=str(folder), reason=type(error).__name__) from error


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error
