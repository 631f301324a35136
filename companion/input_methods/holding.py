"""How each kind of file takes our phrases in beside what it holds, and gives them back."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from companion.errors import FormatBroken
from companion.formats import fcitx5, input_entries, mspinyin, rime
from companion.formats.encoding import decode
from companion.formats.input_entries import Entry
from companion.formats.input_lines import LETTERS_FIRST
from companion.formats.items import PhraseItem, Problem

_BEGIN = "# >>> 随席 Companion: 签退时会拿走 (taken out at sign-out)\n".encode()
_END = "# <<< 随席 Companion\n".encode()
_BOM = b"\xef\xbb\xbf"


class Unfit(Exception):
    """A file is not as this project knows it, and is left alone."""


@dataclass(frozen=True)
class Joined:
    """A file with our phrases; ``keys`` names each of them, for Holder.parted()."""

    data: bytes
    keys: list[str]
    problems: list[Problem]
    glued: bool = False


class Holder(Protocol):
    """One kind of file."""

    def joined(self, data: bytes | None, items: Sequence[PhraseItem]) -> Joined:
        """The file with these phrases besides, None for one that is not there. Raises Unfit.

        What it holds already, to the word, is not put there again.
        """

    def parted(self, data: bytes, ours: Callable[[str], bool], glued: bool) -> bytes:
        """The file without what is ours, all else to the byte. Raises Unfit."""

    def is_bare(self, data: bytes) -> bool:
        """Whether a file that was not there before has nothing left that somebody wrote."""


class _Lines:
    """What the two kinds of text files have in common: a section of whole lines between marks."""

    head = b""
    first = False

    def joined(self, data: bytes | None, items: Sequence[PhraseItem]) -> Joined:
        """See Holder."""
        was = self.head if data is None else data
        # UTF-16: what the program cannot read either.
        if b"\0" in was:
            raise Unfit
        held = {key for line in was.splitlines(keepends=True) if (key := self.key(line))}
        made, problems = self.entries(items, was)
        lines = {key: line for line in map(self.line, made) if (key := self.key(line))}
        new = {key: line for key, line in lines.items() if key not in held}
        section = b"".join((_BEGIN, *new.values(), _END)) if new else b""
        if self.first:
            bom = _BOM if was.startswith(_BOM) else b""
            return Joined(bom + section + was[len(bom) :], [*new], problems)
        glued = bool(section and was and not was.endswith(b"\n"))
        return Joined(was + b"\n" * glued + section, [*new], problems, glued)

    def parted(self, data: bytes, ours: Callable[[str], bool], glued: bool) -> bytes:
        """See Holder. A program that wrote the file anew may have lost marks or moved lines."""
        kept: list[bytes] = []
        begun = 0
        bom = _BOM if data.startswith(_BOM) else b""
        lines = data[len(bom) :].splitlines(keepends=True)
        for line in lines:
            if line.rstrip(b"\r\n") == _BEGIN.rstrip():
                begun = len(kept)
            if not self._is_ours(line, ours):
                kept.append(line)
        if len(kept) == len(lines) and self._is_saved_otherwise(data, ours):
            raise Unfit
        if glued and kept and begun == len(kept):
            kept[-1] = kept[-1].removesuffix(b"\n")
        return bom + b"".join(kept)

    def _is_ours(self, line: bytes, ours: Callable[[str], bool]) -> bool:
        if line.rstrip(b"\r\n") in (_BEGIN.rstrip(), _END.rstrip()):
            return True
        return bool((key := self.key(line)) and ours(key))

    def _is_saved_otherwise(self, data: bytes, ours: Callable[[str], bool]) -> bool:
        """Whether an editor has saved it, with ours in it, as something its program cannot read."""
        try:
            lines = decode(data, "", "").text.encode("utf-8", "replace").splitlines()
        except FormatBroken:
            return False
        return any(self._is_ours(line, ours) for line in lines)

    def is_bare(self, data: bytes) -> bool:
        """See Holder."""
        return not data.replace(self.head, b"", 1).strip()

    def entries(self, items: Sequence[PhraseItem], was: bytes) -> tuple[list[Entry], list[Problem]]:
        """What of these phrases the file can hold."""
        raise NotImplementedError

    def line(self, entry: Entry) -> bytes:
        """A phrase as a line, with its end."""
        raise NotImplementedError

    def key(self, line: bytes) -> str:
        """What names the phrase of a line, wherever it is moved; empty where it holds none."""
        raise NotImplementedError


class _Rime(_Lines):
    """Rime's custom_phrase.txt. Rime only reads it; what is ours stands at its end."""

    head = rime.table([], "custom_phrase.txt")

    def entries(self, items: Sequence[PhraseItem], was: bytes) -> tuple[list[Entry], list[Problem]]:
        comments = not re.search(rb"(?m)^# no comment\s*$", was)

        def fit(code: str, text: str) -> Problem | None:
            if comments and text.startswith("#"):
                return Problem("text_unfit")
            return rime.unfit(code, text)

        return input_entries.entries(items, fit)

    def line(self, entry: Entry) -> bytes:
        # The weights of the desk's own are unknown: ours count down from a hundred.
        return f"{entry.text}\t{entry.code}\t{max(100 - entry.place, 1)}\n".encode()

    def key(self, line: bytes) -> str:
        text, _, rest = line.rstrip().decode("utf-8", "replace").partition("\t")
        code = rest.partition("\t")[0].strip()
        return f"{code}\t{text}" if code else ""


