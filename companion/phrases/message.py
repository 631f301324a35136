"""One message of a phrase, filled in and ready to go into a window."""

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
