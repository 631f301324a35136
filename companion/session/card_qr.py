"""A seat card as a QR code, to be shown, printed and read by a camera; segno makes it."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

QUIET = 4
"""How many squares around a code stay light; without them cameras do not find it."""
_SCALE = 8


def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code without the quiet zone, dark ones true; none where it is too long."""
    code = _made(text)
    return tuple(tuple(map(bool, row)) for row in code.matrix) if code else ()


def png(text: str) -> bytes:
    """The code as a PNG with its quiet zone, empty where the text is too long for one."""
    code, out = _made(text), io.BytesIO()
    if code:
        code.save(out, kind="png", scale=_SCALE, border=QUIET)
    return out.getvalue()


def _made(text: str) -> "segno.QRCode | None":
    # It takes as long to import as a window takes to be made, and most shifts show no card.
    import segno
    from segno.encoder import DataOverflowError

    # A printed code gets scratched; a very long one has no room for more than the least.
    for error in ("m", "l"):
        try:
            return segno.make(text, error=error, micro=False)
        except DataOverflowError:
            continue
    return None