class _Fcitx5(_Lines):
    """fcitx5's pinyin/customphrase. What is ours stands first: a phrase of several lines, open at
    the end of the file, would swallow it. fcitx5's own window writes the whole file anew.
    """

    first = True

    def entries(self, items: Sequence[PhraseItem], was: bytes) -> tuple[list[Entry], list[Problem]]:
        return input_entries.entries(items, fcitx5.unfit, fcitx5.said)

    def line(self, entry: Entry) -> bytes:
        return fcitx5.line(entry).encode()

    def key(self, line: bytes) -> str:
        head = LETTERS_FIRST.fullmatch(line.rstrip(b"\r\n").decode("utf-8", "replace"))
        # It may have given the phrase another place.
        return f"{head[1]}\t{fcitx5.unquoted(head[3])}" if head and head[3] else ""


class _Microsoft:
    """Microsoft Pinyin's file of phrases. What is ours stands last, each entry as it was made."""

    def joined(self, data: bytes | None, items: Sequence[PhraseItem]) -> Joined:
        """See Holder."""
        was = mspinyin.packed([]) if data is None else data
        there = self._records(was)
        held = {key for key, _ in there}
        made, problems = input_entries.entries(items, mspinyin.unfit, mspinyin.said)
        new = {self._key(one): one for one in map(mspinyin.record, made)}
        new = {key: one for key, one in new.items() if key not in held}
        records = [*(one for _, one in there), *new.values()]
        return Joined(mspinyin.repacked(was, records), [*new], problems)

    def parted(self, data: bytes, ours: Callable[[str], bool], glued: bool) -> bytes:
        """See Holder."""
        kept = [one for key, one in self._records(data) if not ours(key)]
        return mspinyin.repacked(data, kept)

    def is_bare(self, data: bytes) -> bool:
        """See Holder."""
        return not self._records(data)

    def _records(self, data: bytes) -> list[tuple[str, bytes]]:
        """The entries with their keys. Raises Unfit where the file would not come out the same."""
        try:
            records = mspinyin.records(data)
        except ValueError as error:
            raise Unfit from error
        if mspinyin.repacked(data, records) != data:
            raise Unfit
        return [(self._key(one), one) for one in records]

    def _key(self, record: bytes) -> str:
        """Its code and its text; Windows may give an entry another place and another time."""
        return record[16:].decode("utf-16-le", "replace")


HOLDERS: dict[str, Holder] = {"rime": _Rime(), "fcitx5": _Fcitx5(), "mspinyin": _Microsoft()}
