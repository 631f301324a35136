"""Fills a phrase in: slots, dates, the clipboard and other phrases become messages to send."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from companion.phrases.expanding import Atom, Expansion, Lost, Surroundings
from companion.phrases.filled import Bit, Draft, Filled, Look, Piece
from companion.phrases.markup import Tag
from companion.phrases.material import Material, Wording
from companion.profile.records import Image
from companion.profile.template import Clipboard, Cursor, Send, Slot, once
from companion.profile.template_dates import Moment

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Filling:
    """One wording of a phrase, read once, to be filled as often as a key is pressed."""

    def __init__(self, material: Material, wording: Wording, around: Surroundings) -> None:
        self._material, self._now = material, around.now
        read = Expansion(material, wording, around)
        self._plain, self._rich = read.plain, read.rich
        wanted = any(isinstance(atom, Clipboard) for atom in (*self._plain, *self._rich))
        self._copied = clean(around.clipboard()) if wanted else ""
        found = (self._asked(atom) for atom in (*self._plain, *self._rich))
        self.slots = once(slot for slot in found if slot is not None)
        """What is to be asked, each name once, in order."""
        self._known = {slot.name: slot for slot in self.slots}

    def fill(self, values: Mapping[str, str], program: str = "") -> Filled:
        """The messages, with slots by their values, else their defaults, else left empty.

        ``program`` is the short name of the one they go into: the phrase may have rules for it.
        """
        plain = _messages(self._bits(self._plain, values))
        rich = _messages(self._bits(self._rich, values))
        if len(rich) != len(plain):
            # Which HTML is of which message is not known: the text alone is sure.
            rich = [[] for _ in plain]
        rule = self._material.program(program)
        drafts = [
            Draft(
                tuple(bit for bit in bits if isinstance(bit, Piece)),
                tuple(beside),
                enter=at < len(plain) - 1,
                plain=rule is not None and rule.plain,
            )
            for at, (bits, beside) in enumerate(zip(plain, rich, strict=True))
        ]
        drafts = [draft for each in drafts for draft in _apart(each) if _seen(draft)]
        if drafts and rule is not None and rule.enter:
            drafts[-1] = replace(drafts[-1], enter=True)
        pieces = [bit for bits in (*plain, *rich) for bit in bits if isinstance(bit, Piece)]
        return Filled(tuple(drafts), _names(pieces, Look.OPEN), _names(pieces, Look.LOST))

    def _asked(self, atom: Atom) -> Slot | None:
        """The slot that is asked for; the clipboard is one while there is no text on it."""
        if isinstance(atom, Clipboard):
            return None if self._copied else Slot(atom.word)
        return atom if isinstance(atom, Slot) else None

    def _bits(self, atoms: Iterable[Atom], values: Mapping[str, str]) -> Iterator[Bit | Send]:
        for atom in atoms:
            slot = self._asked(atom)
            if slot is not None:
                yield _piece(self._known[slot.name], values)
            elif isinstance(atom, str):
                yield Piece(atom)
            elif isinstance(atom, Moment):
                yield Piece(atom.said(self._now), Look.FILLED)
            elif isinstance(atom, Clipboard):
                yield Piece(self._copied, Look.FILLED, atom.word)
            elif isinstance(atom, Cursor):
                yield Piece("", Look.CURSOR)
            elif isinstance(atom, Lost):
                # Braces and all: nobody would take this for what was meant.
                yield Piece(atom.text, Look.LOST, atom.name)
            elif isinstance(atom, Send | Tag | Image):
                yield atom


def clean(copied: str) -> str:
    """A copied text without what acts: line breaks at its ends would be Enter in a terminal."""
    return _CONTROL.sub("", copied.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")


def _piece(slot: Slot, values: Mapping[str, str]) -> Piece:
    text = values.get(slot.name, slot.default)
    # One of the choices may be to say nothing.
    filled = bool(text.strip()) or text in slot.choices
    return Piece(text, Look.FILLED if filled else Look.OPEN, slot.name)


def _names(pieces: Iterable[Piece], look: Look) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.name for piece in pieces if piece.look is look))


def _messages(bits: Iterable[Bit | Send]) -> list[list[Bit]]:
    """What stands before, between and after the places where Enter is pressed.

    Tags that are open there are closed and opened anew, without leaving empty ones behind.
    """
    made: list[list[Bit]] = [[]]
    opened: list[Tag] = []
    fresh = False
    for bit in bits:
        now = made[-1]
        if isinstance(bit, Send):
            unused = 0
            while now and isinstance(now[-1], Tag) and not now[-1].closing:
                unused += isinstance(tag := now.pop(), Tag) and tag.opening
            kept = opened[: len(opened) - unused]
            now.extend(Tag(tag.name, f"</{tag.name}>", closing=True) for tag in reversed(kept))
            made.append(list(opened))
            fresh = True
        elif not isinstance(bit, Tag):
            fresh = fresh and isinstance(bit, Piece) and not bit.text.strip()
            now.append(bit)
        elif bit.closing:
            empty = fresh and bool(now) and now[-1] == opened[-1]
            opened.pop()
            if empty:
                now.pop()
            else:
                now.append(bit)
        elif bit.opening or not fresh:
            opened.extend([bit] * bit.opening)
            now.append(bit)
    for at, one in enumerate(made):
        if at > 0:
            _trim(one, 0, str.lstrip)
        if at < len(made) - 1:
            _trim(one, -1, str.rstrip)
    return made


def _seen(draft: Draft) -> bool:
    return not draft.empty or any(piece.look is Look.OPEN for piece in draft.pieces)


def _trim(bits: list[Bit], at: int, strip: Callable[[str, str], str]) -> None:
    """Take away the line breaks that stand beside a place where Enter is pressed."""
    while bits:
        bit = bits.pop(at)
        text = strip(bit.text, "\r\n") if isinstance(bit, Piece) else ""
        if isinstance(bit, Piece) and bit.look is Look.TEXT and not text:
            continue
        kept = Piece(text) if isinstance(bit, Piece) and bit.look is Look.TEXT else bit
        bits.insert(at if at == 0 else len(bits), kept)
        return


def _apart(draft: Draft) -> list[Draft]:
    """Images without any text go one by one: a clipboard holds one."""
    if draft.text.strip() or len(draft.images) < 2:
        return [draft]
    ones = [replace(draft, pieces=(), rich=(image,), enter=False) for image in draft.images]
    return [*ones[:-1], replace(ones[-1], enter=draft.enter)]
