"""One message of a phrase, filled in and ready to go into a window."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from companion.desk.ports import Content


@dataclass(frozen=True)
class Message:
    """What is pasted, and the keys after it.

    ``left`` is how many characters the cursor then goes back; ``enter`` sends the message, which
    only the phrase itself may ask for.
    """

    content: Content
    left: int = 0
    enter: bool = False


def joined(messages: Sequence[Message]) -> Content:
    """The messages as one content, for an agent who pastes them by hand: a line break between.

    A clipboard holds one picture: of several, the first.
    """
    contents = [message.content for message in messages]
    if len(contents) == 1:
        return contents[0]
    rich = ""
    if any(content.html for content in contents):
        rich = "<br>".join(content.html or escaped(content.text) for content in contents)
    return Content(
        "\n".join(content.text for content in contents),
        rich,
        next((content.image for content in contents if content.image), b""),
    )


def escaped(text: str) -> str:
    """Text as HTML shows it, with its line breaks and rows of blanks."""
    lines = html.escape(text.replace("\r\n", "\n")).replace("\n", "<br>")
    return lines.replace("  ", "&nbsp; ")
