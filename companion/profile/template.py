"""Phrase bodies: ``{name}`` or ``{name:default}`` is a slot, ``{{`` and ``}}`` are braces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# A slot's name and default hold no braces and no line breaks, so that a stray brace in pasted
# text (code, JSON, CSS) stays what it is instead of swallowing the rest of the phrase.
# A Chinese input method types the wide colon.
_TOKEN = re.compile(
    r"\{\{|\}\}"
    r"|\{(?=[^{}:\uff1a\n]*[^{}:\uff1a\s])([^{}:\uff1a\n]{1,40})(?:[:\uff1a]([^{}\n]*))?\}"
)


@dataclass(frozen=True)
class Slot:
    """A place the agent fills in; ``default`` is offered first."""

    name: str
    default: str = ""


def parse(body: str) -> list[str | Slot]:
    """The body as literal text and slots, in order; adjacent text is joined."""
    parts: list[str | Slot] = []

    def text(piece: str) -> None:
        if piece and parts and isinstance(parts[-1], str):
            parts[-1] += piece
        elif piece:
            parts.append(piece)

    at = 0
    for token in _TOKEN.finditer(body):
        text(body[at : token.start()])
        at = token.end()
        if token.group(0) in ("{{", "}}"):
            text(token.group(0)[0])
        else:
            parts.append(Slot(token.group(1).strip(), token.group(2) or ""))
    text(body[at:])
    return parts


def slots(body: str) -> list[Slot]:
    """The slots of a body, each name once, in the order they first appear."""
    found: dict[str, Slot] = {}
    for part in parse(body):
        if isinstance(part, Slot):
            found.setdefault(part.name, part)
    return list(found.values())


def fill(body: str, values: Mapping[str, str]) -> str:
    """The text to send: each slot replaced by its value, else by its default, else left empty."""
    return "".join(
        part if isinstance(part, str) else values.get(part.name, part.default)
        for part in parse(body)
    )


def literal(text: str) -> str:
    """A body that comes out of fill() as exactly text, whatever braces it holds."""
    return text.replace("{", "{{").replace("}", "}}")
