"""The words for what signing out has left on this desk, and for where was looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from companion.ui.messages import Message, reason_in_words
from companion.ui.remaining import place_of, why_of
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.searching import Looked, Trace
    from companion.session.standing import SignedOut

# What closing the browser mends: the app tries again by itself.
_TRIED_AGAIN = ("browser.remains.running", "browser.remains.unwritable")


@dataclass(frozen=True)
class Item:
    """One thing that is left: where, why, and what the agent can do about it."""

    where: str
    why: str
    do: str

    @property
    def text(self) -> str:
        """Why and what to do, as one paragraph."""
        return str(Message(self.why, self.do, ""))


@dataclass(frozen=True)
class Report:
    """What an agent is told at the end; ``lead`` and ``items`` may be empty."""

    heading: str
    lead: str
    items: tuple[Item, ...]
    looked: str

    def text(self) -> str:
        """All of it as plain text, for a shell and for the clipboard."""
        said = [self.heading, self.lead]
        said += [f"- {item.where}\n  {item.text}" for item in self.items]
        return "\n".join(filter(None, [*said, self.looked]))


def report(out: SignedOut, words: Words, card_copied: bool = False) -> Report:
    """What signing out did, in words.

    ``card_copied``: a seat card may still be on the clipboard, for the next desk.
    """
    say = words.say
    items = [
        Item(
            place_of(one, words),
            why_of(one, words),
            say("leaving.remains_do") if one.why in _TRIED_AGAIN else "",
        )
        for one in out.remains
    ]
    items += [_item(trace, words) for trace in out.traces]
    if items:
        heading = say("left.some_sealed" if out.kept_sealed else "left.some", count=len(items))
    elif out.kept_sealed:
        heading = say("left.sealed")
    else:
        heading = say("left.but_card" if card_copied else "left.nothing")
    lead = (("leaving.kept", out.kept_sealed), ("left.card", card_copied))
    said = "\n".join(say(key) for key, is_so in lead if is_so)
    return Report(heading, said, tuple(items), _looked(out.looked, words))


def _item(trace: Trace, words: Words) -> Item:
    where = f"left.where.{trace.where}"
    return Item(
        words.say(where) if words.knows(where) else trace.where,
        words.say(f"left.why.{trace.why}", reason=reason_in_words(trace.reason, words)),
        words.say(f"left.do.{trace.why}"),
    )


def _looked(looked: Looked, words: Words) -> str:
    def named(places: tuple[str, ...]) -> str:
        return words.say("list.between").join(words.say(f"left.place.{name}") for name in places)

    said = list[str]()
    if looked.places:
        said.append(words.say("left.looked", places=named(looked.places), count=looked.files))
    if looked.unfinished:
        said.append(words.say("left.unfinished", places=named(looked.unfinished)))
    if looked.skipped:
        said.append(words.say("left.skipped", count=looked.skipped))
    return "\n".join(said)
