"""What may be an image of a phrase: which formats, and how large."""

from typing import Any

from companion.errors import ImageTooLarge, InputInvalid

# Every desk fetches every image when an agent sits down, and a store may be a mailbox.
MOST_BYTES = 512 * 1024

# The first bytes of a file tell its format. Nothing that can hold a script.
_FORMATS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def media_type(data: bytes) -> str:
    """The media type that bytes are of; empty for what is no image we carry."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((type for start, type in _FORMATS if data.startswith(start)), "")


def check_image(row: dict[str, Any]) -> None:
    """Check the fields of a new image and fill in its media type.

    Raises ImageTooLarge (size, most: bytes), InputInvalid for what is no PNG, JPEG, GIF or WebP.
    """
    data = row.get("data", b"")
    if len(data) > MOST_BYTES:
        raise ImageTooLarge(size=len(data), most=MOST_BYTES)
    found = media_type(data)
    if not found or row.get("media_type", found) != found:
        raise InputInvalid(name="image", allowed="PNG JPEG GIF WebP")
    row["media_type"] = found
