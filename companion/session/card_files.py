"""Seat cards as files: written with words for people, read tolerantly, found where they may lie."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from os import DirEntry, scandir
from pathlib import Path

from companion.errors import (
    CompanionError,
    FileTooLarge,
    FileUnreadable,
    FileUnwritable,
)
from companion.policy import DEVICE, UNFIT, Policy
from companion.session.card import Card, read_card
from companion.whole_file import write_whole

SUFFIX = ".seatcard"
MOST_BYTES = 64 * 1024
# A stick may be full of photos: its names are cheap to look at, and few of its files are cards.
_MOST_NAMES, _MOST_CARDS = 2_000, 50
_MOST_NAME = 60


@dataclass(frozen=True)
class FoundCard:
    """A card, and the file that it stands in."""

    card: Card
    file: Path


def file_name(agent: str) -> str:
    """What the card of an agent is called as a file, on every system."""
    name = UNFIT.sub("_", agent)[:_MOST_NAME].strip(". ")
    return f"{'_' if not name or DEVICE.match(name) else ''}{name}{SUFFIX}"


def write_card(card: Card, file: Path, words: Sequence[str]) -> None:
    """Put a card into a file, below lines that say what it is. Raises FileUnwritable."""
    text = "\r\n".join([*words, "", card.text(), ""])
    try:
        write_whole(file, text.encode("utf-8-sig"))
    except OSError as error:
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error


def read_card_file(file: Path) -> Card:
    """The card in a file, with or without words around it.

    Raises CardDamaged, NewerFormat, FileUnreadable, FileTooLarge.
    """
    return read_card(card_text(file))


def card_text(file: Path) -> str:
    """What stands in a small text file. Raises FileUnreadable, FileTooLarge."""
    try:
        # A pipe or a device would keep whoever opens it waiting.
        if not file.is_file():
            raise FileUnreadable(place=str(file), reason="FileNotFoundError")
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(place=str(file), reason=type(error).__name__) from error
    if len(data) > MOST_BYTES:
        raise FileTooLarge(place=str(file), most=1)
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    # An editor may have saved the words in another encoding; the card itself is ASCII.
    return data.decode("utf-16" if marked else "utf-8-sig", "replace")


def found_cards(places: Iterable[Path]) -> list[FoundCard]:
    """The cards that lie in these folders, the newest first; of each profile the newest only.

    Whatever is no whole card there, or cannot be read, is none.
    """
    dated = [found for place in places for found in _in_folder(place)]
    dated.sort(key=lambda found: found[0], reverse=True)
    newest: dict[str, FoundCard] = {}
    for _, found in dated:
        newest.setdefault(found.card.profile, found)
    return list(newest.values())


def card_of(policy: Policy, agent: str) -> FoundCard | None:
    """The card of an agent who typed this name, in the folder that is laid down for cards.

    Others' cards in it are not looked at. Raises CardDamaged, NewerFormat, FileTooLarge for his.
    """
    if not policy.cards or not agent.strip():
        return None
    file = Path(policy.cards) / file_name(agent.strip())
    try:
        return FoundCard(read_card_file(file), file)
    except FileUnreadable:
        return None


def _in_folder(place: Path) -> Iterator[tuple[float, FoundCard]]:
    """The cards in a folder, each with when it was written."""
    # A stick may be pulled out in the middle of this.
    with suppress(OSError), scandir(place) as entries:
        named = (each for each in islice(entries, _MOST_NAMES) if _is_named_so(each.name))
        for entry in islice(named, _MOST_CARDS):
            with suppress(OSError, CompanionError):
                yield _card_in(entry)


def _is_named_so(name: str) -> bool:
    # What a Mac puts beside each file of a stick begins with a dot.
    return name.lower().endswith(SUFFIX) and not name.startswith(".")


def _card_in(entry: DirEntry[str]) -> tuple[float, FoundCard]:
    if not entry.is_file(follow_symlinks=False):
        raise FileUnreadable(place=entry.path, reason="FileNotFoundError")
    file = Path(entry.path)
    return entry.stat(follow_symlinks=False).st_mtime, FoundCard(read_card_file(file), file)
