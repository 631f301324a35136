"""Reads the messages that were written for the models: what somebody sent, and what it was."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
TRAINING, EVALUATION = FOLDER / "messages", FOLDER / "evaluation"


class Message(NamedTuple):
    """``kind`` is ``plain``, or ``indirect`` where the situation's own word is not in the text.

    ``author`` numbers those who wrote without having seen each other's.
    """

    id: str
    kind: str
    author: str
    text: str


def messages(folder: Path, language: str) -> list[Message]:
    """Every message of a set, by situation and then as it was written.

    A file for each situation; a line is the author, the kind and the text, parted by tabs.
    """
    found = []
    for file in sorted((folder / language).glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            author, kind, text = line.split("\t")
            found.append(Message(file.stem, kind, author, text))
    return found


def digest(given: Sequence[Message]) -> str:
    """What tells one set of messages from another."""
    lines = "\n".join("\t".join(one) for one in given)
    return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()
