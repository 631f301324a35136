"""One message of a phrase, filled in and ready to go into a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

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
    html = ""
    if any(content.html for content in contents):
        html = "<br>".join(content.html or _as_html(content.text) for content in contents)
    return Content(
        "\n".join(content.text for content in contents),
        html,
        next((content.image for content in contents if content.image), b""),
    )


def _as_html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
